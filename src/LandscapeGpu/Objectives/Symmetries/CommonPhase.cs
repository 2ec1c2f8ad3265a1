namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Coordinates are angles: each may change by full turns, and all may be turned together, as those of coupled rotors.</summary>
/// <remarks>The invariants are ½ cos and ½ sin of the differences of consecutive angles, around the ring.</remarks>
public sealed record CommonPhase : Symmetry
{
    /// <inheritdoc/>
    public override int LengthFor(int dimension) => 2 * dimension;

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension) => (point, invariants) =>
    {
        for (var i = 0; i < point.Length; i++)
        {
            var (sin, cos) = Math.SinCos(point[(i + 1) % point.Length] - point[i]);
            (invariants[2 * i], invariants[2 * i + 1]) = (cos / 2, sin / 2);
        }
    };

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        var turn = 2 * Math.PI * random.NextDouble();
        foreach (ref var angle in point)
        {
            angle += turn + 2 * Math.PI * random.Next(-1, 2);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Angles that differ by full turns are one, so that the orbit is a single closed curve.</remarks>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance) => new() { GroupOrder = 1, StabiliserOrder = 1, Dimension = 1 };

    /// <inheritdoc/>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        // The turn is the mean of differences each taken one way round; the best of those is tried that begin at each of them.
        var best = point.ToArray();
        var least = double.PositiveInfinity;
        for (var k = 0; k < point.Length; k++)
        {
            double first = to[k] - point[k], mean = 0;
            for (var i = 0; i < point.Length; i++)
            {
                mean += Math.IEEERemainder(to[i] - point[i] - first, 2 * Math.PI) / point.Length;
            }

            var turned = new double[point.Length];
            for (var i = 0; i < point.Length; i++)
            {
                turned[i] = to[i] - Math.IEEERemainder(to[i] - point[i] - first - mean, 2 * Math.PI);
            }

            if (Euclidean(to, turned) is var distance && distance < least)
            {
                (least, best) = (distance, turned);
            }
        }

        return best;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<double[]> Velocities(ReadOnlySpan<double> point)
    {
        var turn = new double[point.Length];
        Array.Fill(turn, 1);
        return [turn];
    }

    /// <inheritdoc/>
    /// <remarks>Of differences δ on a circle the best turn is the mean of δ₁ + 2π, …, δₖ + 2π, δₖ₊₁, …, for one of the k, δ being sorted.</remarks>
    public override double? Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var differences = new double[a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            differences[i] = Math.IEEERemainder(a[i] - b[i], 2 * Math.PI);
        }

        Array.Sort(differences);
        double sum = 0, squares = 0, least = double.PositiveInfinity;
        foreach (var d in differences)
        {
            (sum, squares) = (sum + d, squares + d * d);
        }

        foreach (var d in differences)
        {
            least = Math.Min(least, squares - sum * sum / a.Length);
            (sum, squares) = (sum + 2 * Math.PI, squares + (d + 2 * Math.PI) * (d + 2 * Math.PI) - d * d);
        }

        return Math.Sqrt(Math.Max(0, least));
    }
}
