#:project ../../src/LandscapeGpu.Pictures/LandscapeGpu.Pictures.csproj
#:property PublishAot=false
// %% [markdown]
// # First look
//
// Write an objective as its formula, run a survey, and look. A survey starts thousands of descents, polishes where they end, tells the ends apart
// and counts them. Results show themselves: numbers with intervals, and the picture that shows most.
// %%
using LandscapeGpu.Descent;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Pictures;
using LandscapeGpu.Pictures.Surveys;
using LandscapeGpu.Reporting;
using LandscapeGpu.Starts;
using LandscapeGpu.Surveys;
using static LandscapeGpu.Expressions.Functions;
using static LandscapeGpu.Notebooks.Notebook;

var sine = Objective.Define("tilted sine", 1, x => Sin(x[0]) + 0.2 * x[0]) with { Region = Region.Box(1, -10, 10) };
Show(Survey.Run(sine, new() { Restarts = 1_000 }));
// %% [markdown]
// Gradient descent from x = 5 with step 0.01, 200 steps: the way is recorded step by step.
// %%
var path = Trajectory.Record(sine, new()
{
    Starts = new GivenPoints([5.0]),
    Descent = new() { Rule = new GradientDescent { Step = 0.01 }, IsDouble = true, Stop = new() { Iterations = 200 } },
});
Show(path.Figure());
// %% [markdown]
// Two coordinates: a map with basins of attraction. The catalogue has many more (`Catalogue.Families`).
// %%
var camel = Survey.Run(Catalogue.Find("six-hump-camel").Create(), new() { Restarts = 2_000 }, new ProgressLines(Console.Out).Report);
Show(camel);
// %% [markdown]
// Every other picture is one line.
// %%
Show(Waterfall.Of(camel));
Show(CoverageFigure.Of(camel));
