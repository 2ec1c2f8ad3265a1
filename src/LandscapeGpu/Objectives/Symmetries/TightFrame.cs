namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>
/// Four orthonormal bases of R^d at random, halved: 4d directions aₖ with Σ⟨aₖ, x⟩² = ‖x‖² for every x.
/// </summary>
internal sealed class TightFrame
{
    /// <summary>The number of bases.</summary>
    public const int Bases = 4;

    // Gaussian bases take d³ operations and 32d² bytes: beyond this many coordinates, as images' pixels are, bases are made by mixing.
    private const int MostGaussian = 256;

    private readonly double[] rows;
    private readonly MixedBasis[] mixed;
    private readonly int dimension;

    public TightFrame(int dimension)
    {
        this.dimension = dimension;
        if (dimension > MostGaussian)
        {
            (rows, mixed) = ([], [.. Enumerable.Range(0, Bases).Select(basis => new MixedBasis(dimension, SeedOf(basis)))]);
            return;
        }

        (rows, mixed) = (new double[Bases * dimension * dimension], []);
        for (var basis = 0; basis < Bases; basis++)
        {
            var directions = Orthonormal.Rows(dimension, dimension, SeedOf(basis));
            for (var i = 0; i < directions.Length; i++)
            {
                rows[basis * directions.Length + i] = directions[i] / 2;
            }
        }
    }

    /// <summary>The number of directions, 4d.</summary>
    public int Count => Bases * dimension;

    /// <summary>⟨aₖ, x⟩ for every k, into places so far apart.</summary>
    public void Along(ReadOnlySpan<double> x, Span<double> to, int apart)
    {
        if (mixed.Length == 0)
        {
            for (var k = 0; k < Count; k++)
            {
                to[k * apart] = Orthonormal.Dot(x, rows.AsSpan(k * dimension, dimension));
            }

            return;
        }

        var all = new double[dimension];
        for (var basis = 0; basis < Bases; basis++)
        {
            mixed[basis].Apply(x, all);
            for (var k = 0; k < dimension; k++)
            {
                to[((basis * dimension) + k) * apart] = all[k] / 2;
            }
        }
    }

    private static ulong SeedOf(int basis) => 0x6672616D65 + (ulong)basis * 0x1000003;
}
