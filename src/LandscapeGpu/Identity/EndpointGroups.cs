namespace LandscapeGpu.Identity;

/// <summary>Polished endpoints as they come: those of one place and value are one group with a count, so that memory follows the minima and not the restarts.</summary>
/// <remarks>
/// <para>
/// A point joins the first group in whose cell it lies, that is as near as the uncertainties of both allow, and whose value is the same to rounding;
/// else it begins one. So a minimum may be a few groups, where an edge of the lattice runs through it: <see cref="Linkage"/> makes them one.
/// Points are taken in the order of their restarts, whatever the batches and threads, and the groups are a function of that order.
/// </para>
/// <para>
/// Where there are many groups of few points, as under a symmetry that every restart ends elsewhere by, they are condensed to what the survey's
/// own identity leaves of them; then points cannot be told apart again by a finer one.
/// </para>
/// </remarks>
/// <param name="scale">The unit of each coordinate.</param>
/// <param name="threads">How many threads; nothing depends on it.</param>
/// <param name="grain">No group is wider than this, in units of the scale.</param>
/// <param name="most">How many groups stay where they are condensed, the lowest ones.</param>
internal sealed partial class EndpointGroups(double[] scale, int threads, double grain = EndpointGroups.DefaultGrain, int most = int.MaxValue)
{
    /// <summary>Where nobody said how near a point is to the stationary one, it is taken to be within this, in units of the scale: polish leaves a thousandth of it.</summary>
    public const double DefaultGrain = 1e-6;

    // An edge through a minimum is rare, and so are two minima in one cell.
    private const double GrainsInCell = 4;

    // More groups than this in one cell are one crowd, such as a valley: a point joins the nearest of its value.
    private const int MostInCell = 64;

    // Groups are condensed beyond so many coordinates: 32 MB.
    private const long MostCoordinates = 1 << 22;

    // Of a coordinate that is measured in the smallest unit: what an uncertainty may be at most, which is no longer than the default in any case.
    private readonly double smallest = scale.Min();
    private readonly double[] zero = new double[scale.Length];
    private readonly ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads };
    private readonly GroupLimit limit = new(most);
    private CellChains chains = new();
    private double[] points = [];
    private double[] values = [];
    private double[] residuals = [];
    private double[] moments = [];
    private double[] uncertainties = [];
    private double[] roundings = [];
    private double[] anchors = [];
    private long[] counts = [];
    // The group that a group is known to be one with under the objective's symmetry, from polish; itself where nobody knows of one.
    private int[] originals = [];
    private Dictionary<int, int> groupOfMinimum = [];
    private int condensed;
    private readonly Lattice lattice = new(scale, GrainsInCell * grain);

    public int Dimension => scale.Length;

    /// <summary>Points that are nearer than this may have been made one already.</summary>
    public double Grain => grain;

    /// <summary>The unit of each coordinate.</summary>
    public IReadOnlyList<double> Scale => scale;

    /// <summary>What kernels need to tell points apart as it is done here, in the order of a <see cref="CellPlan"/>.</summary>
    public double[] Numbers => [grain, smallest, .. scale, .. lattice.InCells];

    /// <summary>How many groups there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many points they hold.</summary>
    public long Total { get; private set; }

    /// <summary>How many points are in no group, because only the lowest groups are kept.</summary>
    public long Unlisted => limit.Unlisted;

    /// <summary>Told when groups become other ones: for each its new number, −1 for those that are kept no more.</summary>
    public Action<int[]>? Renumbered { get; set; }

    /// <summary>Whether groups have been condensed by the survey's own identity.</summary>
    public bool IsCondensed => condensed > 0;

    /// <summary>What a group's best point is; best is the most stationary, of values that agree.</summary>
    public ReadOnlySpan<double> Point(int group) => points.AsSpan(group * Dimension, Dimension);

    public double Value(int group) => values[group];

    public double Residual(int group) => residuals[group];

    /// <summary>Whether two groups are one: as near as their uncertainties allow, and of one value.</summary>
    /// <param name="a">A group.</param>
    /// <param name="b">Another.</param>
    /// <param name="distance">Their distance in what is compared.</param>
    /// <param name="otherwise">How near they must be where an uncertainty is not known.</param>
    public bool AreOne(int a, int b, double distance, double otherwise) => distance <= SamePoint.Reach(uncertainties[a], uncertainties[b], otherwise) && HaveOneValue(a, b);

    /// <summary>Whether two groups have one value to rounding.</summary>
    public bool HaveOneValue(int a, int b) =>
        SameValue.Are((values[a], residuals[a], roundings[a]), (values[b], residuals[b], roundings[b]), Euclidean(Point(a), Point(b)));

    /// <summary>No two groups are one that are farther apart than this.</summary>
    public double LargestReach(double otherwise) => Count == 0 ? 0 : uncertainties.AsSpan(0, Count).Contains(double.NaN) ? otherwise : SamePoint.Reach(uncertainties.AsSpan(0, Count).ToArray().Max(), uncertainties.AsSpan(0, Count).ToArray().Max(), otherwise);

    /// <summary>How far the stationary point may be from the best point; NaN where it is not known.</summary>
    public double Uncertainty(int group) => uncertainties[group] * smallest;

    /// <summary>A bound of the value's rounding; 0 where it is not known.</summary>
    public double Rounding(int group) => roundings[group];

    public long CountOf(int group) => counts[group];

    /// <summary>The group that polish knows a group to be a copy of under the objective's symmetry; the group itself where it knows of none.</summary>
    public int OriginalOf(int group) => originals[group];

    /// <summary>The best points as tables.</summary>
    public StoredEndpoints Stored => new(Dimension, points.AsMemory(0, Count * Dimension), values.AsMemory(0, Count), moments.AsMemory(0, 2 * Count));

    /// <summary>The best points of some groups.</summary>
    public StoredEndpoints StoredOf(int[] some) => some.Length == Count ? Stored
        : new(Dimension, some.SelectMany(g => Point(g).ToArray()).ToArray(), some.Select(Value).ToArray(), some.SelectMany(g => moments.AsSpan(2 * g, 2).ToArray()).ToArray());

    /// <summary>Finds the moments of groups that were polished without a Hessian.</summary>
    public void CompleteMoments(Func<IReadOnlyList<double[]>, (double Trace, double Square)[]> momentsAt)
    {
        var unknown = Enumerable.Range(0, Count).Where(g => double.IsNaN(moments[2 * g])).ToArray();
        if (unknown.Length == 0)
        {
            return;
        }

        var found = momentsAt([.. unknown.Select(g => Point(g).ToArray())]);
        for (var k = 0; k < unknown.Length; k++)
        {
            (moments[2 * unknown[k]], moments[(2 * unknown[k]) + 1]) = found[k];
        }
    }

    /// <summary>Adds the stationary ones of a set.</summary>
    /// <param name="set">Polished endpoints, in the order of their restarts.</param>
    /// <param name="condense">Tells which groups are one by the survey's identity; null where groups are never condensed.</param>
    /// <param name="restarts">How many each stands for; null for one.</param>
    /// <returns>The group of each, as groups are numbered in the end; −1 for those that are not stationary, or in no group.</returns>
    public int[] Add(PolishedSet set, Func<EndpointGroups, int[]>? condense = null, int[]? restarts = null)
    {
        var d = Dimension;
        var (cells, groups) = (new ulong[set.Count], new int[set.Count]);
        // What joins a group that is there already does so in any order: the first of its cell comes first.
        Parallel.For(0, (set.Count + 1023) / 1024, parallel, part =>
        {
            for (var k = 1024 * part; k < Math.Min(set.Count, 1024 * (part + 1)); k++)
            {
                cells[k] = set.Stationary[k] ? lattice.CellOf(set.Points.AsSpan(k * d, d)) : 0;
                groups[k] = set.Stationary[k] ? Find(set, k, cells[k]) : -1;
            }
        });
        for (var k = 0; k < set.Count; k++)
        {
            if (!set.Stationary[k])
            {
                continue;
            }

            var group = groups[k] >= 0 ? groups[k] : Find(set, k, cells[k]);
            var restartsOfOne = restarts?[k] ?? 1;
            Total += restartsOfOne;
            if (group < 0 && !limit.Admits(set.Values[k], Doubt(set.Values[k], set.Residuals[k], set.Roundings[k]), restartsOfOne))
            {
                continue;
            }

            var isNew = group < 0;
            groups[k] = group = isNew ? Begin(set, k, cells[k]) : group;
            if (set.CopyOf[k] is >= 0 and var minimum && !groupOfMinimum.TryAdd(minimum, originals[group]) && isNew)
            {
                originals[group] = groupOfMinimum[minimum];
            }

            counts[group] += restartsOfOne;
            if (set.Residuals[k] < residuals[group])
            {
                Take(group, set, k);
            }

            if (condense is not null && Count >= Math.Max(Math.Min(MostCoordinates / d, 2L * limit.Most), 2L * condensed))
            {
                var numbers = Condense(condense);
                for (var earlier = 0; earlier <= k; earlier++)
                {
                    groups[earlier] = groups[earlier] < 0 ? -1 : numbers[groups[earlier]];
                }

                Array.Fill(groups, -1, k + 1, set.Count - k - 1);
            }
        }

        return groups;
    }

    private int Find(PolishedSet set, int k, ulong cell)
    {
        var point = set.Points.AsSpan(k * Dimension, Dimension);
        var (nearest, least, tried) = (-1, double.PositiveInfinity, 0);
        for (var group = chains.First(cell); group >= 0; group = chains.Next(group))
        {
            var distance = Distance(point, anchors.AsSpan(group * Dimension, Dimension));
            var isSame = distance < least && SameValue.Are(
                (set.Values[k], set.Residuals[k], set.Roundings[k]), (values[group], residuals[group], roundings[group]), Euclidean(point, Point(group)));
            if (isSame && distance <= SamePoint.Reach(Known(set, k), uncertainties[group], grain))
            {
                return group;
            }

            tried++;
            (nearest, least) = isSame ? (group, distance) : (nearest, least);
        }

        return tried < MostInCell ? -1 : nearest;
    }

    /// <summary>How far a point is known, by polish and by the last digits of its coordinates, in units of the smallest scale; NaN where nobody said.</summary>
    private double Known(PolishedSet set, int k)
    {
        var point = set.Points.AsSpan(k * Dimension, Dimension);
        return SamePoint.Known(set.Uncertainties[k], Math.Sqrt(Projection.SquaredDistance(point, zero))) / smallest;
    }

    private int Begin(PolishedSet set, int k, ulong cell)
    {
        var group = Count++;
        if (group == counts.Length)
        {
            Resize(Math.Max(64, 2 * group));
        }

        (counts[group], originals[group]) = (0, group);
        set.Points.AsSpan(k * Dimension, Dimension).CopyTo(anchors.AsSpan(group * Dimension));
        Take(group, set, k);
        chains.Add(group, cell);
        return group;
    }

    private void Take(int group, PolishedSet set, int k)
    {
        set.Points.AsSpan(k * Dimension, Dimension).CopyTo(points.AsSpan(group * Dimension));
        (values[group], residuals[group], uncertainties[group], roundings[group]) = (set.Values[k], set.Residuals[k], Known(set, k), set.Roundings[k]);
        (moments[2 * group], moments[(2 * group) + 1]) = (set.Moments[2 * k], set.Moments[(2 * k) + 1]);
    }

    private void Resize(int size)
    {
        Array.Resize(ref points, size * Dimension);
        Array.Resize(ref anchors, size * Dimension);
        Array.Resize(ref values, size);
        Array.Resize(ref residuals, size);
        Array.Resize(ref uncertainties, size);
        Array.Resize(ref roundings, size);
        Array.Resize(ref moments, 2 * size);
        Array.Resize(ref counts, size);
        Array.Resize(ref originals, size);
    }

    private double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double square = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = (a[i] - b[i]) / scale[i];
            square += difference * difference;
        }

        return Math.Sqrt(square);
    }

    private static double Euclidean(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Math.Sqrt(Projection.SquaredDistance(a, b));
}
