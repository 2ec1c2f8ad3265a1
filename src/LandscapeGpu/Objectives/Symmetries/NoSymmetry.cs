namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>The trivial group: every point is its own orbit, and its own invariants.</summary>
public sealed record NoSymmetry : Symmetry
{
    /// <inheritdoc/>
    public override int LengthFor(int dimension) => dimension;

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension) => (point, invariants) => point.CopyTo(invariants);

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random) { }

    /// <inheritdoc/>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance) => Orbit.Alone;

    /// <inheritdoc/>
    public override double? Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Euclidean(a, b);
}
