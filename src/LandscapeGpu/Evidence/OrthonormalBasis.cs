namespace LandscapeGpu.Evidence;

/// <summary>An orthonormal basis of what some vectors span, to a rank tolerance.</summary>
/// <remarks>Gram and Schmidt's method, the largest remainder first and every projection twice (Björck 1994, Numerics of Gram-Schmidt orthogonalization).</remarks>
internal static class OrthonormalBasis
{
    /// <param name="vectors">All of one length.</param>
    /// <param name="tolerance">What is left of a vector counts as zero below this share of the longest vector.</param>
    public static List<double[]> Of(IEnumerable<double[]> vectors, double tolerance)
    {
        var left = vectors.Select(v => (double[])v.Clone()).ToList();
        var basis = new List<double[]>();
        var longest = left.Select(Norm).DefaultIfEmpty(0).Max();
        while (left.Count > 0 && basis.Count < left[0].Length)
        {
            var pivot = left.MaxBy(Norm)!;
            left.Remove(pivot);
            foreach (var q in basis)
            {
                Subtract(pivot, q, Dot(pivot, q));
            }

            var norm = Norm(pivot);
            if (!(norm > tolerance * longest))
            {
                break;
            }

            for (var i = 0; i < pivot.Length; i++)
            {
                pivot[i] /= norm;
            }

            basis.Add(pivot);
            foreach (var v in left)
            {
                Subtract(v, pivot, Dot(v, pivot));
            }
        }

        return basis;
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    public static double Norm(double[] v) => Math.Sqrt(Dot(v, v));

    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double square = 0;
        for (var i = 0; i < a.Length; i++)
        {
            square += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return Math.Sqrt(square);
    }

    private static void Subtract(double[] v, double[] q, double share)
    {
        for (var i = 0; i < v.Length; i++)
        {
            v[i] -= share * q[i];
        }
    }
}
