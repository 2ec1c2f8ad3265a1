using LandscapeGpu.Devices;
using LandscapeGpu.Differentiation;
using LandscapeGpu.Identity;
using LandscapeGpu.Objectives;
using LandscapeGpu.Polish;
using LandscapeGpu.Spectra;
using LandscapeGpu.Statistics;
using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Distinct stationary points with their spectra and kinds.</summary>
/// <param name="All">The points, those of one flat valley made one.</param>
/// <param name="PointOfGroup">For each group of endpoints, which of them it came to.</param>
/// <param name="Identified">The groups.</param>
internal sealed record StationaryPoints(IReadOnlyList<StationaryPoint> All, IReadOnlyList<int> PointOfGroup, IdentifiedMinima Identified)
{
    // Matrices in hand at a time stay below 64 MB.
    private const int MostEntries = 1 << 23;

    /// <param name="objective">Whose points they are.</param>
    /// <param name="identified">Which endpoints are one point.</param>
    /// <param name="groups">The groups of endpoints.</param>
    /// <param name="device">Where spectra are computed.</param>
    /// <param name="progress">Told how many more points have their eigenvalues.</param>
    public static StationaryPoints Of(Objective objective, IdentifiedMinima identified, EndpointGroups groups, FallbackDevice device, Action<long>? progress = null)
    {
        if (objective.Dimension > LanePolish.MostCoordinates)
        {
            var extremes = FromExtremes(objective, identified, groups, device, progress);
            return new StationaryPoints(extremes, [.. Enumerable.Range(0, extremes.Count)], identified).With([]);
        }

        var valleys = new FlatValleys(objective, Derivatives.Of(objective, device.Lanes.Bits), device.Lanes.Threads);
        using var kinds = new PointKinds(objective, Derivatives.Of(objective, device.Lanes.Bits));
        var (points, pointOf) = valleys.Joined(FromHessians(objective, identified, groups, kinds, device, progress));
        return new StationaryPoints([.. points.Select(point => Decided(objective, point, kinds, device))], pointOf, identified).With([]);
    }

    /// <summary>A point with flat directions that are not those of its orbit is a minimum only by the values around it.</summary>
    private static StationaryPoint Decided(Objective objective, StationaryPoint point, PointKinds kinds, FallbackDevice device)
    {
        if (point.Kind != StationaryKind.DegenerateMinimum || point.FlatDirections <= (point.Orbit?.Dimension ?? 0))
        {
            return point;
        }

        double[] place = [.. point.Place];
        var hessian = device.Lanes.Differentiate(objective).Hessians(place)!;
        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, device.Lanes.Bits));
        var isValley = objective.Region.IsWholeSpace && FallingValley.RunsFrom(slopes, place, hessian, point.Threshold);
        return point with { Kind = isValley ? StationaryKind.FallingValley : kinds.OfDegenerate(place, hessian, point.FlatDirections) };
    }

    /// <summary>How likely one more restart that comes to a minimum is to end at one of those found.</summary>
    public Coverage Seen => Coverage.Of(All.Where(p => p.IsMinimum).Select(p => p.Count));

    /// <summary>These and others; shares are of all restarts that ended at one of them.</summary>
    public StationaryPoints With(IReadOnlyList<StationaryPoint> others)
    {
        var all = All.Concat(others).ToList();
        var total = Math.Max(1, all.Sum(p => p.Count));
        return this with { All = [.. all.Select(p => p.AsShareOf(total))] };
    }

    public SurveyResult Result(Objective objective, SurveyOptions options, EndpointPool endpoints, string device, SurveyClock clock, bool stopped)
    {
        var minima = Where(StationaryKind.Minimum, StationaryKind.DegenerateMinimum, StationaryKind.SingularMinimum);
        var outcomes = endpoints.Outcomes;
        return new SurveyResult
        {
            Objective = objective,
            Options = options,
            Restarts = endpoints.Restarts,
            Device = device,
            Rule = options.Descent.Batch is { } batch ? $"{options.Descent.Rule}, {batch}" : options.Descent.Rule.ToString(),
            Outcomes = outcomes,
            Minima = minima,
            BoundaryMinima = Where(StationaryKind.BoundaryMinimum),
            KinkMinima = Where(StationaryKind.MinimumAtKink),
            Lowest = endpoints.Lost.Lowest,
            IsLowestMissed = endpoints.Lost.Lowest is { } lowest && All.Where(p => p.IsMinimum).MinBy(p => p.Value) is var best && (best is null || lowest.Value < best.Value - Blur(best, objective)),
            Classes = Copies.Classes([.. minima.Where(m => m.Kind == StationaryKind.Minimum)]),
            Stationary = Where(StationaryKind.StrictSaddle, StationaryKind.Maximum, StationaryKind.FallingValley, StationaryKind.DegenerateSaddle, StationaryKind.Singular, StationaryKind.Tail, StationaryKind.Undecided),
            Unpolished = endpoints.Unpolished,
            Endless = endpoints.Endless,
            // How complete the list of minima is; saddles that restarts ended at are not what is counted.
            Coverage = CoverageSummary.Of([.. All.Where(p => p.IsMinimum)]),
            IdentityMargin = Identified.Margin,
            GradientEvaluations = (long)Math.Ceiling(endpoints.Steps * (options.Descent.Batch?.ShareOf(objective) ?? 1)) + endpoints.PolishEvaluations,
            Seconds = clock.Seconds,
            Stopped = stopped || outcomes.Unfinished > 0,
            Endpoints = endpoints,
        };
    }

    /// <summary>What a minimum's value may be too high by: rounding, and what the last digits of its place do.</summary>
    private static double Blur(StationaryPoint best, Objective objective)
    {
        var place = 1e-7 * RegionScale.Of(objective).Max();
        return Math.Max(8 * best.Rounding, Math.Max(1e-9 * Math.Abs(best.Value), double.IsNaN(best.Sharpness) ? 0 : best.Sharpness * place * place));
    }

    private List<StationaryPoint> Where(params StationaryKind[] kinds) => ListOrder.Of(All.Where(p => kinds.Contains(p.Kind)));

    private static List<StationaryPoint> FromHessians(Objective objective, IdentifiedMinima identified, EndpointGroups groups, PointKinds kinds, FallbackDevice device, Action<long>? progress)
    {
        var d = objective.Dimension;
        var differentiator = device.Differentiate(objective);
        var found = new List<StationaryPoint>();
        foreach (var group in identified.Clusters.Chunk(Math.Max(1, MostEntries / (d * d))))
        {
            var matrices = differentiator.Hessians([.. group.SelectMany(cluster => groups.Point(cluster.Best).ToArray())])!;
            var eigenvalues = differentiator.Eigenvalues(matrices, d)!;
            progress?.Invoke(group.Length);
            for (var l = 0; l < group.Length; l++)
            {
                var point = groups.Point(group[l].Best).ToArray();
                var sides = objective.Region.Active(point);
                var (spectrum, kind, held) = kinds.Of(point, matrices.AsSpan(l * d * d, d * d), eigenvalues.AsSpan(l * d, d));
                var described = Describe(objective, group[l], groups, spectrum, kind) with { AtBound = CoordinatesOf(held, sides) };
                found.Add(sides.Count > 0 ? described : described with { Orbit = objective.Symmetry?.OrbitOf([.. described.Point], identified.SamePlace) });
            }
        }

        return found;
    }

    private static List<StationaryPoint> FromExtremes(Objective objective, IdentifiedMinima identified, EndpointGroups groups, FallbackDevice device, Action<long>? progress)
    {
        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, device.Lanes.Bits));
        using var kinds = new PointKinds(objective, Derivatives.Of(objective, device.Lanes.Bits));
        var points = identified.Clusters.Select(c => groups.Point(c.Best).ToArray()).ToList();
        var deciders = points.Select(point =>
        {
            var gradient = new double[objective.Dimension];
            slopes.Gradient(point, gradient);
            return new ProductSpectrum(objective.Region, point, gradient, kinds);
        }).ToList();
        var found = device.Differentiate(objective).ForEach(points, (hessian, k) => deciders[k].Of(hessian), progress)!;
        return [.. identified.Clusters.Zip(found, (cluster, f) => Describe(objective, cluster, groups, f.Spectrum, f.Kind) with { AtBound = f.AtBound })];
    }

    private static StationaryPoint Describe(Objective objective, (int Best, long Count) cluster, EndpointGroups groups, Spectrum spectrum, StationaryKind kind) => new()
    {
        Kind = kind,
        Value = groups.Value(cluster.Best),
        Point = objective.Shown(groups.Point(cluster.Best)),
        Place = groups.Point(cluster.Best).ToArray(),
        Count = cluster.Count,
        Share = double.NaN,
        ShareLow = double.NaN,
        ShareHigh = double.NaN,
        GradientNorm = groups.Residual(cluster.Best),
        Uncertainty = groups.Uncertainty(cluster.Best),
        Rounding = groups.Rounding(cluster.Best),
        Eigenvalues = spectrum.Eigenvalues,
        // On the boundary what falls leads out of the region.
        Index = kind == StationaryKind.BoundaryMinimum ? 0 : spectrum.Index,
        FlatDirections = spectrum.FlatDirections,
        Threshold = spectrum.Threshold,
        Trace = spectrum.Trace,
        ConditionNumber = spectrum.ConditionNumber,
        Sharpness = spectrum.Sharpness,
    };

    private static int[] CoordinatesOf(IEnumerable<int> held, IReadOnlyList<ActiveConstraint> sides) =>
        [.. held.Select(k => sides[k].Coordinate).OfType<int>()];
}
