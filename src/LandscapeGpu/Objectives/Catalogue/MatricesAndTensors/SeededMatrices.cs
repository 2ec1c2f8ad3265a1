namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>Random matrices that are a function of a seed alone, so that other programs can make the same ones.</summary>
/// <remarks>
/// Normal number n comes from hashes 2n and 2n+1 of a counter: Steele, Lea and Flood (2014), Fast splittable pseudorandom
/// number generators, OOPSLA (splitmix64), and Box and Muller (1958).
/// </remarks>
internal static class SeededMatrices
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>A d×d matrix with orthonormal rows, uniform over rotations and reflections.</summary>
    public static double[][] Orthonormal(ulong seed, int d)
    {
        var rows = new double[d][];
        for (var i = 0; i < d; i++)
        {
            var row = rows[i] = [.. Enumerable.Range(i * d, d).Select(n => Normal(seed, (ulong)n))];
            // Modified Gram–Schmidt, twice: once leaves the rounding of nearly parallel rows.
            for (var pass = 0; pass < 2; pass++)
            {
                foreach (var other in rows.Take(i))
                {
                    var dot = Dot(row, other);
                    for (var k = 0; k < d; k++)
                    {
                        row[k] -= dot * other[k];
                    }
                }
            }

            var norm = Math.Sqrt(Dot(row, row));
            for (var k = 0; k < d; k++)
            {
                row[k] /= norm;
            }
        }

        return rows;
    }

    /// <summary>Σ eigenvalueᵣ qᵣqᵣᵀ; entries (i, j) and (j, i) are the same bits.</summary>
    public static double[,] Symmetric(double[][] basis, Func<int, double> eigenvalue)
    {
        var d = basis.Length;
        var matrix = new double[d, d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                for (var r = 0; r < d; r++)
                {
                    matrix[i, j] += eigenvalue(r) * basis[r][i] * basis[r][j];
                }

                matrix[j, i] = matrix[i, j];
            }
        }

        return matrix;
    }

    private static double Normal(ulong seed, ulong n)
    {
        // The added half step keeps the logarithm's argument above 0.
        var (u, v) = (Uniform(seed, 2 * n) + Math.ScaleB(1, -54), Uniform(seed, (2 * n) + 1));
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }

    private static double Uniform(ulong seed, ulong n) => Math.ScaleB(Mix(unchecked(Mix(seed + Golden) + ((n + 1) * Golden))) >> 11, -53);

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
