using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>What a sweep shows, in sentences: where spurious minima are, and how fast the planted point is approached.</summary>
internal static class SweepFindings
{
    public static IEnumerable<string> Of(Sweep sweep)
    {
        if (sweep.IsStopped)
        {
            yield return Stopped(sweep);
        }

        if (sweep.Rows.Count == 0)
        {
            yield break;
        }

        var walls = sweep.Rows.Any(r => r.BoundaryShare > 0);
        yield return Spurious(sweep, walls ? " inside the region" : "");
        if (walls)
        {
            var met = sweep.Rows.Where(r => r.SpuriousOnBoundary > 0).Select(r => Setting(r.Setting)).Distinct().ToList();
            yield return met.Count == 0 ? "No spurious minimum was found on its boundary."
                : $"On its boundary, where minima are the region's and need not be the function's, there are some at {sweep.Setting} = {string.Join(", ", met)}.";
        }

        if (Interpolating(sweep) is { } interpolating)
        {
            yield return interpolating;
        }

        if (sweep.Rows.Where(r => r.Interpolation is { LeastLoss: not null, IsAttained: false }).Select(r => Setting(r.Setting)).Distinct().ToList() is { Count: > 0 } endless)
        {
            yield return $"All data are fitted at {sweep.Setting} = {string.Join(", ", endless)}, and the loss falls for ever as the outputs grow, to what no outputs attain: there is no global minimum, and more steps find none.";
        }

        if (Power(sweep) is { } power)
        {
            yield return $"The distance to the point the data were made from goes like {sweep.Setting}^{Number(power.Slope, 3)} (least squares of logarithms over {Count(power.Points, "landscape")}, standard error {Number(power.Error, 2)}).";
        }

        foreach (var sentence in TheoryFindings.Of(sweep).Concat(KernelFindings.Of(sweep)).Concat(CostFindings.Of(sweep)).Concat(PartFindings.Of(sweep)).Concat(TestFindings.Of(sweep)))
        {
            yield return sentence;
        }

        foreach (var sentence in sweep.Options.Threshold is { } threshold ? Thresholds(sweep, threshold) : [])
        {
            yield return sentence;
        }

        if (sweep.Rows.Count(r => r.Rate is { } rate && !double.IsNaN(rate.Measured)) is var measured and > 0)
        {
            var promised = sweep.Rows.Where(r => r.Rate is { IsPromised: true } rate && !double.IsNaN(rate.Measured)).ToList();
            var failed = measured == promised.Count ? "" : $"In {(promised.Count == 0 ? $"all {Count(measured, "landscape")}" : Count(measured - promised.Count, "landscape"))} none is promised, since the Polyak–Łojasiewicz condition fails.";
            yield return promised.Count == 0 ? failed
                : $"Gradient descent with step 1/β kept the promised rate 1 − μ/β at every step in {promised.Count(r => r.Rate!.IsAsPromised)} of {Count(promised.Count, "landscape")}.{(failed.Length > 0 ? " " + failed : "")}";
        }
    }

    /// <summary>What a stop left undone.</summary>
    private static string Stopped(Sweep sweep)
    {
        var made = sweep.Rows.Count == sweep.Landscapes ? "" : $" after {sweep.Rows.Count} of {Count(sweep.Landscapes, "landscape")}";
        var cut = sweep.Rows.Where(r => r.IsCut).Select(r => FormattableString.Invariant($"{At(r)} has {Count(r.Reached.Total, "restart")} of {sweep.Options.Survey.Restarts:N0}"));
        var left = sweep.Rows.Where(r => r.NotDone.Count > 0).Select(r => $"{At(r)} is left without {string.Join(", ", r.NotDone)}");
        return $"Stopped{made}{string.Concat(cut.Concat(left).Select(w => $"; {w}"))}.";

        string At(SweepRow row) => $"{sweep.Setting} = {Setting(row.Setting)}{(sweep.Options.DataSets > 1 ? $", data set {row.DataSet}," : "")}";
    }

    private static IEnumerable<string> Thresholds(Sweep sweep, SweepThreshold threshold)
    {
        if (threshold.InRows is { } value)
        {
            yield return $"Everything beside the least {threshold.Name} is at {threshold.Name} = {Setting(value)}.";
        }

        // One that is at most so large is no number to fit.
        if (Power(sweep, r => r.IsThresholdAtMost ? double.NaN : r.Threshold) is { } edge)
        {
            yield return $"The least {threshold.Name} without a spurious minimum inside the region, or one of the global value elsewhere than where the data were made from, goes like {sweep.Setting}^{Number(edge.Slope, 3)} (standard error {Number(edge.Error, 2)}).";
        }

        if (Settings(r => r.IsThresholdAtMost) is { Length: > 0 } below)
        {
            yield return $"No spurious minimum was found down to {threshold.Name} = {Setting(threshold.Low)}, the lowest looked at, at {sweep.Setting} = {below}.";
        }

        if (Settings(r => double.IsNaN(r.Threshold) && !r.NotDone.Contains("threshold")) is { Length: > 0 } above)
        {
            yield return $"There is no such {threshold.Name} up to {Setting(threshold.High)} at {sweep.Setting} = {above}: there such a minimum was found, or none at all.";
        }

        string Settings(Func<SweepRow, bool> isMeant) => string.Join(", ", sweep.Rows.Where(isMeant).Select(r => Setting(r.Setting)).Distinct());
    }

    private static string? Interpolating(Sweep sweep)
    {
        var fitted = sweep.Rows.Where(r => r.IsOnFlatFamily).ToList();
        return fitted.Count == 0 ? null
            : $"The data are fitted to the least loss at {sweep.Setting} = {string.Join(", ", fitted.Select(r => Setting(r.Setting)).Distinct())}: points of global flat families, of dimension d − rank J = {string.Join(", ", fitted.Select(r => r.Parameters - r.Interpolation!.Rank!.Value).Distinct())}. Where these are singular, descent nears them without coming to rest: what counts is the share of restarts within ε of f*, in units of the median start's f − f*.";
    }

    private static string Spurious(Sweep sweep, string where)
    {
        var values = sweep.Rows.GroupBy(r => r.Setting).ToList();
        // Of those that a stop left out nothing is known.
        var isWhole = sweep.Rows.Count == sweep.Landscapes;
        if (isWhole && sweep.Rows.All(r => r.IsClean))
        {
            return $"No spurious minimum found{where} at any {sweep.Setting}.";
        }

        if (isWhole && sweep.Rows.All(r => r.Spurious > 0))
        {
            return $"Spurious minima{where} at every {sweep.Setting}.";
        }

        if (isWhole && sweep.Rows.All(r => r.Minima == 0))
        {
            return $"No minimum was found at any {sweep.Setting}.";
        }

        return values.All(v => v.Count() == 1)
            ? string.Join(" ", new[] { At($"No spurious minimum found{where}", r => r.IsClean), At($"Spurious minima{where}", r => r.Spurious > 0), At("No minimum at all was found", r => r is { Minima: 0, IsCut: false }) }.OfType<string>())
            : $"Data sets without a spurious minimum{where}: {OfEach(values, r => r.IsClean)}." + (values.Where(v => v.Any(r => r is { Minima: 0, IsCut: false })).ToList() is { Count: > 0 } bare
                ? $" Data sets on which no minimum at all was found: {OfEach(bare, r => r is { Minima: 0, IsCut: false })}."
                : "");

        string? At(string what, Func<SweepRow, bool> isMeant) => sweep.Rows.Where(isMeant).Select(r => Setting(r.Setting)).ToList() is { Count: > 0 } settings
            ? $"{what} at {sweep.Setting} = {string.Join(", ", settings)}."
            : null;

        string OfEach(IEnumerable<IGrouping<double, SweepRow>> among, Func<SweepRow, bool> isMeant) =>
            string.Join(", ", among.Select(v => $"{v.Count(isMeant)} of {v.Count()} at {sweep.Setting} = {Setting(v.Key)}"));
    }

    /// <summary>The exponent b of distance ∝ settingᵇ and its standard error; null where there are fewer than three values of both.</summary>
    public static (double Slope, double Error, int Points)? Power(Sweep sweep) => Power(sweep, r => r.Distance);

    /// <summary>The same of another number of the rows.</summary>
    public static (double Slope, double Error, int Points)? Power(Sweep sweep, Func<SweepRow, double> of)
    {
        var points = sweep.Rows.Where(r => r.Setting > 0 && of(r) > 0).Select(r => (X: Math.Log(r.Setting), Y: Math.Log(of(r)))).ToList();
        if (points.Select(p => p.X).Distinct().Count() < 3)
        {
            return null;
        }

        var (mx, my) = (points.Average(p => p.X), points.Average(p => p.Y));
        var sxx = points.Sum(p => (p.X - mx) * (p.X - mx));
        var slope = points.Sum(p => (p.X - mx) * (p.Y - my)) / sxx;
        var residual = points.Sum(p => Math.Pow(p.Y - my - (slope * (p.X - mx)), 2)) / Math.Max(1, points.Count - 2);
        return (slope, Math.Sqrt(residual / sxx), points.Count);
    }
}
