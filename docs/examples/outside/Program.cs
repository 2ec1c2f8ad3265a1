using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Surveys;
using static LandscapeGpu.Expressions.Functions;

// Names that every command of the library's own would know as well.
Rules.Register("sign-descent", step => new SignDescent { Step = step });
Catalogue.Register(new Mirror());
var counting = new CountingDevice();
DeviceCatalogue.Register("counting", () => counting);

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

// (x − 2)² + y² over x + y ≤ √2: its minimum is the foot of (2, 0) on the side.
var bounded = Objective.Define("bounded", 2, x => Square(x[0] - 2) + Square(x[1])) with { Region = new HalfPlane(Math.PI / 4, 1) };
var minimum = Survey.Run(bounded, new() { Restarts = 100, Device = "counting" }).BoundaryMinima.Single();
Console.WriteLine(FormattableString.Invariant($"half plane: ({minimum.Point[0]:0.000000}, {minimum.Point[1]:0.000000}), value {minimum.Value:0.000000}, {minimum.Count} of {counting.Restarts} restarts"));
