using LandscapeGpu.Objectives.Symmetries;

/// <summary>The two coordinates can be exchanged: a symmetry of one's own. Sum and squared difference tell orbits apart.</summary>
public sealed record Exchange : Symmetry
{
    public override int LengthFor(int dimension) => dimension == 2 ? 2 : throw new ArgumentException($"Two coordinates are exchanged, and there are {dimension}.");

    public override InvariantMap MapFor(int dimension) => (point, invariants) =>
        (invariants[0], invariants[1]) = ((point[0] + point[1]) / Math.Sqrt(2), Math.Abs(point[0] - point[1]) / Math.Sqrt(2));

    public override void Move(Span<double> point, Random random) => point.Reverse();

    public override Orbit? OrbitOf(ReadOnlySpan<double> point, double tolerance) => null;
}
