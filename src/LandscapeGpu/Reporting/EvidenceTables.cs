using LandscapeGpu.Evidence;
using LandscapeGpu.Minima;
using static LandscapeGpu.Reporting.NumberText;

namespace LandscapeGpu.Reporting;

/// <summary>Comparisons, sweeps and bounds as tables.</summary>
public static class EvidenceTables
{
    /// <summary>How each way to descend fared, in the order they were given.</summary>
    public static Table Of(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return new(
            $"Reaching {NumberText.Of(comparison.Global.Stated, 8)}, {comparison.Global.Origin}:",
            [
                new("rule", IsNumber: false), new("reached"), new("95% interval"), new("converged"), new("steps (median)"), new("gradients per success"),
                new("largest eigenvalue"), new("trace"), new("plateaus"),
            ],
            [
                .. comparison.Results.Select(r => (IReadOnlyList<string>)
                [
                    r.Contender.ToString(), Percent(r.Reached.Share), IntervalOf(r.Reached), Percent((double)r.Outcomes.Converged / r.Outcomes.Total),
                    Number(r.MedianSteps), Number(r.GradientsPerSuccess), Number(r.MedianSharpness), Number(r.MedianTrace), r.Plateaus is { } p ? Percent(p.Share) : "",
                ]),
            ]);
    }

    /// <summary>A family of landscapes, one row for each value of its setting.</summary>
    public static Table Of(Sweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        return new(
            $"Over {sweep.Setting}:",
            [new(sweep.Setting), new("global value"), new("reached"), new("95% interval"), new("minima"), new("spurious"), new("lowest eigenvalue"), new("PL μ")],
            [
                .. sweep.Rows.Select(r => (IReadOnlyList<string>)
                [
                    Number(r.Setting), NumberText.Of(r.GlobalValue), Percent(r.Reached.Share), IntervalOf(r.Reached), NumberText.Of(r.Minima), NumberText.Of(r.Spurious), Number(r.LowestEigenvalue),
                    Number(r.PolyakLojasiewicz),
                ]),
            ]);
    }

    /// <summary>For each α the best β and γ.</summary>
    public static Table Of(StrictSaddle strictSaddle)
    {
        ArgumentNullException.ThrowIfNull(strictSaddle);
        return new(
            "Strict saddle: ‖∇f‖ ≥ α, or λ_min ≤ −β, or a minimum within γ:",
            [new("α"), new("β"), new("γ"), new("points with ‖∇f‖ < α")],
            [.. strictSaddle.Bounds.Select(b => (IReadOnlyList<string>)[Number(b.Alpha), Number(b.Beta), Number(b.Gamma), NumberText.Of(b.Decided)])]);
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : double.IsInfinity(value) ? "∞" : NumberText.Of(value, 4);

    private static string IntervalOf(Proportion share) => Interval(share.Interval.Lower, share.Interval.Upper);
}
