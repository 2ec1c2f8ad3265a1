namespace LandscapeGpu.Evidence;

/// <summary>Points at which a landscape has been looked at: value, gradient and extreme eigenvalues of the Hessian, in double precision.</summary>
internal sealed class LandscapeSample
{
    // Eigenvalues of full Hessians up to here; beyond, Lanczos' method needs fewer operations.
    private const int MostDense = 96;

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
    public static LandscapeSample Draw(Objective objective, GlobalReference global, int count, ulong seed = 1)
    {
        double[] shares = global.Minima.Count > 0 ? [1, 0.75, 0.5, 0.25, 0.1, 0.03, 0.01] : [1];
        var starts = Math.Max(1, count / shares.Length);
        using var slopes = new PointDerivatives(objective);
        var points = new List<double[]>(starts * shares.Length);
        for (var k = 0; k < starts; k++)
        {
            var start = new double[objective.Dimension];
            objective.DefaultStarts.Draw(seed, k, start);
            var minimum = global.Nearest(start);
            points.AddRange(shares.Select(t => minimum is null ? start : slopes.Retract([.. start.Zip(minimum, (s, m) => m + (t * (s - m)))])));
        }

        var lines = shares.Length == 1 ? "" : $", and {shares.Length - 1} points from each towards the nearest global minimum found";
        return At(objective, points, $"{EvidenceText.Count(starts, "start")} ({objective.DefaultStarts.Describe()}){lines}");
    }

    /// <summary>What the landscape is like at given points; those where it is not finite are left out.</summary>
    internal static LandscapeSample At(Objective objective, IEnumerable<double[]> where, string description)
    {
        var derivatives = Derivatives.Of(objective);
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

        var (lowest, highest) = objective.Dimension <= MostDense || objective.Surface is not null ? FromHessians(objective, derivatives, points) : FromProducts(slopes, points);
        return new([.. points], [.. values], [.. gradients], lowest, highest, description);
    }

    /// <summary>These points and others.</summary>
    internal LandscapeSample With(LandscapeSample other) => new(
        [.. Points, .. other.Points], [.. Values, .. other.Values], [.. Gradients, .. other.Gradients], [.. lowest, .. other.lowest], [.. highest, .. other.highest],
        $"{Description}; {other.Description}");

    private static (double[] Lowest, double[] Highest) FromHessians(Objective objective, Derivatives derivatives, List<double[]> points)
    {
        var d = objective.Dimension;
        var (lowest, highest) = (new double[points.Count], new double[points.Count]);
        using var hessians = new LaneHessians(derivatives, objective);
        // The largest eigenvalues belong to the manifold's normals.
        var last = d - 1 - derivatives.Normals;
        // So many that the eigensolver's lanes are full.
        var group = Math.Max(hessians.Count, 32 / hessians.Count * hessians.Count);
        var (matrices, eigenvalues) = (new double[group * d * d], new double[group * d]);
        for (var begin = 0; begin < points.Count; begin += group)
        {
            var count = Math.Min(group, points.Count - begin);
            for (var at = 0; at < count; at += hessians.Count)
            {
                for (var l = 0; l < hessians.Count; l++)
                {
                    hessians.Set(l, points[Math.Min(begin + at + l, points.Count - 1)]);
                }

                hessians.ComputeApart();
                for (var l = 0; l < hessians.Count && at + l < count; l++)
                {
                    hessians.CopyTo(matrices.AsSpan((at + l) * d * d, d * d), l);
                }
            }

            SymmetricEigenvalues.Batch(matrices.AsSpan(0, count * d * d), d, count, eigenvalues.AsSpan(0, count * d));
            for (var k = 0; k < count; k++)
            {
                (lowest[begin + k], highest[begin + k]) = (eigenvalues[k * d], eigenvalues[(k * d) + last]);
            }
        }

        return (lowest, highest);
    }

    private static (double[] Lowest, double[] Highest) FromProducts(PointDerivatives slopes, List<double[]> points)
    {
        var (lowest, highest) = (new double[points.Count], new double[points.Count]);
        for (var k = 0; k < points.Count; k++)
        {
            var point = points[k];
            var extremes = Lanczos.Extremes((v, result) => slopes.Product(point, v, result), point.Length, new LanczosOptions { Lowest = 1, Highest = 1 });
            (lowest[k], highest[k]) = (extremes.Lowest[0], extremes.Highest[^1]);
        }

        return (lowest, highest);
    }
}
