using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>What spectra of a model show, in sentences.</summary>
internal static class ModelSpectraFindings
{
    public static string Sampling(ModelSpectra spectra) =>
        $"products at the lowest minimum: ends by Lanczos' method, the others estimated from {Count(spectra.Options.Probes, "random vector")} of {spectra.Options.Steps} products, ± one standard error";

    public static IEnumerable<string> Of(ModelSpectra spectra) => spectra.All.Select(s =>
        $"{s.Name}, {s.Spectrum.Rows} × {s.Spectrum.Rows}: eigenvalues from {(s.Spectrum.IsLowestFound ? "" : "at most ")}{Number(s.Spectrum.Lowest, 4)} to {Number(s.Spectrum.Highest[0], 4)}, trace {Estimate(s.Spectrum.Trace)}, "
        + $"as much as {Number(s.Spectrum.EffectiveRank, 3)} equal ones; {string.Join(", ", OperatorSpectrum.Levels.Select(l => $"{Estimate(s.Spectrum.CountAbove(l * s.Spectrum.Highest[0]))} above {Number(l, 1)} λmax"))}.");

    private static string Estimate(TraceEstimate estimate) =>
        double.IsFinite(estimate.StandardError) ? $"{Number(estimate.Value, 3)} ± {Number(estimate.StandardError, 2)}" : Number(estimate.Value, 3);
}
