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
        var values = sweep.Rows.GroupBy(r => r.Setting).Select(g => (Value: g.Key, Clean: g.Count(r => r.IsClean), Of: g.Count())).ToList();
        if (values.All(v => v.Clean == v.Of))
        {
            return $"No spurious minimum found at any {sweep.Setting}.";
        }

        if (values.All(v => v.Clean == 0))
        {
            return sweep.Rows.All(r => r.Spurious > 0) ? $"Spurious minima at every {sweep.Setting}." : $"Spurious minima, or none at all found, at every {sweep.Setting}.";
        }

        return values.All(v => v.Of == 1)
            ? $"No spurious minimum found at {sweep.Setting} = {string.Join(", ", values.Where(v => v.Clean == 1).Select(v => Number(v.Value)))}; spurious ones, or none at all found, at the others."
            : $"Data sets without a spurious minimum: {string.Join(", ", values.Select(v => $"{v.Clean} of {v.Of} at {sweep.Setting} = {Number(v.Value)}"))}.";
    }

    /// <summary>The exponent b of distance ∝ settingᵇ and its standard error; null where there are fewer than three values of both.</summary>
    private static (double Slope, double Error, int Points)? Power(Sweep sweep)
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
