using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>For one α, the best β and γ that every point looked at satisfies.</summary>
/// <param name="Alpha">Points with ‖∇f‖ ≥ α satisfy condition 1.</param>
/// <param name="Beta">The rest, unless γ-close to a minimum, have λ_min ≤ −β; infinity where there is no such point.</param>
/// <param name="Gamma">The least γ for which β is positive.</param>
/// <param name="Decided">How many points had ‖∇f‖ &lt; α, and so were decided by conditions 2 and 3.</param>
public sealed record StrictSaddleBound(double Alpha, double Beta, double Gamma, int Decided);

/// <summary>A point that was looked at.</summary>
/// <param name="Slope">‖∇f‖.</param>
/// <param name="Lowest">λ_min of the Hessian; 0 where rounding may have made it negative.</param>
/// <param name="Distance">The distance of the nearest minimum found.</param>
public sealed record StrictSaddleLook(double Slope, double Lowest, double Distance);

/// <summary>
/// The strict-saddle property: every x has ‖∇f(x)‖ ≥ α, or λ_min(∇²f(x)) ≤ −β, or a local minimum within γ.
/// </summary>
/// <remarks>
/// Definition 2.1 of Ma (2021), Why do local methods solve nonconvex problems? It is about every x; this is about the points looked at.
/// Distances are from the minima listed and all their images under the symmetry, where there is a formula for that
/// (<see cref="Objectives.Symmetries.Symmetry.Distance"/>); where there is none, from the minima listed and the nearest images that a search comes to, and γ is an
/// upper bound.
/// </remarks>
public sealed record StrictSaddle
{
    private StrictSaddle()
    {
    }

    /// <summary>The bounds, α descending.</summary>
    public required IReadOnlyList<StrictSaddleBound> Bounds { get; init; }

    /// <summary>Stationary points without negative curvature from which there is a way down: the property fails there for every α and β, with γ below their distance from a minimum.</summary>
    public required IReadOnlyList<StationaryPoint> DegenerateSaddles { get; init; }

    /// <summary>The strict saddles and maxima found, by value.</summary>
    public required IReadOnlyList<StationaryPoint> Saddles { get; init; }

    /// <summary>The least curvature downhill of any saddle found: β at α → 0; NaN if none was found.</summary>
    public double LeastSaddleCurvature => Saddles.Count == 0 ? double.NaN : Saddles.Min(s => -s.Eigenvalues[0]);

    /// <summary>The points looked at, by slope.</summary>
    public required IReadOnlyList<StrictSaddleLook> Looks { get; init; }

    /// <summary>Whether no degenerate saddle was found.</summary>
    public bool Holds => DegenerateSaddles.Count == 0;

    /// <summary>How it was sampled.</summary>
    public required string Sampling { get; init; }

    /// <summary>The finding in words.</summary>
    public string Sentence
    {
        get
        {
            if (!Holds)
            {
                var worst = DegenerateSaddles[0];
                return $"Strict saddle fails: {Count(DegenerateSaddles.Count, "degenerate saddle")} found, such as value {Number(worst.Value, 8)} at distance {Number(OrthonormalBasis.Norm([.. worst.Point]))} from the origin, with no eigenvalue below {Number(worst.Eigenvalues[0], 3)} and yet a way down.";
            }

            var best = Bounds.Where(b => b.Beta > 0 && double.IsFinite(b.Beta)).OrderByDescending(b => b.Alpha * b.Beta).FirstOrDefault();
            var saddles = Saddles.Count == 0 ? "No saddle found" : $"All {Count(Saddles.Count, "saddle or maximum", "saddles and maxima")} found curve down by at least {Number(LeastSaddleCurvature)}";
            return best is null
                ? $"{saddles}; no point looked at needs condition 2 beside 1 and 3."
                : $"{saddles}; the points looked at satisfy ({Number(best.Alpha, 3)}, {Number(best.Beta, 3)}, {Number(best.Gamma, 3)})-strict saddle.";
        }
    }

    /// <param name="objective">The landscape.</param>
    /// <param name="global">Its global minimum: from there is no way down.</param>
    /// <param name="sample">Points looked at.</param>
    /// <param name="stationary">All stationary points found, minima among them.</param>
    internal static StrictSaddle Of(Objective objective, GlobalReference global, LandscapeSample sample, IReadOnlyList<StationaryPoint> stationary)
    {
        using var ray = new DescendingRay(objective);
        var degenerate = stationary.Where(p => p.Kind == StationaryKind.DegenerateSaddle
            || (p.Kind == StationaryKind.DegenerateMinimum && !global.IsReachedBy(p.Value) && ray.LeadsFrom(p.Place))).ToList();
        var minima = stationary.Where(p => p.IsMinimum).Except(degenerate).ToList();
        var saddles = stationary.Where(p => p.Kind is StationaryKind.StrictSaddle or StationaryKind.Maximum).OrderBy(p => p.Value).ToList();
        var places = minima.Select(m => m.Place.ToArray()).ToList();
        var looked = Enumerable.Range(0, sample.Count).Select(k => new StrictSaddleLook(OrthonormalBasis.Norm(sample.Gradients[k]), Cleared(sample.Lowest(k), sample.Highest(k)), Nearest(objective, places, sample.Points[k])))
            .Concat(saddles.Concat(degenerate).Select(p => new StrictSaddleLook(p.GradientNorm, Cleared(p.Eigenvalues[0], p.Eigenvalues[^1]), Nearest(objective, places, [.. p.Place]))))
            .OrderBy(l => l.Slope).ToList();
        return new()
        {
            Bounds = [.. Alphas(looked).Select(a => BoundAt(a, looked))],
            Looks = looked,
            DegenerateSaddles = degenerate,
            Saddles = saddles,
            Sampling = $"{sample.Count} points ({sample.Description}) and {Count(stationary.Count, "stationary point")} found",
        };
    }

    /// <summary>A quarter, a sixteenth, … of the largest slope seen; 0⁺, which leaves the stationary points alone, is the last.</summary>
    private static IEnumerable<double> Alphas(List<StrictSaddleLook> looked)
    {
        var largest = looked.Count == 0 ? 0 : looked[^1].Slope;
        var least = looked.Where(l => l.Slope > 1e-6 * largest).Select(l => l.Slope).DefaultIfEmpty(largest).Min();
        for (var alpha = largest; alpha > least && alpha > 0; alpha *= 0.25)
        {
            yield return alpha;
        }

        yield return least;
    }

    private static StrictSaddleBound BoundAt(double alpha, List<StrictSaddleLook> looked)
    {
        var flat = looked.TakeWhile(l => l.Slope < alpha).ToList();
        var gamma = flat.Where(l => l.Lowest >= 0).Select(l => l.Distance).DefaultIfEmpty(0).Max();
        var beta = flat.Where(l => l.Distance > gamma).Select(l => -l.Lowest).DefaultIfEmpty(double.PositiveInfinity).Min();
        return new(alpha, beta, gamma, flat.Count);
    }

    /// <summary>λ_min, or zero where rounding of the Hessian may have made it negative.</summary>
    private static double Cleared(double lowest, double highest) => lowest < -Stationarity.ThreeQuartersOfTheDigits * Math.Max(Math.Abs(lowest), Math.Abs(highest)) ? lowest : Math.Max(0, lowest);

    /// <summary>The distance of the nearest minimum or image of one.</summary>
    private static double Nearest(Objective objective, List<double[]> places, double[] point) => places.Count == 0
        ? double.PositiveInfinity
        : places.Min(p => objective.MovingSymmetry?.Distance(p, point)
            ?? Math.Min(OrthonormalBasis.Distance(p, point), objective.MovingSymmetry is { } symmetry ? OrthonormalBasis.Distance(symmetry.Aligned(point, p), point) : double.PositiveInfinity));
}
