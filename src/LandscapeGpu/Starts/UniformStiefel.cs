using System.Runtime.CompilerServices;

namespace LandscapeGpu.Starts;

/// <summary>Uniform on p orthonormal vectors of ℝⁿ, one after the other: the orthogonal factor of a matrix of independent normal numbers.</summary>
/// <remarks>
/// QR with a positive diagonal gives Haar's measure: Stewart (1980), The efficient generation of random orthogonal matrices,
/// SIAM J. Numer. Anal. 17, 403; Mezzadri (2007), Notices of the AMS 54, 592.
/// </remarks>
/// <param name="N">The length of each vector.</param>
/// <param name="P">The number of vectors, from 1 to N.</param>
internal sealed record UniformStiefel(int N, int P) : Sampler
{
    public override int? Dimension => N * P;

    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"uniform on {P} orthonormal vectors of R^{N}");

    public override void Validate(int dimension)
    {
        base.Validate(dimension);
        if (P < 1 || P > N)
        {
            throw new ArgumentException($"{P} orthonormal vectors of R^{N} were to be drawn; p must be from 1 to n.", nameof(dimension));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        StandardNormal.Fill(seed, restart, point);
        for (var k = 0; k < P; k++)
        {
            var column = point.Slice(k * N, N);
            // Gram–Schmidt twice: once leaves the rounding of nearly parallel vectors.
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < k; j++)
                {
                    Remove(column, point.Slice(j * N, N));
                }
            }

            StandardNormal.Scale(column, 1 / Math.Sqrt(StandardNormal.SquaredNorm(column)));
        }
    }

    private static void Remove(Span<double> column, ReadOnlySpan<double> unit)
    {
        var along = 0.0;
        for (var i = 0; i < column.Length; i++)
        {
            along = Math.FusedMultiplyAdd(column[i], unit[i], along);
        }

        for (var i = 0; i < column.Length; i++)
        {
            column[i] = Math.FusedMultiplyAdd(-along, unit[i], column[i]);
        }
    }
}
