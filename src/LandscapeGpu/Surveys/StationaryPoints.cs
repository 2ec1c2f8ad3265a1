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
    /// <param name="starts">Where restarts began, in the units of the formula: it tells how far f falls.</param>
    /// <param name="progress">Told how many points have their eigenvalues, and how many were tried with others of one flat set.</param>
    /// <param name="stop">Stops early: points that were not looked at by then are undecided, and those of one flat set may not be joined.</param>
    public static StationaryPoints Of(Objective objective, IdentifiedMinima identified, EndpointGroups groups, FallbackDevice device, RestartRange starts, Action<SurveyProgress>? progress = null, CancellationToken stop = default)
    {
        progress?.Invoke(new("spectra", 0, identified.Clusters.Count));
        var known = SurveyClock.Report(progress, "spectra", 0, identified.Clusters.Count);
        using var kinds = objective.Dimension <= LanePolish.MostCoordinates ? new PointKinds(objective, Derivatives.Of(objective, device.Lanes.Bits)) : null;
        var found = kinds is not null ? FromHessians(objective, identified, groups, kinds, device, known, stop) : FromExtremes(objective, identified, groups, device, known, stop);
        var places = identified.Clusters.Select(c => groups.Point(c.Best).ToArray()).ToList();
        var valleys = new FlatValleys(objective, device.Lanes.Bits, device.Lanes.Threads, identified.SamePlace);
        var (points, pointOf) = valleys.Joined(found, places, [.. identified.Clusters.Select(c => groups.Value(c.Best))], progress, stop);
        var members = Enumerable.Range(0, places.Count).ToLookup(c => pointOf[c], c => places[c]);
        var decided = kinds is null ? ByValues(objective, points, members, device, stop) : Doubted([.. points.Select((point, k) => Decided(objective, point, members[k], kinds, device, stop))], objective, kinds);
        return new StationaryPoints(ResolvedValues.Of(objective, decided, starts, device.Lanes.Bits), pointOf, identified) { Units = objective.Units, Unlisted = groups.Unlisted }.With([]);
    }

    /// <summary>The same in many coordinates, the lowest first, as many as the work allows.</summary>
    private static IReadOnlyList<StationaryPoint> ByValues(Objective objective, IReadOnlyList<StationaryPoint> points, ILookup<int, double[]> members, FallbackDevice device, CancellationToken stop)
    {
        double d = objective.Dimension;
        var derivatives = Derivatives.Of(objective, device.Lanes.Bits);
        var each = ((d + Surroundings.MostLooks) * derivatives.ProductFlops) + (EigenvectorFlops * d * d * d);
        var looked = points.Where(p => p is { Kind: StationaryKind.DegenerateMinimum, IsFlatAtLeast: false }).OrderBy(p => p.Value).Take(d > MostToLook ? 0 : (int)Math.Min(points.Count, WholeFlops / each)).ToHashSet(ReferenceEqualityComparer.Instance);
        if (looked.Count == 0)
        {
            return points;
        }

        using var kinds = new PointKinds(objective, derivatives);
        return [.. points.Select((p, k) => looked.Contains(p) ? Decided(objective, p, members[k], kinds, device, stop) : p)];
    }

    /// <summary>A point with flat directions that are not those of its orbit is a minimum only by the values around it.</summary>
    private static StationaryPoint Decided(Objective objective, StationaryPoint point, IEnumerable<double[]> members, PointKinds kinds, FallbackDevice device, CancellationToken stop)
    {
        if (point.Kind != StationaryKind.DegenerateMinimum || point.FlatDirections <= (point.Orbit?.Dimension ?? 0))
        {
            return point;
        }

        if (stop.IsCancellationRequested)
        {
            return point with { Kind = StationaryKind.Undecided };
        }

        double[] moving = [.. point.Place];
        objective.Units.ToMoving(moving);
        var place = objective.Region.OnFaces(moving);
        var hessian = device.Lanes.Differentiate(objective).Hessians(place)!;
        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, device.Lanes.Bits));
        var isValley = objective.Region.IsWholeSpace && FallingValley.RunsFrom(slopes, place, hessian, point.FlatDirections, kinds.ValueBound(place));
        if (isValley)
        {
            return point with { Kind = StationaryKind.FallingValley };
        }

        var (kind, isIsolated) = kinds.OfDegenerate(place, hessian, point.FlatDirections);
        return point with { Kind = kind, RisesAllRound = isIsolated && point.Orbit is null && kinds.IsOne(place, members.Select(m => objective.Region.OnFaces(m))) };
    }

    /// <summary>Flat families whose slope is known so badly that it may lead all the way down to a lower minimum cannot be told from places on a valley's side.</summary>
    /// <remarks>Far out, where terms of 10⁸ cancel, a gradient of 10⁻³ is rounding; over a distance of 10⁴ that is more than f falls by from there.</remarks>
    private static StationaryPoint[] Doubted(StationaryPoint[] points, Objective objective, PointKinds kinds)
    {
        StationaryPoint[] minima = [.. points.Where(p => p.IsMinimum).OrderBy(p => p.Value)];
        double[][] places = [.. minima.Select(p => Moving(p))];
        // Nothing is farther from anything: hardly a family has to be held against each of the others.
        double[] spans = [.. Enumerable.Range(0, minima.Length == 0 ? 0 : places[0].Length).Select(i => places.Max(p => p[i]) - places.Min(p => p[i]))];
        var doubted = new HashSet<StationaryPoint>(ReferenceEqualityComparer.Instance);
        for (var k = 1; k < minima.Length; k++)
        {
            if (minima[k] is { Kind: StationaryKind.DegenerateMinimum, IsFlatFamily: true } family)
            {
                // A slope within these is what made it stationary.
                var bounds = kinds.UnsureBounds(places[k]);
                var first = k - 1;
                while (first >= 0 && FallTo(family, first) == 0)
                {
                    first--;
                }

                if (first >= 0 && MayFall(bounds, spans) >= FallTo(family, first)
                    && Enumerable.Range(0, first + 1).Any(lower => MayFall(bounds, places[k].Zip(places[lower], (a, b) => Math.Abs(a - b))) >= FallTo(family, lower)))
                {
                    doubted.Add(family);
                }
            }
        }

        return [.. points.Select(p => doubted.Contains(p) ? p with { Kind = StationaryKind.Undecided } : p)];

        // What is level as floors are falls nowhere.
        double FallTo(StationaryPoint family, int lower)
        {
            var (value, below, rounding) = (family.Value * objective.Units.Value, minima[lower].Value * objective.Units.Value, (family.Rounding + minima[lower].Rounding) * objective.Units.Value);
            return FlatPaths.AreEqual(value, below, rounding) ? 0 : value - below;
        }

        static double MayFall(double[] bounds, IEnumerable<double> distances) => Stationarity.Margin * bounds.Zip(distances, (b, apart) => b * apart).Sum();

        double[] Moving(StationaryPoint point)
        {
            double[] place = [.. point.Place];
            objective.Units.ToMoving(place);
            return place;
        }
    }

    /// <summary>The units they were found in.</summary>
    public required Units Units { get; init; }

    /// <summary>Restarts that came to stationary points that are not among these, which are the lowest.</summary>
    public long Unlisted { get; init; }

    /// <summary>How likely one more restart that comes to a minimum is to end at one of those found.</summary>
    public Coverage Seen => Coverage.Of(All.Where(p => p.IsMinimum).Select(p => p.Count), Unlisted);

    /// <summary>These and others; shares are of all restarts that ended at one of them.</summary>
    public StationaryPoints With(IReadOnlyList<StationaryPoint> others)
    {
        var all = All.Concat(others).ToList();
        var total = Math.Max(1, all.Sum(p => p.Count) + Unlisted);
        return this with { All = [.. all.Select(p => p.AsShareOf(total))] };
    }

    /// <summary>These and minima without a derivative, with the restarts that were led to either; points that a way leads down from are no minima.</summary>
    public StationaryPoints With(KinkFindings found)
    {
        var (minima, count, now) = (found.Minima, new long[All.Count], new int[All.Count + found.Minima.Count]);
        // Restarts go to where their point belongs, but for those that are among a minimum's already; what belongs to none stays, as what it is.
        for (var k = 0; k < All.Count; k++)
        {
            var home = found.HomeOf[k] < 0 ? k : found.HomeOf[k];
            count[k] += found.Led[k];
            count[home < All.Count ? home : k] += All[k].Count;
        }

        int[] left = [.. Enumerable.Range(0, All.Count).Where(k => found.HomeOf[k] == k || found.HomeOf[k] < 0)];
        for (var k = 0; k < left.Length + minima.Count; k++)
        {
            now[k < left.Length ? left[k] : All.Count + k - left.Length] = k;
        }

        return (this with
        {
            All = [.. left.Select(k => All[k] with { Count = count[k], Led = found.Led[k], Kind = found.HomeOf[k] < 0 ? StationaryKind.Singular : All[k].Kind })],
            PointOfGroup = [.. PointOfGroup.Select(k => now[found.HomeOf[k] < 0 ? k : found.HomeOf[k]])],
            PointOfPlace = [.. found.PointOf.Select(k => k < 0 ? -1 : now[k])],
            Led = found.Led.Sum() + minima.Where(m => m.Kind != StationaryKind.MinimumAtKink).Sum(m => m.Led),
            Unsearched = found.Unsearched,
            SteppedOver = found.SteppedOver,
        }).With(minima);
    }

    /// <summary>For each place where restarts stopped without a short gradient, which of the points it belongs to; −1 for none.</summary>
    private IReadOnlyList<int> PointOfPlace { get; init; } = [];

    /// <summary>How many restarts came to a minimum that is at no kink, and had ended otherwise.</summary>
    public long Led { get; private init; }

    /// <summary>How many restarts stopped at places that may be minima at kinks, and were not looked at.</summary>
    public long Unsearched { get; private init; }

    /// <summary>Minima at kinks and on the low side of jumps that restarts passed.</summary>
    public IReadOnlyList<SteppedOver> SteppedOver { get; private init; } = [];

    /// <summary>These with the objective's scores at each.</summary>
    public StationaryPoints Scored(Objective objective)
    {
        if (objective.Scores is null || All.Count == 0)
        {
            return this;
        }

        var scores = objective.ScoresAt([.. All.Select(p => p.Point)]);
        return this with { All = [.. All.Select((p, k) => p with { Score = scores[k] })] };
    }

    public SurveyResult Result(Objective objective, SurveyOptions options, EndpointPool endpoints, string device, SurveyClock clock, bool stopped)
    {
        // A flat set on a face is no interior minimum, and says nothing about how many of these there are.
        var minima = Where(p => p is { Kind: StationaryKind.Minimum } or { Kind: StationaryKind.DegenerateMinimum or StationaryKind.SingularMinimum, IsOnBoundary: false });
        var outcomes = endpoints.Outcomes.Led(Led);
        return new SurveyResult
        {
            Objective = objective,
            Options = options,
            Restarts = endpoints.Restarts,
            Device = device,
            Rule = options.Descent.Batch is { } batch ? $"{options.Descent.Rule}, {batch}" : options.Descent.Rule.ToString(),
            Outcomes = outcomes,
            Minima = minima,
            BoundaryMinima = Where(p => p is { Kind: StationaryKind.BoundaryMinimum } or { Kind: StationaryKind.DegenerateMinimum or StationaryKind.SingularMinimum, IsOnBoundary: true }),
            KinkMinima = Where(p => p.Kind == StationaryKind.MinimumAtKink),
            Lowest = endpoints.Lost.Lowest,
            WithoutDerivative = endpoints.Lost.WithoutDerivative,
            WithoutValue = endpoints.Lost.WithoutValue is { } nowhere && NotFinite.Of(objective, [.. nowhere]) is { } cause ? (nowhere, cause) : null,
            IsLowestMissed = endpoints.Lost.Lowest is { } lowest && All.Where(p => p.IsMinimum).MinBy(p => p.Value) is var best && (best is null || lowest.Value + (Stationarity.Margin * lowest.Rounding) < best.Value - BlurOf(best)),
            Classes = Copies.Classes(minima),
            Stationary = Where(p => p.Kind is StationaryKind.StrictSaddle or StationaryKind.Maximum or StationaryKind.FallingValley or StationaryKind.DegenerateSaddle or StationaryKind.Singular or StationaryKind.Tail or StationaryKind.Undecided),
            // Those that were found to stand at a kink do not count as stalled.
            Unpolished = Math.Clamp(outcomes.Stalled - Where(p => p.Kind == StationaryKind.MinimumAtKink).Sum(p => p.Count), 0, endpoints.Unpolished),
            UnpolishedNorm = endpoints.UnpolishedNorm / (Units.Value * Enumerable.Range(0, objective.Dimension).Min(Units.Length)),
            Endless = endpoints.Endless,
            // How complete the list of minima is; saddles that restarts ended at are not what is counted.
            Coverage = CoverageSummary.Of([.. All.Where(p => p.IsMinimum)], Unlisted),
            Unlisted = Unlisted,
            IdentityMargin = Identified.Margin,
            GradientEvaluations = (long)Math.Ceiling(endpoints.Steps * (options.Descent.Batch?.ShareOf(objective) ?? 1)) + endpoints.PolishEvaluations,
            Seconds = clock.Seconds,
            Stopped = stopped || outcomes.Unfinished > 0,
            Endpoints = endpoints,
        };
    }

    /// <summary>Which point of a result's lists each restart came to.</summary>
    /// <param name="arrivals">Which group each came to.</param>
    /// <param name="result">The result that was made of these points.</param>
    public IEnumerable<ArrivedPiece> Settled(Arrivals arrivals, SurveyResult result)
    {
        var numbers = new Dictionary<StationaryPoint, int>(ReferenceEqualityComparer.Instance);
        foreach (var point in result.Lists.SelectMany(list => list))
        {
            numbers.Add(point, numbers.Count + 1);
        }

        return arrivals.Settled(
            [.. Identified.ClusterOf.Select(cluster => numbers[All[PointOfGroup[cluster]]])],
            [.. PointOfPlace.Select(point => point < 0 ? Arrivals.None : numbers[All[point]])]);
    }

    /// <summary>What a minimum's value may be too high by: rounding, and what the last digits of its place do.</summary>
    private static double BlurOf(StationaryPoint best) => Math.Max(best.Blur, 2 * Stationarity.Margin * best.Rounding);

    private List<StationaryPoint> Where(Func<StationaryPoint, bool> which) => ListOrder.Of(All.Where(which), Units);

    private static List<StationaryPoint> FromHessians(Objective objective, IdentifiedMinima identified, EndpointGroups groups, PointKinds kinds, FallbackDevice device, Action<long>? progress, CancellationToken stop)
    {
        var d = objective.Dimension;
        var differentiator = device.Differentiate(objective);
        var found = new List<StationaryPoint>();
        foreach (var group in identified.Clusters.Chunk(Math.Max(1, MostEntries / (d * d))))
        {
            if (stop.IsCancellationRequested)
            {
                found.AddRange(group.Select(cluster => PointDescription.NotLookedAt(objective, cluster, groups)));
                continue;
            }

            var places = group.Select(cluster => objective.Region.OnFaces(groups.Point(cluster.Best))).ToList();
            var matrices = differentiator.Hessians([.. places.SelectMany(place => place)])!;
            var eigenvalues = differentiator.Eigenvalues(matrices, d)!;
            progress?.Invoke(group.Length);
            for (var l = 0; l < group.Length; l++)
            {
                if (stop.IsCancellationRequested)
                {
                    found.Add(PointDescription.NotLookedAt(objective, group[l], groups));
                    continue;
                }

                var described = Described(objective, group[l], groups, kinds, matrices.AsSpan(l * d * d, d * d), eigenvalues.AsSpan(l * d, d));
                found.Add(described with { Orbit = described.IsOnBoundary || described.AtBound.Count > 0 ? null : objective.Symmetry?.OrbitOf([.. described.Point], identified.SamePlace) });
            }
        }

        return found;
    }

    /// <summary>What a point is by its Hessian.</summary>
    /// <param name="objective">Whose point it is.</param>
    /// <param name="cluster">Which endpoints came to it.</param>
    /// <param name="groups">The groups of endpoints.</param>
    /// <param name="kinds">Decides.</param>
    /// <param name="hessian">d × d there.</param>
    /// <param name="eigenvalues">Its eigenvalues.</param>
    public static StationaryPoint Described(Objective objective, (int Best, long Count) cluster, EndpointGroups groups, PointKinds kinds, Span<double> hessian, ReadOnlySpan<double> eigenvalues)
    {
        var point = groups.Point(cluster.Best).ToArray();
        var sides = objective.Region.Active(point);
        var (spectrum, kind, held) = kinds.Of(point, hessian, eigenvalues);
        return PointDescription.Of(objective, cluster, groups, spectrum, kind, PointDescription.Shown(objective.Units, hessian, spectrum, [.. sides.Where((s, k) => s.IsFixed || held.Contains(k))])) with
        {
            AtBound = CoordinatesOf(held, sides),
            IsOnBoundary = sides.Any(s => !s.IsFixed),
        };
    }

    private static List<StationaryPoint> FromExtremes(Objective objective, IdentifiedMinima identified, EndpointGroups groups, FallbackDevice device, Action<long>? progress, CancellationToken stop)
    {
        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, device.Lanes.Bits));
        using var kinds = new PointKinds(objective, Derivatives.Of(objective, device.Lanes.Bits));
        var points = identified.Clusters.Select(c => groups.Point(c.Best).ToArray()).ToList();
        var whole = Whole(objective, identified, groups, Derivatives.Of(objective, device.Lanes.Bits).ProductFlops);
        var deciders = points.Select((point, k) =>
        {
            var gradient = new double[objective.Dimension];
            slopes.Gradient(point, gradient);
            return new ProductSpectrum(objective.Region, point, gradient, kinds, whole.Contains(k));
        }).ToList();
        var units = objective.Units;
        var found = device.Differentiate(objective).ForEach(points, (hessian, k) =>
        {
            if (stop.IsCancellationRequested)
            {
                return (PointDescription.Unknown, StationaryKind.Undecided, [], null);
            }

            var (spectrum, kind, atBound) = deciders[k].Of(hessian);
            var shown = units.AreAlike ? null : deciders[k].Shown(hessian, units, spectrum);
            return (spectrum, kind, atBound, shown);
        }, progress)!;
        return [.. identified.Clusters.Zip(found, (cluster, f) =>
        {
            var described = PointDescription.Of(objective, cluster, groups, f.spectrum, f.kind, f.shown);
            var sides = objective.Region.Active(groups.Point(cluster.Best));
            return described with
            {
                AtBound = f.atBound,
                IsOnBoundary = sides.Any(s => !s.IsFixed),
                Orbit = sides.Count > 0 ? null : objective.Symmetry?.OrbitOf([.. described.Point], identified.SamePlace),
            };
        })];
    }

    // Up to so many coordinates whole spectra are found, and for so many operations in all: some minutes of a core.
    private const int MostOfWhole = 2_000;
    private const double WholeFlops = 1e12;

    // Forming a Hessian and its eigenvectors to look along what is flat takes some tens of times d³ operations; in more coordinates, and beyond some minutes of a core in all, curvatures alone decide.
    private const int MostToLook = 1024;
    private const double EigenvectorFlops = 40;

    /// <summary>The clusters of which whole spectra are found: the lowest, as many as the work allows.</summary>
    private static HashSet<int> Whole(Objective objective, IdentifiedMinima identified, EndpointGroups groups, double product)
    {
        double d = objective.Dimension;
        // Householder's reduction, and a product for each row.
        var each = (4.0 / 3 * d * d * d) + (d * product);
        return d > MostOfWhole ? [] : [.. Enumerable.Range(0, identified.Clusters.Count).OrderBy(k => groups.Value(identified.Clusters[k].Best)).Take((int)Math.Min(int.MaxValue, WholeFlops / each))];
    }

    private static int[] CoordinatesOf(IEnumerable<int> held, IReadOnlyList<ActiveConstraint> sides) =>
        [.. held.Select(k => sides[k].Coordinate).OfType<int>()];
}
