namespace LandscapeGpu.Polish;

/// <summary>Polish that looks first whether an endpoint lies at a minimum it has found before: then one gradient is enough.</summary>
/// <remarks>
/// Each endpoint is compared with the minima that those before it have come to, in the order they were found, and takes the first in whose basin it lies; else it
/// is polished, and may be such a minimum for those after it. What becomes of it depends on the endpoints before it and on nothing else: not on threads, nor on
/// how a survey is cut into batches. It is worked out for many at once: some are polished ahead, and left again where one among those before them turns out to be
/// the same. Where few of the first endpoints are seen again, as where minima are more than restarts, the others are polished without a look.
/// </remarks>
internal sealed class SeenMinima(Objective objective, Derivatives derivatives, int threads)
{
    // Up to here Hessians are formed at once, and polish costs little.
    private const int LeastCoordinates = 13;

    // 64 MB of factors; and so many comparisons of a value cost less than a gradient.
    private const int MostEntries = 1 << 23;
    private const int MostMinima = 1024;

    // What is polished ahead in the first round, enough for the lanes of several threads; twice as much in each that follows.
    private const int FirstRound = 64;

    private const int BlocksAtOnce = 16;

    // Of so many endpoints that come first, one in eight must be seen again: a look costs less than an eighth of a polish.
    private const int Trial = 512;
    private const int LeastShare = 8;

    private readonly int most = Math.Min(MostMinima, MostEntries / (derivatives.Dimension * derivatives.Dimension));
    private readonly List<SeenMinimum> seen = [];
    private long hessians;
    private int looked;
    private int again;

    /// <summary>For an objective; null where looking costs no less than polishing, or Hessians are not formed.</summary>
    public static SeenMinima? For(Objective objective, int? bits, int threads) =>
        objective.Surface is null && objective.Dimension is >= LeastCoordinates and <= LanePolish.MostCoordinates && Derivatives.Of(objective, bits) is { Direction: not null } derivatives
            ? new(objective, derivatives, threads)
            : null;

    /// <param name="points">count × d coordinates.</param>
    /// <param name="count">How many.</param>
    /// <param name="polish">Polishes those of the given numbers.</param>
    /// <param name="progress">Told how many more are done.</param>
    /// <param name="cancellation">Stops early; the rest is left as not looked at.</param>
    public PolishedSet Run(double[] points, int count, Func<int[], PolishedSet> polish, Action<long>? progress, CancellationToken cancellation)
    {
        var set = new PolishedSet(derivatives.Dimension, count);
        var first = Math.Min(count, Trial - Math.Min(looked, Trial));
        Look(points, set, [.. Enumerable.Range(0, first)], polish, progress, cancellation);
        int[] others = [.. Enumerable.Range(first, count - first)];
        if (LeastShare * again >= Trial)
        {
            Look(points, set, others, polish, progress, cancellation);
        }
        else if (others.Length > 0 && !cancellation.IsCancellationRequested)
        {
            Take(set, others, polish(others), _ => false);
            progress?.Invoke(others.Length);
        }

        return set;
    }

    private void Look(double[] points, PolishedSet set, int[] items, Func<int[], PolishedSet> polish, Action<long>? progress, CancellationToken cancellation)
    {
        if (items.Length == 0)
        {
            return;
        }

        var d = derivatives.Dimension;
        var begin = items[0];
        var (values, gradients) = Slopes(points.AsMemory(begin * d, items.Length * d), items.Length, cancellation);
        set.Evaluations += items.Length;
        var (open, tried, before) = (items, 0, hessians);
        for (var round = FirstRound; !cancellation.IsCancellationRequested; round = Math.Min(2 * round, items.Length))
        {
            var still = Untaken(open);
            progress?.Invoke(open.Length - still.Length);
            tried = seen.Count;
            if (still.Length == 0)
            {
                break;
            }

            var some = still[..Math.Min(round, still.Length)];
            Take(set, some, polish(some), TryTake);
            progress?.Invoke(some.Length);
            open = still[some.Length..];
        }

        set.Evaluations += (hessians - before) * d;
        looked += items.Length;

        // Those of the open ones that no minimum takes that has not been tried.
        int[] Untaken(int[] left)
        {
            var isTaken = new bool[left.Length];
            Parallel.For(0, (left.Length + BlocksAtOnce - 1) / BlocksAtOnce, new ParallelOptions { MaxDegreeOfParallelism = threads }, block =>
            {
                for (var k = block * BlocksAtOnce; tried < seen.Count && k < Math.Min(left.Length, (block + 1) * BlocksAtOnce); k++)
                {
                    isTaken[k] = TryTake(left[k]);
                }
            });
            return [.. left.Where((_, k) => !isTaken[k])];
        }

        bool TryTake(int item)
        {
            ReadOnlySpan<double> from = points.AsSpan(item * d, d), slope = gradients.AsSpan((item - begin) * d, d);
            var length = Inner.Norm(slope);
            if (!double.IsFinite(values[item - begin]) || !double.IsFinite(length) || (tried < seen.Count && objective.Region.Active(from).Count > 0))
            {
                return false;
            }

            // No step of polish is longer.
            var farthest = 0.5 * length * NewtonPoint.LongestStep * objective.Region.Reach(from);
            for (var m = tried; m < seen.Count; m++)
            {
                if (seen[m].IsNear(values[item - begin], farthest) && seen[m].TryTake(objective.MovingSymmetry, values[item - begin], from, slope, set, item))
                {
                    set.CopyOf[item] = m;
                    Interlocked.Increment(ref again);
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Sets items to what polish made of them, but for those that turn out to be taken already; each may be a minimum for those after it.</summary>
    private void Take(PolishedSet set, int[] items, PolishedSet polished, Func<int, bool> isTaken)
    {
        set.Evaluations += polished.Evaluations;
        set.Bounded += polished.Bounded;
        for (var k = 0; k < items.Length; k++)
        {
            if (!isTaken(items[k]))
            {
                set.Take(items[k], polished, k);
                set.Endless[items[k]] = polished.Endless[k];
                Add(set, items[k]);
            }
        }
    }

    /// <summary>Notes what polish came to: a minimum that is known, from farther away than its basin, or a new one.</summary>
    private void Add(PolishedSet set, int item)
    {
        if (looked >= Trial && LeastShare * again < Trial)
        {
            return;
        }

        if (!set.Stationary[item] || !double.IsFinite(set.Roundings[item]) || objective.Region.Active(set.Points.AsSpan(item * set.Dimension, set.Dimension)).Count > 0)
        {
            return;
        }

        set.CopyOf[item] = seen.FindIndex(m => m.Is(objective.MovingSymmetry, set, item));
        if (set.CopyOf[item] < 0 && seen.Count < most)
        {
            set.CopyOf[item] = seen.Count;
            seen.Add(new(set, item, objective.Region, HessianAt, point => OrbitProjection.Basis(objective.MovingSymmetry?.Velocities(point) ?? [])));
        }
    }

    private double[] HessianAt(double[] point)
    {
        Interlocked.Increment(ref hessians);
        using var lanes = new LaneHessians(derivatives, objective);
        return lanes.At(point);
    }

    /// <summary>f and ∇f at every point.</summary>
    private (double[] Values, double[] Gradients) Slopes(ReadOnlyMemory<double> points, int count, CancellationToken cancellation)
    {
        var d = derivatives.Dimension;
        var (values, gradients) = (new double[count], new double[(long)count * d]);
        Array.Fill(values, double.NaN);
        var block = derivatives.Slope.Layout.Restarts;
        var next = -block;
        Workers.Run(Math.Max(1, Math.Min(threads, (count + block - 1) / block)), stop =>
        {
            using var lanes = objective.OnLanes(derivatives.Slope);
            for (var begin = Interlocked.Add(ref next, block); begin < count && !stop.IsCancellationRequested; begin = Interlocked.Add(ref next, block))
            {
                for (var l = 0; l < block; l++)
                {
                    lanes.Write(derivatives.X, l, points.Span.Slice(Math.Min(begin + l, count - 1) * d, d));
                }

                lanes.Run();
                for (var l = 0; l < block && begin + l < count; l++)
                {
                    values[begin + l] = lanes.Read(derivatives.Value, 0, l);
                    lanes.Read(derivatives.Gradient, l, gradients.AsSpan((begin + l) * d, d));
                }
            }
        }, cancellation);
        return (values, gradients);
    }
}
