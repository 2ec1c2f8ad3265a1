namespace LandscapeGpu.Tests.Spectra;

/// <summary>Symmetric matrices of known difficulty, row by row.</summary>
internal static class Matrices
{
    internal static double[] Random(Random random, int n, double scale = 1)
    {
        var a = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                a[i * n + j] = a[j * n + i] = scale * (2 * random.NextDouble() - 1);
            }
        }

        return a;
    }

    internal static double[] Diagonal(params double[] entries)
    {
        var a = new double[entries.Length * entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            a[i * entries.Length + i] = entries[i];
        }

        return a;
    }

    /// <summary>Q diag(λ) Qᵀ with Q a product of random reflections, so that its eigenvalues are known without an eigensolver.</summary>
    internal static double[] WithEigenvalues(Random random, params double[] eigenvalues)
    {
        var n = eigenvalues.Length;
        var a = Diagonal(eigenvalues);
        for (var r = 0; r < n; r++)
        {
            double[] v = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
            var length = Math.Sqrt(v.Sum(x => x * x));
            v = [.. v.Select(x => x / length)];
            Reflect(a, v, n, 1);
            Reflect(a, v, 1, n);
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                a[j * n + i] = a[i * n + j];
            }
        }

        return a;
    }

    internal static SymmetricOperator Operator(double[] matrix, int n) => (v, result) =>
    {
        for (var i = 0; i < n; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < n; j++)
            {
                sum += matrix[i * n + j] * v[j];
            }

            result[i] = sum;
        }
    };

    internal static double Norm(IEnumerable<double> eigenvalues) => eigenvalues.Max(Math.Abs);

    private static void Reflect(double[] a, double[] v, int line, int step)
    {
        for (var i = 0; i < v.Length; i++)
        {
            var along = 0.0;
            for (var j = 0; j < v.Length; j++)
            {
                along += a[i * line + j * step] * v[j];
            }

            for (var j = 0; j < v.Length; j++)
            {
                a[i * line + j * step] -= 2 * along * v[j];
            }
        }
    }
}
