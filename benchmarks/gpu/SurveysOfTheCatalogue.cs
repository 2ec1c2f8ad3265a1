using LandscapeGpu.Descent;
using LandscapeGpu.Objectives;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>A whole survey on the device, with polish and spectra, against the same survey on lanes: the same minima and counts.</summary>
internal static class SurveysOfTheCatalogue
{
    // Enough that a GPU is worth its while for polish as well.
    private const int Restarts = 2000;

    /// <summary>What differs for an objective, one line each.</summary>
    public static IEnumerable<string> Check(Objective objective, string device)
    {
        var options = new SurveyOptions { Restarts = Restarts, Precision = Precision.Double, Stop = new() { Iterations = 400 } };
        var lanes = Survey.Run(objective, options);
        var kernels = Survey.Run(objective, options with { Device = device });
        return SurveyAgreement.Differences(lanes, kernels).Concat(kernels.Warnings).Select(d => $"{objective.Name}: {d}");
    }
}
