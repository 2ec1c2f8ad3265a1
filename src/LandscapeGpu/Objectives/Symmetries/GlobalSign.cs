namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>The point and its negative are the same: x ~ −x, as for an eigenvector.</summary>
/// <remarks>
/// The invariants are |⟨aₖ, x⟩| along the 4d directions of a tight frame; more than 2d−1 generic ones determine x up to
/// its sign, stably (Balan, Casazza and Edidin, "On signal reconstruction without phase", Appl. Comput. Harmon. Anal. 20
/// (2006) 345). It is <see cref="BlockPermutations"/> with one block and sign flips.
/// </remarks>
public sealed record GlobalSign : Symmetry
{
    /// <inheritdoc/>
    public override int LengthFor(int dimension) => TightFrame.Bases * dimension;

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension) => new BlockPermutations(dimension, SignFlips: true).MapFor(dimension);

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random) => new BlockPermutations(point.Length, SignFlips: true).Move(point, random);

    /// <inheritdoc/>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point) =>
        Orthonormal.Dot(to, point) < 0 ? [.. point.ToArray().Select(x => -x)] : point.ToArray();

    /// <inheritdoc/>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance) => Orthonormal.Dot(point, point) <= tolerance * tolerance
        ? new() { GroupOrder = 2, StabiliserOrder = 2, Stabiliser = "the origin" }
        : new() { GroupOrder = 2, StabiliserOrder = 1 };

    /// <inheritdoc/>
    public override double? Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double same = 0, opposite = 0;
        for (var i = 0; i < a.Length; i++)
        {
            (same, opposite) = (same + (a[i] - b[i]) * (a[i] - b[i]), opposite + (a[i] + b[i]) * (a[i] + b[i]));
        }

        return Math.Sqrt(Math.Min(same, opposite));
    }
}
