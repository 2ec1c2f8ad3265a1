using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>What a sweep shows, in sentences: where spurious minima are, and how fast the planted point is approached.</summary>
internal static class SweepFindings
{
    public static IEnumerable<string> Of(Sweep sweep)
    {
        yield return Spurious(sweep);
        if (Power(sweep) is { } power)
        {
            yield return $"The distance to the point the data were made from goes like {sweep.Setting}^{Number(power.Slope, 3)} (least squares of logarithms over {Count(power.Points, "landscape")}, standard error {Number(power.Error, 2)}).";
        }

        if (sweep.Rows.Count(r => r.Rate is not null) is var measured and > 0)
        {
            var kept = sweep.Rows.Count(r => r.Rate is { IsAsPromised: true } rate && rate.Mu > 0);
            yield return $"Gradient descent with step 1/β kept the promised rate 1 − μ/β at every step in {kept} of {Count(measured, "landscape")}.";
        }
    }

    private static string Spurious(Sweep sweep)
    {
        var values = sweep.Rows.GroupBy(r => r.Setting).ToList();
        if (sweep.Rows.All(r => r.IsClean))
        {
            return $"No spurious minimum found at any {sweep.Setting}.";
        }

        if (sweep.Rows.All(r => r.Spurious > 0))
        {
            return $"Spurious minima at every {sweep.Setting}.";
        }

        if (sweep.Rows.All(r => r.Minima == 0))
        {
            return $"No minimum was found at any {sweep.Setting}.";
        }

        return values.All(v => v.Count() == 1)
            ? string.Join(" ", new[] { At("No spurious minimum found", r => r.IsClean), At("Spurious minima", r => r.Spurious > 0), At("No minimum at all was found", r => r.Minima == 0) }.OfType<string>())
            : $"Data sets without a spurious minimum: {OfEach(values, r => r.IsClean)}." + (values.Where(v => v.Any(r => r.Minima == 0)).ToList() is { Count: > 0 } bare
                ? $" Data sets on which no minimum at all was found: {OfEach(bare, r => r.Minima == 0)}."
                : "");

        string? At(string what, Func<SweepRow, bool> isMeant) => sweep.Rows.Where(isMeant).Select(r => Number(r.Setting)).ToList() is { Count: > 0 } where
            ? $"{what} at {sweep.Setting} = {string.Join(", ", where)}."
            : null;

        string OfEach(IEnumerable<IGrouping<double, SweepRow>> among, Func<SweepRow, bool> isMeant) =>
            string.Join(", ", among.Select(v => $"{v.Count(isMeant)} of {v.Count()} at {sweep.Setting} = {Number(v.Key)}"));
    }

    /// <summary>The exponent b of distance ∝ settingᵇ and its standard error; null where there are fewer than three values of both.</summary>
    public static (double Slope, double Error, int Points)? Power(Sweep sweep)
    {
        var points = sweep.Rows.Where(r => r.Setting > 0 && r.Distance > 0).Select(r => (X: Math.Log(r.Setting), Y: Math.Log(r.Distance))).ToList();
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
