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
