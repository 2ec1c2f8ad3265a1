#:project ../../src/LandscapeGpu/LandscapeGpu.csproj
#:property PublishAot=false
using LandscapeGpu.Objectives;
using LandscapeGpu.Reporting;
using LandscapeGpu.Surveys;
using static LandscapeGpu.Expressions.Functions;

var objective = Objective.Define("tilted sine", 1, x => Sin(x[0]) + 0.2 * x[0]) with { Region = Region.Box(1, -10, 10) };
var result = Survey.Run(objective, new() { Restarts = 1_000 });
Console.Write(SurveyText.Report(result));
