namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Each coordinate may change its sign: x ~ (±x₁, …, ±x_d). The invariants are |x₁|, …, |x_d|.</summary>
/// <remarks>The distance of two orbits is exactly the distance of their invariants.</remarks>
public sealed record CoordinateSigns : Symmetry
{
    /// <inheritdoc/>
    public override int LengthFor(int dimension) => dimension;

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension) => (point, invariants) =>
    {
        for (int j = 0; j < point.Length; j++) invariants[j] = Math.Abs(point[j]);
    };
}
