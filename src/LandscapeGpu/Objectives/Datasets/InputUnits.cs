namespace LandscapeGpu.Objectives.Datasets;

/// <summary>The units of a user's columns, and what they mean for weights: a column in units a million times as small has weights a million times as small.</summary>
/// <remarks>Powers of two. Columns of ordinary size, such as standardised ones or pixels, have none, and neither has one of zeros.</remarks>
internal static class InputUnits
{
    // Between a sixteenth and sixteen units that formulas assume, starts are as good as in these.
    private const double Ordinary = 16;

    /// <summary>The length of the weight of each input in ⟨w, x⟩, and what starts are to be multiplied by; null where all are ordinary.</summary>
    /// <param name="samples">The data.</param>
    /// <param name="isOfTargets">Whether outputs have the unit of the targets.</param>
    public static double[]? OfWeights(Samples samples, bool isOfTargets)
    {
        var target = isOfTargets ? Size([.. samples.Targets]) : 1;
        double[] lengths = [.. Sizes(samples).Select(s => (target > 0 ? target : 1) / s)];
        return lengths.All(l => !double.IsFinite(l) || (l <= Ordinary && l >= 1 / Ordinary)) ? null
            : [.. lengths.Select(l => double.IsFinite(l) ? Units.PowerOfTwo(l) : 1)];
    }

    /// <summary>A linear model of a user's samples with starts and lengths in units of the columns.</summary>
    public static Objective InUnits(this Objective model, Samples? given, double deviation, bool isOfTargets = false) =>
        given is null || OfWeights(given, isOfTargets) is not { } lengths ? model
            : model with { Starts = new Gaussian(PerCoordinate.Create([.. lengths.Select(l => deviation * l)])), Scale = lengths };

    /// <summary>What is to be said of a network whose units begin saturated, or next to blind, since its starts are those for inputs of about 1; null where they do not.</summary>
    public static string? DoubtOf(Samples samples)
    {
        double[] sizes = [.. Sizes(samples)];
        var mean = Size(sizes);
        var (largest, least) = (Array.IndexOf(sizes, sizes.Max()) + 1, sizes.Max());
        return mean is 0 or (<= Ordinary and >= 1 / Ordinary) ? null : FormattableString.Invariant(
            $"The inputs are of size {mean:G3} (column {largest}: {least:G3}), and starts are those for inputs of about 1: hidden units begin {(mean > 1 ? "saturated or steep, and what is found may be no more than where they are stuck" : "with hardly any input")}. Standardise the columns (subtract their means, divide by their deviations).");
    }

    private static IEnumerable<double> Sizes(Samples samples) =>
        Enumerable.Range(0, samples.Dimension).Select(j => Size([.. Enumerable.Range(0, samples.Count).Select(s => samples.Inputs[s, j])]));

    /// <summary>The root of the mean square.</summary>
    private static double Size(double[] values)
    {
        // Squares may overflow.
        var largest = values.Select(Math.Abs).Max();
        return largest == 0 ? 0 : largest * Math.Sqrt(values.Average(v => v / largest * (v / largest)));
    }
}
