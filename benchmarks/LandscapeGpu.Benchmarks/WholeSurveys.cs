using BenchmarkDotNet.Attributes;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Benchmarks;

/// <summary>From the formula to the list of minima: compiling, descent, polish, identity and spectra.</summary>
public class WholeSurveys
{
    private readonly Objective himmelblau = Catalogue.Find("himmelblau").Create();
    private readonly Objective rastrigin = Catalogue.Find("rastrigin").Create(3);
    private readonly Objective atoms = Catalogue.Find("lennard-jones").Create(settings: new Dictionary<string, double> { ["atoms"] = 9 });

    [Benchmark]
    public SurveyResult Himmelblau() => Survey.Run(himmelblau, new SurveyOptions { Restarts = 10_000 });

    [Benchmark]
    public SurveyResult RastriginInThreeDimensions() => Survey.Run(rastrigin, new SurveyOptions { Restarts = 100_000 });

    [Benchmark]
    public SurveyResult NineAtoms() => Survey.Run(atoms, new SurveyOptions { Restarts = 2_000 });
}
