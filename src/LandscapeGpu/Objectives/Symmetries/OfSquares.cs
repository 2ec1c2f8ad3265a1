namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>A symmetry of y∘y, and with it the signs of y: y ~ y′ where y∘y ~ y′∘y′.</summary>
/// <remarks>The invariants are those of the squares, whose distance on the unit sphere is at most twice that of the points.</remarks>
/// <param name="Inner">The symmetry of the squares.</param>
internal sealed record OfSquares(Symmetry Inner) : Symmetry
{
    /// <inheritdoc/>
    public override int LengthFor(int dimension) => Inner.LengthFor(dimension);

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        var map = Inner.MapFor(dimension);
        return (point, invariants) =>
        {
            map(Squares(point), invariants);
        };
    }

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        var squares = Squares(point);
        Inner.Move(squares, random);
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = (random.Next(2) == 0 ? 1 : -1) * Math.Sqrt(Math.Max(0, squares[i]));
        }
    }

    /// <summary>The orbit of the squares.</summary>
    /// <inheritdoc/>
    public override Orbit? OrbitOf(ReadOnlySpan<double> point, double tolerance) => Inner.OrbitOf(Squares(point), tolerance);

    /// <inheritdoc/>
    /// <remarks>The squares are put near each other; of the signs those of the other point are nearest.</remarks>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        double[] aligned = Inner.Aligned(Squares(to), Squares(point)), near = new double[point.Length], plain = new double[point.Length];
        for (var i = 0; i < point.Length; i++)
        {
            near[i] = Math.CopySign(Math.Sqrt(Math.Max(0, aligned[i])), to[i]);
            plain[i] = Math.CopySign(point[i], to[i]);
        }

        // What is nearest among squares need not be among their roots.
        return Euclidean(to, near) <= Euclidean(to, plain) ? near : plain;
    }

    private static double[] Squares(ReadOnlySpan<double> point)
    {
        var squares = new double[point.Length];
        for (var i = 0; i < squares.Length; i++)
        {
            squares[i] = point[i] * point[i];
        }

        return squares;
    }
}
