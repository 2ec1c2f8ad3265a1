#:project ../../src/LandscapeGpu.Pictures/LandscapeGpu.Pictures.csproj
#:property PublishAot=false
// %% [markdown]
// # Fit a model to one's own data
//
// A decay with an offset, y = a·exp(−kt) + c, with bounds on its parameters, fitted to a CSV file from many starts: is the best fit the only one?
// %%
using System.Globalization;
using System.IO;
using LandscapeGpu.Expressions;
using LandscapeGpu.Objectives;
using LandscapeGpu.Pictures;
using LandscapeGpu.Pictures.Surveys;
using LandscapeGpu.Surveys;
using static LandscapeGpu.Expressions.Functions;
using static LandscapeGpu.Notebooks.Notebook;

var file = Path.Combine(Path.GetTempPath(), "landscape-decay.csv");
var random = new Random(7);
File.WriteAllLines(file, Enumerable.Range(0, 40).Select(k => FormattableString.Invariant($"{k * 0.25},{2 * Math.Exp(-0.7 * k * 0.25) + 0.5 + 0.05 * (random.NextDouble() - 0.5)}")).Prepend("t,y"));
// %% [markdown]
// Read it back as any CSV file is read, and write the sum of squares over its rows.
// %%
var rows = File.ReadLines(file).Skip(1).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToList();
var t = new Data("t", [.. rows.Select(r => r[0])]);
var y = new Data("y", [.. rows.Select(r => r[1])]);
var fit = Objective.Define("decay", 3, p => Mean(rows.Count, k => Square(p[0] * Exp(-p[1] * t[k]) + p[2] - y[k])))
    with { Region = Region.Box([0, 0, -5], [10, 5, 5]) };
var result = Survey.Run(fit, new() { Restarts = 2_000 });
Show(result);
// %% [markdown]
// The waterfall shows how many starts reach the best fit; the parameters of the best fits show what the data leave open; slices show how sharply each
// direction is determined.
// %%
Show(Waterfall.Of(result));
Show(ParameterPlot.Of(result));
Show(SliceFigure.Of(result));
