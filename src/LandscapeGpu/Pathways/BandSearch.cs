namespace LandscapeGpu.Pathways;

/// <summary>Stretches bands between minima that no path joins yet, and follows eigenvectors uphill from their maxima.</summary>
internal sealed class BandSearch(StationaryDatabase database, TransitionSearchOptions options, LaneDevice device)
{
    // Dijkstra's method looks at all pairs of so many of the lowest minima.
    private const int MostNodes = 600;

    // Bands of a round: enough for every lane, few enough that what they find is used in the next.
    private const int MostOfRound = 64;

    // A pair is tried so often, each time with more images: on the straight line, and bent to one side and the other.
    private const int MostTries = 3;

    // How far the middle of a bent band lies beside the line, as a share of its length.
    private const double Bend = 0.25;

    // Keeps what bends follow from apart from what starts and walks do.
    private const ulong BendSeed = 0xB5297A4D3F84D5B5;

    private readonly Dictionary<(int, int), int> tries = [];
    private readonly ClimbingSearch climbing = new(database.Moving, database.Derivatives, device);
    private readonly ElasticBands bands = new(database.Moving, device.Bits, device.Threads);

    /// <summary>How many bands were stretched.</summary>
    public int Count { get; private set; }

    /// <summary>How many gradients they took.</summary>
    public long Evaluations => bands.Evaluations;

    /// <summary>How many of them had no maximum between their ends, or broke.</summary>
    public int WithoutMaximum { get; private set; }

    /// <summary>The paths that the bands drew: groups of minima, the highest value, ends and images.</summary>
    public List<(int A, int B, double Highest, ElasticBand Band)> Paths { get; } = [];

    /// <summary>Connects the lowest minima as far as the budget goes.</summary>
    public void Connect(Action<SurveyProgress>? progress, CancellationToken cancellation)
    {
        while (Count < options.Bands && !cancellation.IsCancellationRequested)
        {
            var links = Missing();
            if (links.Count == 0)
            {
                return;
            }

            Stretch(links, cancellation);
            progress?.Invoke(new("bands", Count, options.Bands));
        }
    }

    /// <summary>Bands between every two of the lowest minima that have none, as far as the budget goes.</summary>
    public void Between(int lowest, CancellationToken cancellation)
    {
        var nodes = Nodes(lowest);
        var links = Enumerable.Range(0, nodes.Length)
            .SelectMany(a => Enumerable.Range(a + 1, nodes.Length - a - 1).Select(b => (A: nodes[a], B: nodes[b])))
            .Where(l => Tries(l.A, l.B) == 0)
            .ToList();
        foreach (var some in links.Take(Math.Max(0, options.Bands - Count)).Chunk(MostOfRound))
        {
            if (!cancellation.IsCancellationRequested)
            {
                Stretch(some, cancellation);
            }
        }
    }

    private void Stretch(IReadOnlyList<(int A, int B)> links, CancellationToken cancellation)
    {
        var symmetry = database.Moving.MovingSymmetry;
        foreach (var some in links.GroupBy(l => Tries(l.A, l.B)))
        {
            (int A, int B)[] pairs = [.. some];
            var ends = new (double[] From, double[] To, double[]? Bend)[pairs.Length];
            Parallel.For(0, pairs.Length, new() { MaxDegreeOfParallelism = device.Threads }, k =>
            {
                var a = database.Minima.Point(pairs[k].A).ToArray();
                var b = symmetry?.Aligned(a, database.Minima.Point(pairs[k].B)) ?? database.Minima.Point(pairs[k].B).ToArray();
                ends[k] = (a, b, some.Key == 0 ? null : Beside(a, b, Key(pairs[k].A, pairs[k].B), some.Key % 2 == 0 ? -Bend : Bend));
            });
            var stretched = bands.Run(ends, options.Images * (1 + some.Key), cancellation);
            var highest = bands.Highest(stretched);
            for (var k = 0; k < pairs.Length; k++)
            {
                Paths.Add((pairs[k].A, pairs[k].B, highest[k], stretched[k]));
                tries[Key(pairs[k].A, pairs[k].B)] = some.Key + 1;
            }

            Count += pairs.Length;
            var maxima = stretched.Where(b => !b.IsBroken).SelectMany(b => b.Maxima()).ToList();
            WithoutMaximum += stretched.Count(b => b.IsBroken || !b.Maxima().Any());
            double[] starts = [.. maxima.SelectMany(m => m.Point)];
            database.AddSaddles(
                database.Walked(() => [.. starts, .. maxima.SelectMany(m => m.Tangent)], () => climbing.Run(starts, [.. maxima.Select(m => new Uphill(m.Tangent, 0))], cancellation), cancellation),
                cancellation);
        }
    }

    /// <summary>A step across the line between two minima, in a direction that is theirs alone.</summary>
    /// <remarks>On a line that a symmetry maps to itself no force is across it, and a straight band stays on top of what it should go around.</remarks>
    private double[] Beside(double[] a, double[] b, (int First, int Second) pair, double share)
    {
        var (step, along) = (new double[a.Length], a.Zip(b, (x, y) => y - x).ToArray());
        new Gaussian(1).Draw(options.Survey.Seed ^ BendSeed, ((long)pair.First << 32) | (uint)pair.Second, step);
        var (square, component) = (along.Sum(v => v * v), along.Zip(step, (v, s) => v * s).Sum());
        for (var i = 0; i < step.Length; i++)
        {
            step[i] -= square > 0 ? component / square * along[i] : 0;
        }

        var length = Math.Sqrt(step.Sum(v => v * v));
        // On a line of one coordinate nothing is beside it.
        return a.Length == 1 || length == 0 ? new double[a.Length] : [.. step.Select(s => share * Math.Sqrt(square) / length * s)];
    }

    /// <summary>Links on the shortest ways from the group of the lowest minimum to each other group among the lowest.</summary>
    private List<(int A, int B)> Missing()
    {
        var nodes = Nodes(Math.Max(MostNodes, options.Lowest));
        var numbers = nodes.Select((g, k) => (Cluster: database.Identified.ClusterOf[g], k)).ToDictionary(p => p.Cluster, p => p.k);
        var joined = new HashSet<(int, int)>();
        var sets = new DisjointSets(nodes.Length);
        foreach (var sides in database.Paths.Values)
        {
            if (NumberOf(sides.First) is { } a && NumberOf(sides.Second) is { } b && a != b)
            {
                joined.Add((Math.Min(a, b), Math.Max(a, b)));
                if (sets.Find(a) != sets.Find(b))
                {
                    sets.Join(a, b);
                }
            }
        }

        var lowest = Enumerable.Range(0, Math.Min(options.Lowest, nodes.Length)).GroupBy(sets.Find).Select(g => g.First()).ToArray();
        if (lowest.Length < 2)
        {
            return [];
        }

        var invariants = nodes.Select(g => database.Moving.MovingSymmetry?.Invariants(database.Minima.Point(g)) ?? database.Minima.Point(g).ToArray()).ToArray();
        return
        [
            .. lowest.Skip(1)
                .SelectMany(to => MissingLinks.Between(
                    nodes.Length,
                    (a, b) => Math.Sqrt(Projection.SquaredDistance(invariants[a], invariants[b])),
                    (a, b) => joined.Contains((Math.Min(a, b), Math.Max(a, b))),
                    (a, b) => Tries(nodes[a], nodes[b]) is var n && n >= MostTries ? double.PositiveInfinity : n,
                    lowest[0],
                    to))
                .Distinct()
                .Select(l => (nodes[l.A], nodes[l.B]))
                .Take(Math.Min(MostOfRound, options.Bands - Count)),
        ];

        int? NumberOf(Side side) => side.Group >= 0 && numbers.TryGetValue(database.Identified.ClusterOf[side.Group], out var number) ? number : null;
    }

    /// <summary>The groups that show the lowest minima best, lowest first.</summary>
    private int[] Nodes(int count) => [.. database.Identified.Clusters.Select(c => c.Best).OrderBy(database.Minima.Value).Take(count)];

    private int Tries(int a, int b) => tries.GetValueOrDefault(Key(a, b));

    /// <summary>A minimum is named by the first group that showed it: which shows it best may change.</summary>
    private (int, int) Key(int a, int b)
    {
        var of = database.Identified.ClusterOf;
        var (first, second) = (Array.IndexOf(of, of[a]), Array.IndexOf(of, of[b]));
        return (Math.Min(first, second), Math.Max(first, second));
    }
}
