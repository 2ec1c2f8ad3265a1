using LandscapeGpu.Descent;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Surveys;

// Names that every command of the library's own would know as well.
Rules.Register("sign-descent", step => new SignDescent { Step = step });
Catalogue.Register(new Mirror());

var options = new SurveyOptions
{
    Restarts = 400,
    Starts = new Corners(1.9),
    Descent = new() { Rule = Rules.Named("sign-descent", 0.05), Schedule = new LinearDecay(300), Stop = new() { Iterations = 2_000 } },
};
foreach (var device in new[] { "lanes", "reference" })
{
    var result = Survey.Run(Catalogue.Find("mirror").Create(), options with { Device = device });
    Console.WriteLine($"{device}: {result.Minima.Count} minima by {result.Options.Descent.Rule}, {result.Outcomes.Converged} of {result.Outcomes.Total} restarts");
}
