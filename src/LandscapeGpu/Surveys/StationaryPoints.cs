using LandscapeGpu.Statistics;
using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Distinct stationary points with their spectra and kinds.</summary>
/// <param name="All">The points, those of one flat valley made one.</param>
/// <param name="PointOfGroup">For each group of endpoints, which of them it came to.</param>
/// <param name="Identified">The groups.</param>
internal sealed record StationaryPoints(IReadOnlyList<StationaryPoint> All, IReadOnlyList<int> PointOfGroup, IdentifiedMinima Identified)
{
    /// <param name="objective">Whose points they are.</param>
    /// <param name="identified">Which endpoints are one point.</param>
    /// <param name="groups">The groups of endpoints.</param>
    /// <param name="device">Where spectra are computed.</param>
    /// <param name="starts">Where restarts began, in the units of the formula: it tells how far f falls.</param>
    /// <param name="progress">Told how many points have their eigenvalues, and how many were tried with others of one flat set.</param>
    /// <param name="stop">Stops early: points that were not looked at by then are undecided, and those of one flat set may not be joined.</param>
    public static StationaryPoints Of(Objective objective, IdentifiedMinima identified, EndpointGroups groups, FallbackDevice device, RestartRange starts, Action<SurveyProgress>? progress = null, CancellationToken stop = default)
    {
        if (identified.Clusters.Count == 0)
        {
            // In millions of coordinates programs that nothing would ask take minutes to write.
            return new StationaryPoints([], [], identified) { Units = objective.Units, Unlisted = groups.Unlisted };
        }

        progress?.Invoke(new("spectra", 0, identified.Clusters.Count));
        var known = SurveyClock.Report(progress, "spectra", 0, identified.Clusters.Count);
        using var kinds = objective.Dimension <= LanePolish.MostCoordinates ? new PointKinds(objective, Derivatives.Of(objective, device.Lanes.Bits)) : null;
        var places = identified.Clusters.Select(c => groups.Point(c.Best).ToArray()).ToList();
        var described = kinds is not null ? DescribedPoints.ByHessians(objective, identified, groups, kinds, device, known, stop) : DescribedPoints.ByExtremes(objective, identified, groups, device, known, stop);
        var found = DrownedPoints.Undecided(described, places, objective.Region, isAny: false);
        var valleys = new FlatValleys(objective, device.Lanes.Bits, device.Lanes.Threads, identified.SamePlace);
        var (points, pointOf) = valleys.Joined(found, places, [.. identified.Clusters.Select(c => groups.Value(c.Best))], progress, stop);
        var members = Enumerable.Range(0, places.Count).ToLookup(c => pointOf[c], c => places[c]);
        var decided = kinds is null ? FlatPoints.AsFarAsWorkAllows(objective, points, members, device, stop) : DoubtedMinima.In([.. FlatPoints.Decided(objective, points, [.. Enumerable.Range(0, points.Count).Select(k => members[k])], kinds, device, stop)], objective, kinds);
        // What made one with others says of itself how far it is known, and not each of them.
        decided = DrownedPoints.Undecided(decided, [.. decided.Select(p => objective.Units.Moving(p.Place))], objective.Region, isAny: true);
        (decided, pointOf) = kinds is null ? (decided, pointOf) : PlacesAtEdges.Joined(objective, decided, pointOf, kinds, device.Lanes.Bits);
        (decided, pointOf) = kinds is null ? (decided, pointOf) : FallingValleys.Joined(objective, decided, pointOf, kinds, device.Lanes.Bits, stop);
        (decided, pointOf) = kinds is null ? (decided, pointOf) : FloorsLedDown.Joined(objective, decided, pointOf, identified.SamePlace, device.Lanes.Bits, stop);
        return new StationaryPoints(ResolvedValues.Of(objective, decided, starts, device.Lanes.Bits), pointOf, identified) { Units = objective.Units, Unlisted = groups.Unlisted }.With([]);
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
            LedNotFinite = found.PointOf.Select((k, place) => k >= 0 && (k < All.Count || minima[k - All.Count].Kind != StationaryKind.MinimumAtKink) ? found.NotFiniteAt[place] : 0).Sum(),
            LedEndless = found.PointOf.Select((k, place) => k >= 0 ? found.EndlessAt[place] : 0).Sum(),
            Unsearched = found.Unsearched,
            SteppedOver = found.SteppedOver,
            Endless = found.Endless,
            AreCreasesCut = found.IsCut,
        }).With(minima);
    }

    /// <summary>For each place where restarts stopped without a short gradient, which of the points it belongs to; −1 for none.</summary>
    private IReadOnlyList<int> PointOfPlace { get; init; } = [];

    /// <summary>How many restarts came to a minimum that is at no kink, and had ended otherwise.</summary>
    public long Led { get; private init; }

    private long LedNotFinite { get; init; }

    private long LedEndless { get; init; }

    /// <summary>How many restarts stopped at places that may be minima at kinks, and were not looked at.</summary>
    public long Unsearched { get; private init; }

    /// <summary>The lowest place where restarts stopped and beside which the value falls without bound; null where there is none.</summary>
    public EndlessFall.Fall? Endless { get; private init; }

    /// <summary>Whether minima at kinks of one value may be one that a crease joins, and were not told apart.</summary>
    public bool AreCreasesCut { get; private init; }

    /// <summary>Minima at kinks and on the low side of jumps that restarts passed.</summary>
    public IReadOnlyList<SteppedOver> SteppedOver { get; private init; } = [];

    /// <summary>These with minima that have no derivative at the numbers where f is lowest.</summary>
    public StationaryPoints OntoKinks(Objective objective, int? bits)
    {
        if (!Surveys.OntoKinks.Has(objective, All))
        {
            return this;
        }

        using var onto = new OntoKinks(objective, bits);
        return this with { All = [.. All.Select(onto.At)] };
    }

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

    /// <summary>With points beside poles as what they are: no minima, of a value that is that of where descent stopped.</summary>
    public StationaryPoints WithPoles(IReadOnlyList<StationaryPoint> poles) =>
        poles.Count == 0 ? this : this with { All = [.. All.Select(p => poles.Contains(p) ? p with { Kind = StationaryKind.FallingValley, Rounding = 0 } : p)] };

    public SurveyResult Result(Objective objective, SurveyOptions options, EndpointPool endpoints, string device, SurveyClock clock, bool stopped)
    {
        // A flat set on a face is no interior minimum, and says nothing about how many of these there are.
        var minima = Where(p => p is { Kind: StationaryKind.Minimum } or { Kind: StationaryKind.DegenerateMinimum or StationaryKind.SingularMinimum, IsOnBoundary: false });
        var outcomes = endpoints.Outcomes.Led(Led, LedNotFinite);
        return new SurveyResult
        {
            Objective = objective,
            Options = options,
            Restarts = endpoints.Restarts,
            Device = device,
            Rule = options.Descent.Batch is { } batch ? $"{options.Descent.Rule}, {batch}" : options.Descent.Rule.ToString(),
            Outcomes = outcomes,
            Minima = minima,
            BoundaryMinima = Where(p => p is { Kind: StationaryKind.BoundaryMinimum or StationaryKind.EdgeMinimum } or { Kind: StationaryKind.DegenerateMinimum or StationaryKind.SingularMinimum, IsOnBoundary: true }),
            KinkMinima = Where(p => p.Kind == StationaryKind.MinimumAtKink),
            Lowest = endpoints.Lost.Lowest,
            WithoutDerivative = endpoints.Lost.WithoutDerivative,
            WithoutValue = endpoints.Lost.WithoutValue is { } nowhere && NotFinite.Of(objective, [.. nowhere]) is { } cause ? (nowhere, cause) : null,
            CountWithoutValue = endpoints.Lost.CountWithoutValue,
            IsLowestMissed = endpoints.Lost.Lowest is { } lowest && All.Where(p => p.IsMinimum).MinBy(p => p.Value) is var best && (best is null || lowest.Value + (Stationarity.Margin * lowest.Rounding) < best.Value - BlurOf(best)),
            Classes = Copies.Classes(minima),
            Stationary = Where(p => p.Kind is StationaryKind.StrictSaddle or StationaryKind.Maximum or StationaryKind.FallingValley or StationaryKind.DegenerateSaddle or StationaryKind.Singular or StationaryKind.Tail or StationaryKind.Undecided),
            // Those that were found to stand at a kink do not count as stalled.
            Unpolished = Math.Clamp(outcomes.Stalled - Where(p => p.Kind == StationaryKind.MinimumAtKink).Sum(p => p.Count), 0, endpoints.Unpolished),
            UnpolishedNorm = endpoints.UnpolishedNorm / (Units.Value * Enumerable.Range(0, objective.Dimension).Min(Units.Length)),
            // Who was led to a minimum after all runs nowhere else.
            Endless = endpoints.Endless - LedEndless,
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
}
