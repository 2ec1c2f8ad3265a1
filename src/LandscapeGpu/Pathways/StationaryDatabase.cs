namespace LandscapeGpu.Pathways;

/// <summary>Minima and saddles as they are found, told apart by the survey's own identity; of each new saddle of index 1 both downhill sides are followed at once.</summary>
internal sealed class StationaryDatabase(Objective moving, SurveyOptions told, LaneDevice device, WalkJournal? journal = null)
{
    // Points of a path that are kept, on each side: what a picture shows.
    private const int MostPathPoints = 48;

    private readonly DownhillPaths downhill = new(moving, Derivatives.Of(moving, device.Bits), device);
    private readonly Dictionary<int, Sides> sidesOf = [];
    private readonly HashSet<int> others = [];
    private IdentifiedMinima? identified;

    public Objective Moving => moving;

    public Derivatives Derivatives { get; } = Derivatives.Of(moving, device.Bits);

    public EndpointGroups Minima { get; } = new(RegionScale.Of(moving), device.Threads);

    public EndpointGroups Saddles { get; } = new(RegionScale.Of(moving), device.Threads);

    public long Evaluations { get; private set; }

    /// <summary>Walks that came to a stationary point inside, and those that came to one outside.</summary>
    public long Arrived { get; private set; }

    public long Outside { get; private set; }

    /// <summary>Which groups of minima are one.</summary>
    public IdentifiedMinima Identified => identified ??= IdentifiedMinima.Of(Moving, told, Minima);

    /// <summary>Which groups of saddles are one.</summary>
    public IdentifiedMinima IdentifySaddles() => IdentifiedMinima.Of(Moving, told, Saddles, separateDimensions: true);

    /// <summary>Saddles, by the group they were followed from.</summary>
    public IReadOnlyDictionary<int, Sides> Paths => sidesOf;

    public void AddMinima(PolishedSet set)
    {
        Minima.Add(set);
        identified = null;
    }

    /// <summary>Whether ends of descents that are no minima are among the minima.</summary>
    public bool HasEnds { get; private set; }

    /// <summary>Adds places where descents ended that are no minima.</summary>
    public void AddEnds(IReadOnlyList<double[]> places)
    {
        var (d, set) = (Moving.Dimension, new PolishedSet(Moving.Dimension, places.Count));
        places.SelectMany(p => p).ToArray().CopyTo(set.Points, 0);
        var gradients = new double[set.Points.Length];
        using var values = new LaneValues(Moving, device.Bits);
        values.At(set.Points, set.Values, gradients);
        for (var k = 0; k < set.Count; k++)
        {
            (set.Stationary[k], set.Residuals[k]) = (true, Inner.Norm(gradients.AsSpan(k * d, d)));
            (set.Moments[2 * k], set.Moments[(2 * k) + 1]) = (double.NaN, double.NaN);
        }

        AddMinima(set);
        HasEnds = true;
    }

    /// <summary>What walks uphill end at, from the journal if it is kept there.</summary>
    /// <param name="asked">All that it is a function of, besides the landscape.</param>
    /// <param name="work">Walks.</param>
    /// <param name="cancellation">What was stopped is not kept.</param>
    public PolishedSet Walked(Func<double[]> asked, Func<PolishedSet> work, CancellationToken cancellation) =>
        journal is null ? work() : journal.Once(asked(), work, WalkJournal.Write, WalkJournal.ReadSet, cancellation);

    /// <summary>Adds what walks uphill ended at, and follows each saddle of index 1 that is new downhill; returns how many were new.</summary>
    public int AddSaddles(PolishedSet set, CancellationToken cancellation)
    {
        Evaluations += set.Evaluations;
        var d = Moving.Dimension;
        for (var k = 0; k < set.Count; k++)
        {
            var point = set.Points.AsSpan(k * d, d);
            if (set.Stationary[k] && (!IsInside(point) || Moving.StandsIn?.Invoke(Moving.Shown(point)) == true))
            {
                set.Stationary[k] = false;
                Outside++;
            }

            Arrived += set.Stationary[k] ? 1 : 0;
        }

        Saddles.Add(set);
        var found = IdentifySaddles();
        var known = Enumerable.Range(0, Saddles.Count).Where(g => sidesOf.ContainsKey(g) || others.Contains(g)).Select(g => found.ClusterOf[g]).ToHashSet();
        var fresh = Enumerable.Range(0, found.Clusters.Count).Where(c => !known.Contains(c)).Select(c => found.Clusters[c].Best).ToArray();
        var first = new List<(int Group, double[] Escape)>();
        var lowest = LowestModes.Of(Moving, [.. fresh.Select(g => Saddles.Point(g).ToArray())], 2, device);
        for (var k = 0; k < fresh.Length; k++)
        {
            if (lowest[k].NegativeAmongLowest == 1)
            {
                first.Add((fresh[k], lowest[k].Vectors[0]));
            }
            else
            {
                others.Add(fresh[k]);
            }
        }

        Follow(first, cancellation);
        return first.Count;
    }

    private void Follow(List<(int Group, double[] Escape)> saddles, CancellationToken cancellation)
    {
        double[][] points = [.. saddles.Select(s => Saddles.Point(s.Group).ToArray())];
        var (paths, ends) = Walk(() => downhill.Run(points, [.. saddles.Select(s => s.Escape)], cancellation));
        Evaluations += ends.Evaluations;
        var groups = Minima.Add(ends);
        identified = null;
        for (var k = 0; k < saddles.Count; k++)
        {
            sidesOf.Add(saddles[k].Group, new(Side(2 * k), Side((2 * k) + 1)));
        }

        (DownhillPath[] Paths, PolishedSet Ends) Walk(Func<(DownhillPath[], PolishedSet)> work) =>
            journal is null ? work() : journal.Once([.. points.SelectMany(p => p), .. saddles.SelectMany(s => s.Escape)], work, WalkJournal.Write, WalkJournal.ReadPaths, cancellation);

        Side Side(int k) => new(groups[k], paths[k].End, LengthOf(paths[k]), Thinned(paths[k], groups[k] < 0 ? null : Minima.Point(groups[k]).ToArray()));
    }

    private bool IsInside(ReadOnlySpan<double> point) => !Moving.Region.IsBeyondSides(point);

    private double LengthOf(DownhillPath path) => path.Points.Zip(path.Points.Skip(1), Distance).Sum();

    /// <summary>Points at about even lengths, with the saddle's first.</summary>
    private List<PathPoint> Thinned(DownhillPath path, double[]? minimum)
    {
        var kept = new List<PathPoint>();
        var (arc, apart) = (0.0, LengthOf(path) / MostPathPoints);
        for (var k = 0; k < path.Points.Count; k++)
        {
            arc += k == 0 ? 0 : Distance(path.Points[k - 1], path.Points[k]);
            if (kept.Count == 0 || k == path.Points.Count - 1 || arc - kept[^1].Arc >= apart)
            {
                // The last is the minimum itself, which the path comes to as near as Newton's step is short.
                kept.Add(new(arc, path.Values[k] / Moving.Units.Value, Moving.Shown(k == path.Points.Count - 1 && minimum is not null && Distance(minimum, path.Points[k]) <= apart ? minimum : path.Points[k])));
            }
        }

        return kept;
    }

    /// <summary>In the units of the formula.</summary>
    private double Distance(double[] a, double[] b)
    {
        if (Moving.Region.HasOwnCoordinates)
        {
            return Inner.Norm([.. Moving.Shown(a).Zip(Moving.Shown(b), (p, q) => p - q)]);
        }

        var square = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = (a[i] - b[i]) * Moving.Units.Length(i);
            square += difference * difference;
        }

        return Math.Sqrt(square);
    }
}

/// <summary>One downhill side of a saddle.</summary>
/// <param name="Group">The group of minima it came to; −1 for none.</param>
/// <param name="End">How the walk ended.</param>
/// <param name="Length">The path's length, in the units of the formula.</param>
/// <param name="Path">Points of it.</param>
internal sealed record Side(int Group, DownhillEnd End, double Length, IReadOnlyList<PathPoint> Path);

/// <summary>Both.</summary>
internal sealed record Sides(Side First, Side Second);
