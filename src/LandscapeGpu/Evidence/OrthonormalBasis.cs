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
        var longest = left.Select(v => Inner.Norm(v)).DefaultIfEmpty(0).Max();
        while (left.Count > 0 && basis.Count < left[0].Length)
        {
            var pivot = left.MaxBy(v => Inner.Norm(v))!;
            left.Remove(pivot);
            foreach (var q in basis)
            {
                Inner.Add(-Inner.Product(pivot, q), q, pivot);
            }

            var norm = Inner.Norm(pivot);
            if (!(norm > tolerance * longest))
            {
                break;
            }

            Inner.Scale(1 / norm, pivot);

            basis.Add(pivot);
            foreach (var v in left)
            {
                Inner.Add(-Inner.Product(v, pivot), pivot, v);
            }
        }

        return basis;
    }
}
