using LandscapeGpu.Statistics;

namespace LandscapeGpu.Surveys;

/// <summary>What a search for stationary points does.</summary>
public sealed record SaddleSearchOptions
{
    /// <summary>How many starts; every other one half way between two draws, since saddles lie between minima. The origin is one more.</summary>
    public int Starts { get; init; } = 2_000;

    /// <summary>The most walks from the minima that were found: uphill along each mode of the Hessian, softest first, both ways, to the saddles around.</summary>
    public int Climbs { get; init; } = 2_000;

    /// <summary>Where they are; null for the objective's own, or its domain.</summary>
    public Sampler? From { get; init; }

    /// <summary>Further starts, such as minima that are known.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Also { get; init; } = [];

    /// <summary>Minima on the region's boundary that are known, as places: where faces are searched, from there too. A valley of steep walls hides its bottom from random starts.</summary>
    internal IReadOnlyList<IReadOnlyList<double>> OnFaces { get; init; } = [];

    /// <summary>Start i is a function of this and i alone.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// How points are told apart. Auto is by location, so that the sum over all of them means something, unless a continuous symmetry makes
    /// surfaces of them; then each is listed once for its orbit.
    /// </summary>
    public IdentityKind Identity { get; init; } = IdentityKind.Auto;

    /// <summary>The distance within which two points are one; null for the identity's own.</summary>
    public double? Tolerance { get; init; }

    /// <summary>What looks at the Hessians of what was found, as in <see cref="SurveyOptions.Device"/>; null for lanes.</summary>
    public string? Device { get; init; }

    /// <summary>How many threads; null for all cores.</summary>
    public int? Threads { get; init; }
}

/// <summary>The stationary points of all indexes that a search found.</summary>
public sealed record SaddleSearchResult
{
    /// <summary>The landscape.</summary>
    public required Objective Objective { get; init; }

    /// <summary>Distinct interior stationary points, by value; <see cref="StationaryPoint.Count"/> counts the starts that ended there.</summary>
    public required IReadOnlyList<StationaryPoint> Points { get; init; }

    /// <summary>How many starts were made.</summary>
    public required int Starts { get; init; }

    /// <summary>How many walks went uphill from minima, besides.</summary>
    public int Climbs { get; init; }

    /// <summary>Starts that ended where ‖∇f‖ cannot be made smaller nearby and is not zero, or ran away.</summary>
    public required int NotStationary { get; init; }

    /// <summary>Starts that ended at a stationary point outside the domain, on its boundary, or where the formula stands in for another, as a rounded-off core of two atoms does.</summary>
    public required int Outside { get; init; }

    /// <summary>How complete the list is likely to be, for these starts.</summary>
    public required CoverageSummary Coverage { get; init; }

    /// <summary>How many gradients the search took.</summary>
    public required long GradientEvaluations { get; init; }

    /// <summary>The sum of (−1)^index beside what topology asks for.</summary>
    public required EulerAudit Euler { get; init; }

    /// <summary>What f does beside a pole in the region; null where none was seen.</summary>
    internal string? Pole { get; init; }

    /// <summary>What went wrong without stopping it, such as a device that failed.</summary>
    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    /// <summary>How many points there are of an index.</summary>
    public int OfIndex(int index) => Points.Count(p => p.HasIndex && p.Index == index);
}

/// <summary>Finds stationary points of every index: minima, saddles and maxima.</summary>
public static class SaddleSearch
{
    // So many walks as there are modes, up and down each, and from kicked places thrice as many.
    private const int Repeats = 4;

    /// <summary>Solves ∇f = 0 from many starts, tells the solutions apart and classifies them by their Hessian's spectrum.</summary>
    /// <exception cref="ArgumentException">The dimension is too large for full Hessians, or options are wrong.</exception>
    public static SaddleSearchResult Run(Objective objective, SaddleSearchOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new();
        return Run(objective, options, FallbackDevice.Choose(options.Device, options.Threads), cancellation);
    }

    /// <summary>The same on a device that is open.</summary>
    internal static SaddleSearchResult Run(Objective objective, SaddleSearchOptions options, FallbackDevice device, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        if (objective.Dimension > LanePolish.MostCoordinates)
        {
            throw new ArgumentException($"{objective.Name} has {objective.Dimension} coordinates; saddles are searched for with full Hessians, which are formed up to {LanePolish.MostCoordinates}.");
        }

        if (options.Climbs < 0)
        {
            throw new ArgumentException($"{options.Climbs} walks from minima were asked for; give 0 for none, or more.");
        }

        if (options.Starts < 0 || options.Starts + options.Also.Count < 1)
        {
            throw new ArgumentException($"{options.Starts} starts were asked for; at least one is needed.");
        }

        (objective, var warning) = SymmetryCheck.Of(objective, bits: null);
        if (warning is not null && options.Identity == IdentityKind.Symmetry)
        {
            throw new ArgumentException(warning);
        }

        objective = UntoldScale.Told(objective, options.From);
        var lanes = device.Lanes;
        var units = UnitChoice.Of(objective, options.From);
        var moving = objective.InUnits(units);
        var starts = StartsOf(objective, options);
        units.ToMoving(starts);
        var count = starts.Length / objective.Dimension;
        var derivatives = Derivatives.Of(moving, lanes.Bits);
        var search = new StationarySearch(moving, derivatives, lanes.Threads);
        var ended = search.Run(starts, count, null, cancellation);
        using var grace = new Grace(Grace.Usual, cancellation);
        KeepKnown(search, starts, [.. Enumerable.Range(options.Starts, options.Also.Count).Where(k => !ended.IsFinished(k))], ended, grace.Token);
        var outside = LeaveOut(moving, ended);
        var inside = new EndpointGroups(RegionScale.Of(moving), lanes.Threads);
        inside.Add(ended);
        var identity = options.Identity != IdentityKind.Auto ? options.Identity : HasContinuousSymmetry(objective) ? IdentityKind.Symmetry : IdentityKind.Location;
        var told = new SurveyOptions { Identity = identity, Tolerance = options.Tolerance, Threads = options.Threads };
        var minima = MinimaAmong(moving, IdentifiedMinima.Of(moving, told, inside, separateDimensions: true, stop: grace.Token), inside, device);
        var climbing = new ClimbingSearch(moving, derivatives, lanes);
        var climbed = climbing.Run(minima, 0, (int)Math.Min(options.Climbs, Repeats * climbing.WholeSweep(minima)), options.Seed, cancellation);
        outside += LeaveOut(moving, climbed);
        inside.Add(climbed);
        var identified = IdentifiedMinima.Of(moving, told, inside, separateDimensions: true, stop: grace.Token);
        var found = ListOrder.Of(StationaryPoints.Of(moving, identified, inside, device, new(objective.StartsFrom(options.From), options.Seed, 0, 0), stop: grace.Token).All, units);
        var cores = found.Where(p => objective.StandsIn?.Invoke(p.Point) == true).ToList();
        var points = found.Where(p => p.Kind != StationaryKind.Tail).Except(cores).ToList();
        var pole = PoleSearch.Of(objective, options.From, options.Threads, cancellation);
        var euler = EulerAudit.Of(objective, points, Enumerable.Range(0, objective.Dimension).Max(units.Length), identity == IdentityKind.Location, () => BoundaryPoints.Of(moving, objective.StartsFrom(options.From), options, device, cancellation));
        return new()
        {
            Objective = objective,
            Points = points,
            Starts = count,
            Climbs = climbed.Count,
            NotStationary = ended.Stationary.Count(s => !s) + climbed.Stationary.Count(s => !s) - outside + (int)found.Where(p => p.Kind == StationaryKind.Tail && !cores.Contains(p)).Sum(p => p.Count),
            Outside = outside + (int)cores.Sum(p => p.Count),
            Coverage = CoverageSummary.Of(points),
            GradientEvaluations = ended.Evaluations + climbed.Evaluations,
            Euler = pole is null ? euler : euler.Cut(pole),
            Pole = pole,
            Warnings = Warning.Of(device),
        };
    }

    /// <summary>What is known already is not lost where a search is stopped before it came to it: from there it is a step or two.</summary>
    private static void KeepKnown(StationarySearch search, double[] starts, int[] unseen, PolishedSet ended, CancellationToken cancellation)
    {
        if (unseen.Length == 0)
        {
            return;
        }

        var known = search.Run(unseen.SelectMany(k => starts.AsSpan(k * ended.Dimension, ended.Dimension).ToArray()).ToArray(), unseen.Length, null, cancellation);
        for (var k = 0; k < unseen.Length; k++)
        {
            ended.Take(unseen[k], known, k);
        }

        ended.Evaluations += known.Evaluations;
    }

    /// <summary>Minima, lowest first, as saddles are searched for from.</summary>
    private static List<double[]> MinimaAmong(Objective moving, IdentifiedMinima identified, EndpointGroups groups, FallbackDevice device)
    {
        var places = identified.Clusters.OrderBy(c => groups.Value(c.Best)).Select(c => groups.Point(c.Best).ToArray()).ToList();
        var d = moving.Dimension;
        var minima = new List<double[]>();
        foreach (var some in places.Chunk(Math.Max(1, LaneHessians.MostEntries / (d * d))))
        {
            var differentiator = device.Differentiate(moving);
            var eigenvalues = differentiator.Eigenvalues(differentiator.Hessians([.. some.SelectMany(p => p)])!, d)!;
            minima.AddRange(some.Where((_, k) => eigenvalues[k * d] >= -ZeroTolerance.Default.Threshold(eigenvalues.AsSpan(k * d, d).ToArray().Max(Math.Abs), d)));
        }

        return minima;
    }

    private static bool HasContinuousSymmetry(Objective objective)
    {
        var point = new double[objective.Dimension];
        objective.DefaultStarts.Draw(0, 0, point);
        return objective.MovingSymmetry?.OrbitOf(point, Stationarity.HalfTheDigits) is { Dimension: > 0 };
    }

    private static double[] StartsOf(Objective objective, SaddleSearchOptions options)
    {
        var d = objective.Dimension;
        var sampler = objective.StartsFrom(options.From);
        // The last is the origin, unless the point is kept on a surface: formulas with symmetries have a stationary point there, which
        // walks reach only in the limit where it is degenerate.
        var origin = objective.Surface is null ? 1 : 0;
        var starts = new double[(options.Starts + options.Also.Count + origin) * d];
        var other = new double[d];
        for (var k = 0; k < options.Starts; k++)
        {
            var start = starts.AsSpan(k * d, d);
            sampler.Draw(options.Seed, k, start);
            if (k % 2 == 1)
            {
                sampler.Draw(options.Seed, k - 1, other);
                for (var i = 0; i < d; i++)
                {
                    start[i] = 0.5 * (start[i] + other[i]);
                }
            }
        }

        if (options.Also.Count > 0)
        {
            var also = objective.StartsFrom(new GivenPoints([.. options.Also.SelectMany(p => p)], d));
            for (var k = 0; k < options.Also.Count; k++)
            {
                also.Draw(options.Seed, k, starts.AsSpan((options.Starts + k) * d, d));
            }
        }

        return starts;
    }

    /// <summary>Takes out what is not inside; returns how many there were.</summary>
    private static int LeaveOut(Objective objective, PolishedSet ended)
    {
        var outside = 0;
        for (var k = 0; k < ended.Count; k++)
        {
            var point = ended.Points.AsSpan(k * ended.Dimension, ended.Dimension);
            // The search knows no sides: on them, and beyond, it solves another problem.
            if (ended.Stationary[k] && (objective.Region.IsBeyondSides(point) || !objective.Region.Active(point).All(side => side.IsFixed)))
            {
                ended.Stationary[k] = false;
                outside++;
            }
        }

        return outside;
    }
}
