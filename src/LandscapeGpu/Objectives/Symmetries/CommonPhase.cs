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
        for (int i = 0; i < point.Length; i++)
        {
            var (sin, cos) = Math.SinCos(point[(i + 1) % point.Length] - point[i]);
            (invariants[2 * i], invariants[2 * i + 1]) = (cos / 2, sin / 2);
        }
    };
}
