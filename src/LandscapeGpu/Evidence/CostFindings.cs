using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>How the cost of descent grows over a sweep, in sentences.</summary>
internal static class CostFindings
{
    public static IEnumerable<string> Of(Sweep sweep)
    {
        var all = sweep.Rows.Where(r => r.Steps is not null && !double.IsNaN(r.Steps[0])).ToList();
        if (all.Where(r => double.IsInfinity(r.Steps![0])).ToList() is { Count: > 0 } far)
        {
            // As many of a landscape's restarts are followed as DescentCost says, whose steps are those of the middle one.
            yield return $"Of the {Count((int)Math.Min(sweep.Options.Survey.Restarts, DescentCost.MostRestarts), "restart")} whose cost was followed, fewer than half came within {Number(Nearness.Levels[0])} of f* at {sweep.Setting} = {string.Join(", ", far.Select(r => Setting(r.Setting)).Distinct())}.";
        }

        // Of what takes no step, and of settings that are no sizes, there are no logarithms.
        var rows = all.Where(r => r.Setting > 0 && r.Steps![0] > 0).ToList();
        if (rows.Count == 0)
        {
            yield break;
        }

        if (rows.TrueForAll(r => r.BestStep is not null) && rows.Where(r => double.IsFinite(r.Steps![^1])).ToList() is { Count: > 1 } tuned)
        {
            var (quick, slow) = (tuned.MinBy(r => r.Steps![^1])!, tuned.MaxBy(r => r.Steps![^1])!);
            yield return $"Each with the best of the {Count(sweep.Options.CostSteps!.Count, "step")} given, descent is fastest at {sweep.Setting} = {Number(quick.Setting)} ({Number(quick.Steps![^1])} steps to within {Number(Nearness.Levels[^1])} of f*) and slowest at {Number(slow.Setting)} ({Number(slow.Steps![^1])}).";
        }

        // The finest level that all rows reach.
        var level = Enumerable.Range(0, Nearness.Levels.Count).LastOrDefault(l => rows.TrueForAll(r => double.IsFinite(r.Steps![l])), -1);
        if (level >= 0 && rows.Select(r => r.Setting).Distinct().Count() >= 3)
        {
            var y = rows.Select(r => Math.Log(r.Steps![level])).ToArray();
            var (power, exponential) = (Line([.. rows.Select(r => Math.Log(r.Setting))], y), Line([.. rows.Select(r => r.Setting)], y));
            yield return $"The steps to within {Number(Nearness.Levels[level])} of f* go like {sweep.Setting}^{Number(power.Slope, 3)} (a power leaves {Number(power.Residual, 2)} of their logarithms, standard deviation) or like {Number(Math.Exp(exponential.Slope), 3)}^{sweep.Setting} (an exponential leaves {Number(exponential.Residual, 2)}): {(exponential.Residual < power.Residual ? "the exponential" : "the power")} fits better.";
        }

        if (rows.Where(r => double.IsFinite(r.Steps![^1])).ToList() is { Count: > 0 } fine)
        {
            var exponents = fine.Select(r => Math.Log(r.Steps![^1] / r.Steps[0]) / Math.Log(Nearness.Levels[0] / Nearness.Levels[^1])).ToList();
            yield return $"From {Number(Nearness.Levels[0])} to {Number(Nearness.Levels[^1])} steps grow like (1/ε)^{Number(exponents.Min(), 2)}{(fine.Count == 1 ? "" : $" to (1/ε)^{Number(exponents.Max(), 2)}")}.";
        }
    }

    /// <summary>Least squares of y by x, and the standard deviation of what is left.</summary>
    internal static (double Slope, double Residual) Line(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        var sxx = x.Sum(a => (a - mx) * (a - mx));
        var slope = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / sxx;
        return (slope, Math.Sqrt(x.Zip(y, (a, b) => Math.Pow(b - my - (slope * (a - mx)), 2)).Average()));
    }
}
