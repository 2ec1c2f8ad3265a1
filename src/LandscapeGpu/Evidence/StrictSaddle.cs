using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>For one α, the β and γ that every point looked at satisfies.</summary>
/// <param name="Alpha">Points with ‖∇f‖ ≥ α satisfy condition 1.</param>
/// <param name="Beta">The rest, unless γ-close to a minimum, have λ_min ≤ −β; infinity where there is no such point.</param>
/// <param name="Gamma">The least γ for which β is positive.</param>
/// <param name="Decided">How many points had ‖∇f‖ &lt; α, and so were decided by conditions 2 and 3.</param>
public sealed record StrictSaddleBound(double Alpha, double Beta, double Gamma, int Decided)
{
    /// <summary>The best β for each γ of <see cref="StrictSaddle.Gammas"/>; 0 where there is none above, and so the property fails; infinity where no point is left to condition 2.</summary>
    public IReadOnlyList<double> Betas { get; init; } = [];
}

/// <summary>A point that was looked at.</summary>
/// <param name="Slope">‖∇f‖.</param>
/// <param name="Lowest">λ_min of the Hessian; 0 where rounding may have made it negative.</param>
/// <param name="Distance">The distance of the nearest minimum found.</param>
public sealed record StrictSaddleLook(double Slope, double Lowest, double Distance)
{
    // The slope in units that make curvatures alike.
    internal double Alike { get; init; } = Slope;
}

/// <summary>
/// The strict-saddle property: every x has ‖∇f(x)‖ ≥ α, or λ_min(∇²f(x)) ≤ −β, or a local minimum within γ.
/// </summary>
/// <remarks>
/// Definition 2.1 of Ma (2021), Why do local methods solve nonconvex problems? It is about every x; this is about the points looked at.
/// For each α there is a curve β(γ): γ large enough makes the property trivial, and at the least γ that makes β positive β says nothing but
/// how finely was sampled. So β is stated at γ₀, a quarter of the least distance between minima, and at shares of it.
/// Distances are modulo the declared symmetry.
/// </remarks>
public sealed record StrictSaddle
{
    private StrictSaddle()
    {
    }

    /// <summary>γ₀ and its halves: a quarter of the least distance between minima found, so that a saddle half way between two is close to neither; where there is one minimum alone, a quarter of the middle distance of the points looked at from it; empty where there is none.</summary>
    public required IReadOnlyList<double> Gammas { get; init; }

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

    /// <summary>Theorem 2.3's condition; null where minima found are not all global, or flat, and where there is none.</summary>
    public ErrorBound? ErrorBound { get; init; }

    /// <summary>Whether no degenerate saddle was found.</summary>
    public bool Holds => DegenerateSaddles.Count == 0;

    /// <summary>The bound that is stated: with the largest α·β at γ₀; where no point is left to condition 2, the one with the largest α. Null where β is 0 for every α.</summary>
    public StrictSaddleBound? Stated => Gammas.Count == 0 ? null
        : Bounds.Where(b => b.Betas[0] > 0 && double.IsFinite(b.Betas[0])).OrderByDescending(b => b.Alpha * b.Betas[0]).FirstOrDefault()
            ?? Bounds.Where(b => double.IsPositiveInfinity(b.Betas[0])).MaxBy(b => b.Alpha);

    /// <summary>How it was sampled.</summary>
    public required string Sampling { get; init; }

    private bool HasSides { get; init; }

    /// <summary>The finding in words.</summary>
    public string Sentence => $"{Finding}{(HasSides ? " Stationary points that sides of the region hold have a slope, and count as condition 1 has it." : "")}";

    private string Finding
    {
        get
        {
            if (!Holds)
            {
                var worst = DegenerateSaddles[0];
                return $"Strict saddle fails: {Count(DegenerateSaddles.Count, "degenerate saddle")} found, such as value {Number(worst.Value, 8)} at distance {Number(Inner.Norm([.. worst.Point]))} from the origin, with no eigenvalue below 0 and yet a way down.";
            }

            var saddles = Saddles.Count == 0 ? "No saddle found" : Saddles.Count == 1 ? $"The one saddle or maximum found curves down by {Number(LeastSaddleCurvature)}" : $"All {Saddles.Count} saddles and maxima found curve down by at least {Number(LeastSaddleCurvature)}";
            return Looks.All(l => l.Slope == 0) ? $"{saddles}; no point looked at has a slope: there is nothing to tell."
                : Gammas.Count == 0 ? $"{saddles}; no minimum was found that points could be close to."
                : Stated is not { } best ? $"{saddles}; with γ = {Number(Gammas[0], 3)}, {GammaWords}, the property fails at points looked at for every α."
                : best.Decided == 0 ? $"{saddles}; no point looked at has ‖∇f‖ < {Number(best.Alpha, 3)}: conditions 2 and 3 are not needed."
                : double.IsPositiveInfinity(best.Betas[0]) ? $"{saddles}; every point looked at with ‖∇f‖ < {Number(best.Alpha, 3)} has a minimum within γ = {Number(Gammas[0], 3)}, {GammaWords}: there condition 2 is not needed."
                : $"{saddles}; the points looked at satisfy ({Number(best.Alpha, 3)}, {Number(best.Betas[0], 3)}, {Number(Gammas[0], 3)})-strict saddle: γ is {GammaWords}.";
        }
    }

    /// <summary>What γ₀ is.</summary>
    internal string GammaWords { get; init; } = "";

    /// <param name="objective">The landscape.</param>
    /// <param name="global">Its global minimum: from there is no way down.</param>
    /// <param name="sample">Points looked at.</param>
    /// <param name="stationary">All stationary points found, minima among them.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was stopped before distances from minima that are floors were known.</exception>
    internal static StrictSaddle Of(Objective objective, GlobalReference global, LandscapeSample sample, IReadOnlyList<StationaryPoint> stationary, CancellationToken stop = default)
    {
        using var ray = new DescendingRay(objective);
        using var curvature = new NegativeCurvature(objective);
        // Whose rounding is large and whose curvature the values beside them show all the same.
        var curved = stationary.Where(p => p.Kind == StationaryKind.DegenerateSaddle && curvature.IsSeenAt(p)).ToHashSet();
        var degenerate = stationary.Where(p => (p.Kind == StationaryKind.DegenerateSaddle && !curved.Contains(p))
            || (p.Kind == StationaryKind.DegenerateMinimum && !global.IsReachedBy(p.Value) && ray.LeadsFrom(p.Place))).ToList();
        var minima = stationary.Where(p => p.IsMinimum).Except(degenerate).ToList();
        var saddles = stationary.Where(p => p.Kind is StationaryKind.StrictSaddle or StationaryKind.Maximum || curved.Contains(p)).OrderBy(p => p.Value).ToList();
        var distance = new DistanceToMinima(objective, minima);
        distance.Look(sample.Points, sample.Lanes, stop);
        // A curvature that is lost in the rounding of those of stationary points is none: far out exp(−x²) curves down by 1e-40.
        var rounding = Stationarity.UnitRoundoff * (sample.Units.AreOwn ? stationary.SelectMany(p => p.Eigenvalues).Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max() : AlikeLargest(sample, stationary));
        double Lowest(int k) => sample.Cleared(k) is var cleared && cleared < 0 && sample.AlikeLowest(k) >= -rounding ? 0 : cleared;
        var looked = Enumerable.Range(0, sample.Count).Select(k => new StrictSaddleLook(Inner.Norm(sample.Gradients[k]), Lowest(k), distance.From(sample.Points[k])) { Alike = Math.Sqrt(sample.Units.SquareOfSlope(sample.Gradients[k])) })
            // What the place of a degenerate saddle is off by leaves it a curvature, beside none of which that can be told to be rounding.
            .Concat(saddles.Concat(degenerate).Select(p => new StrictSaddleLook(p.GradientNorm, degenerate.Contains(p) ? 0 : Cleared(p), distance.From([.. p.Place])) { Alike = 0 }))
            .OrderBy(l => l.Slope).ToList();
        var kinks = stationary.Count(p => p.Kind == StationaryKind.MinimumAtKink);
        var apart = distance.LeastApart;
        var widest = 0.25 * (double.IsNaN(apart) ? looked.Select(l => l.Distance).Order().ElementAtOrDefault(looked.Count / 2) : apart);
        double[] gammas = widest > 0 && double.IsFinite(widest) ? [widest, widest / 2, widest / 4, widest / 8] : [];
        return new()
        {
            Gammas = gammas,
            GammaWords = double.IsNaN(apart) ? "a quarter of the middle distance of these points from the one minimum" : "a quarter of the least distance between minima found",
            Bounds = [.. Alphas(looked).Select(a => BoundAt(a, looked, gammas))],
            Looks = looked,
            DegenerateSaddles = degenerate,
            HasSides = stationary.Any(p => p.IsOnBoundary),
            Saddles = saddles,
            Sampling = $"{sample.Count} points ({sample.Description}) and {Count(stationary.Count - kinks, "stationary point")}{(kinks == 0 ? "" : $" and {Count(kinks, "minimum", "minima")} at kinks")} found; {distance.Words}",
        };
    }

    // A slope a million times smaller than the largest, in units that make curvatures alike, is one of a stationary point, as descent ends at.
    private const double StationaryAlready = 1e-6;

    // Quarters of slopes that differ by a million are so many; where units differ, steps are longer.
    private const int MostAlphas = 12;

    /// <summary>A quarter, a sixteenth, … of the largest slope seen; 0⁺, which leaves the stationary points alone, is the last.</summary>
    private static IEnumerable<double> Alphas(List<StrictSaddleLook> looked)
    {
        var largest = looked.Count == 0 ? 0 : looked[^1].Slope;
        if (largest == 0)
        {
            yield break;
        }

        var alike = looked.Max(l => l.Alike);
        var least = looked.Where(l => l.Alike > StationaryAlready * alike && l.Slope > 0).Select(l => l.Slope).DefaultIfEmpty(largest).Min();
        var share = Math.Min(0.25, Math.Pow(least / largest, 1.0 / MostAlphas));
        for (var alpha = largest; alpha > least && alpha > 0; alpha *= share)
        {
            yield return alpha;
        }

        yield return least;
    }

    private static StrictSaddleBound BoundAt(double alpha, List<StrictSaddleLook> looked, double[] gammas)
    {
        var flat = looked.TakeWhile(l => l.Slope < alpha).ToList();
        var gamma = flat.Where(l => l.Lowest >= 0).Select(l => l.Distance).DefaultIfEmpty(0).Max();
        return new(alpha, BetaAt(gamma), gamma, flat.Count) { Betas = [.. gammas.Select(g => Math.Max(0, BetaAt(g)))] };

        double BetaAt(double within) => flat.Where(l => l.Distance > within).Select(l => -l.Lowest).DefaultIfEmpty(double.PositiveInfinity).Min();
    }

    /// <summary>The largest curvature of stationary points in units that make curvatures alike.</summary>
    private static double AlikeLargest(LandscapeSample sample, IReadOnlyList<StationaryPoint> stationary)
    {
        var at = sample.AlsoAt(stationary.Where(p => p.Eigenvalues.Count > 0).Select(p => p.Place.ToArray()), "");
        return Enumerable.Range(0, at.Count).Select(at.AlikeLargest).DefaultIfEmpty(0).Max();
    }

    /// <summary>λ_min of a stationary point: below 0 where that has been decided, and as rounding allows where not.</summary>
    private static double Cleared(StationaryPoint point) => point.Index > 0 && point.Eigenvalues[0] < 0 ? point.Eigenvalues[0] : Cleared(point.Eigenvalues[0], point.Eigenvalues[^1]);

    /// <summary>λ_min, or zero where rounding of the Hessian may have made it negative.</summary>
    internal static double Cleared(double lowest, double highest) => lowest < -Stationarity.ThreeQuartersOfTheDigits * Math.Max(Math.Abs(lowest), Math.Abs(highest)) ? lowest : Math.Max(0, lowest);
}
