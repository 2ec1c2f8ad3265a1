namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>
/// Four orthonormal bases of R^d at random, halved: 4d directions aₖ with Σ⟨aₖ, x⟩² = ‖x‖² for every x.
/// </summary>
internal sealed class TightFrame
{
    /// <summary>The number of bases.</summary>
    public const int Bases = 4;

    private readonly double[] rows;
    private readonly int dimension;

    public TightFrame(int dimension)
    {
        this.dimension = dimension;
        rows = new double[Bases * dimension * dimension];
        for (var basis = 0; basis < Bases; basis++)
        {
            var directions = Orthonormal.Rows(dimension, dimension, seed: 0x6672616D65 + (ulong)basis * 0x1000003);
            for (var i = 0; i < directions.Length; i++)
            {
                rows[basis * directions.Length + i] = directions[i] / 2;
            }
        }
    }

    /// <summary>The number of directions, 4d.</summary>
    public int Count => Bases * dimension;

    /// <summary>⟨aₖ, x⟩.</summary>
    public double Along(int k, ReadOnlySpan<double> x) => Orthonormal.Dot(x, rows.AsSpan(k * dimension, dimension));
}
