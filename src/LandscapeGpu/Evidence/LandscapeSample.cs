namespace LandscapeGpu.Evidence;

/// <summary>Points at which a landscape has been looked at: value, gradient and extreme eigenvalues of the Hessian, in double precision.</summary>
internal sealed class LandscapeSample
{
    // Eigenvalues of full Hessians up to here; beyond, Lanczos' method needs fewer operations.
    private const int MostDense = 96;

    // Matrices in hand at a time stay below 8 MB.
    private const int MostEntries = 1 << 20;

    private readonly double[] lowest;
    private readonly double[] highest;

    private LandscapeSample(double[][] points, double[] values, double[][] gradients, double[] lowest, double[] highest, string description)
    {
        (Points, Values, Gradients, this.lowest, this.highest) = (points, values, gradients, lowest, highest);
        Description = description;
    }

    /// <summary>How the points were chosen.</summary>
    public string Description { get; }

    public int Count => Points.Length;

    internal double[][] Points { get; }

    internal double[] Values { get; }

    internal double[][] Gradients { get; }

    internal double Lowest(int k) => lowest[k];

    internal double Highest(int k) => highest[k];

    /// <summary>Starts, and points on the lines from them to the global minimum nearest to each, closer and closer.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="global">Its global minimum.</param>
    /// <param name="count">How many points in all.</param>
    /// <param name="seed">The seed of the starts.</param>
    /// <param name="device">What looks at Hessians; null for lanes.</param>
    /// <param name="radius">R, of points in the ball ‖x‖ ≤ R alone; null for the objective's starts, wherever they are.</param>
    /// <param name="stop">Stops early, with the points that were looked at by then.</param>
    public static LandscapeSample Draw(Objective objective, GlobalReference global, int count, ulong seed = 1, FallbackDevice? device = null, double? radius = null, CancellationToken stop = default)
    {
        double[] shares = global.Minima.Count > 0 ? [1, 0.75, 0.5, 0.25, 0.1, 0.03, 0.01] : [1];
        var starts = Math.Max(1, count / shares.Length);
        using var slopes = new PointDerivatives(objective);
        var sampler = StartsIn(objective, radius);
        var points = new List<double[]>(starts * shares.Length);
        for (var k = 0; k < starts; k++)
        {
            var start = new double[objective.Dimension];
            sampler.Draw(seed, k, start);
            var minimum = global.Nearest(start);
            points.AddRange(shares.Select(t => minimum is null ? start : slopes.Retract([.. start.Zip(minimum, (s, m) => m + (t * (s - m)))])));
        }

        var lines = shares.Length == 1 ? "" : $", and {shares.Length - 1} points from each towards the nearest global minimum found";
        return At(objective, points.Where(p => IsIn(objective, radius, p)), $"{EvidenceText.Count(starts, "start")} ({sampler.Describe()}){lines}", device, stop);
    }

    /// <summary>Where points begin: all over the ball, or where the objective says.</summary>
    /// <exception cref="ArgumentException">The objective lives on a surface, of which a ball says nothing.</exception>
    internal static Sampler StartsIn(Objective objective, double? radius) => radius is not { } r ? objective.DefaultStarts
        : objective.Surface is null ? new UniformBall(r)
        : throw new ArgumentException($"Constants over a ball were asked for, and {objective.Name} lives on a surface ({objective.Region.Describe(objective.Dimension)}); leave the ball out.");

    /// <summary>Whether a point is in the ball, and in the region.</summary>
    internal static bool IsIn(Objective objective, double? radius, double[] point) => radius is not { } r || (Region.Ball(r).Contains(point) && objective.Region.Contains(point));

    /// <summary>What the landscape is like at given points; those where it is not finite are left out.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="where">The points.</param>
    /// <param name="description">How they were chosen.</param>
    /// <param name="device">What looks at Hessians; null for lanes.</param>
    /// <param name="stop">Stops early, with the first of the points, one at least.</param>
    internal static LandscapeSample At(Objective objective, IEnumerable<double[]> where, string description, FallbackDevice? device = null, CancellationToken stop = default)
    {
        using var slopes = new PointDerivatives(objective);
        var (points, values, gradients) = (new List<double[]>(), new List<double>(), new List<double[]>());
        foreach (var point in where)
        {
            var gradient = new double[objective.Dimension];
            var value = slopes.Gradient(point, gradient);
            if (double.IsFinite(value) && gradient.All(double.IsFinite))
            {
                points.Add(point);
                values.Add(value);
                gradients.Add(gradient);
            }
        }

        var differentiator = (device ?? FallbackDevice.Choose(null)).Differentiate(objective);
        var (lowest, highest) = objective.Dimension <= MostDense || objective.Surface is not null ? FromHessians(objective, differentiator, points, stop) : FromProducts(differentiator, points, stop);
        var count = lowest.Length;
        return new(
            [.. points.Take(count)], [.. values.Take(count)], [.. gradients.Take(count)], lowest, highest,
            count == points.Count || description.Length == 0 ? description : FormattableString.Invariant($"{description}: the first {count:N0} of these {points.Count:N0} points, when it was stopped"));
    }

    /// <summary>These points and others.</summary>
    /// <param name="other">The others.</param>
    /// <param name="isSame">Whether the description says already how they were chosen.</param>
    internal LandscapeSample With(LandscapeSample other, bool isSame = false) => new(
        [.. Points, .. other.Points], [.. Values, .. other.Values], [.. Gradients, .. other.Gradients], [.. lowest, .. other.lowest], [.. highest, .. other.highest],
        isSame || other.Description.Length == 0 ? Description : $"{Description}; {other.Description}");

    private static (double[] Lowest, double[] Highest) FromHessians(Objective objective, IDifferentiator differentiator, List<double[]> points, CancellationToken stop)
    {
        var d = objective.Dimension;
        var (lowest, highest) = (new List<double>(), new List<double>());
        // The largest eigenvalues belong to the manifold's normals.
        var last = d - 1 - objective.Region.Normals(d);
        foreach (var some in points.Chunk(Math.Max(1, MostEntries / (d * d))))
        {
            if (lowest.Count > 0 && stop.IsCancellationRequested)
            {
                break;
            }

            var eigenvalues = differentiator.Eigenvalues(differentiator.Hessians([.. some.SelectMany(p => p)])!, d)!;
            for (var k = 0; k < some.Length; k++)
            {
                lowest.Add(eigenvalues[k * d]);
                highest.Add(eigenvalues[(k * d) + last]);
            }
        }

        return ([.. lowest], [.. highest]);
    }

    private static (double[] Lowest, double[] Highest) FromProducts(IDifferentiator differentiator, List<double[]> points, CancellationToken stop)
    {
        var extremes = differentiator.ForEach(points, (hessian, k) => k > 0 && stop.IsCancellationRequested ? null : Lanczos.Extremes(hessian(0), points[k].Length, new LanczosOptions { Lowest = 1, Highest = 1 }), null)!
            .TakeWhile(e => e is not null).Select(e => e!).ToList();
        return ([.. extremes.Select(e => e.Lowest[0])], [.. extremes.Select(e => e.Highest[^1])]);
    }
}
