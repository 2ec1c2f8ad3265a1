using LandscapeGpu.Descent;
using LandscapeGpu.Objectives;
using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>A whole survey on the device, with polish and spectra, against the same survey on lanes: the same minima and counts.</summary>
internal static class SurveysOfTheCatalogue
{
    /// <summary>What differs for an objective, one line each.</summary>
    /// <param name="objective">What is surveyed.</param>
    /// <param name="device">The device's kind or name.</param>
    /// <param name="restarts">How many: enough that the device is worth its while for polish as well.</param>
    public static IEnumerable<string> Check(Objective objective, string device, int restarts)
    {
        var options = new SurveyOptions { Restarts = restarts, Descent = new() { IsDouble = true, Stop = new() { Iterations = 400 } } };
        var lanes = Survey.Run(objective, options);
        var kernels = Survey.Run(objective, options with { Device = device });
        return SurveyAgreement.Differences(lanes, kernels).Concat(kernels.Warnings.Select(w => w.Message)).Select(d => $"{objective.Name}: {d}");
    }
}
