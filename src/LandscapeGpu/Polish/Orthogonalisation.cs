namespace LandscapeGpu.Polish;

/// <summary>Gram and Schmidt's process with a second pass where the first has cancelled: Kahan; B. Parlett, The Symmetric Eigenvalue Problem (1980), §6-9.</summary>
internal static class Orthogonalisation
{
    /// <summary>Leaves of a vector what is orthogonal to others, with length one; false where that is rounding.</summary>
    /// <param name="v">The vector.</param>
    /// <param name="whole">Against which length it is rounding.</param>
    /// <param name="others">Orthonormal vectors.</param>
    public static bool TryLeave(double[] v, double whole, IReadOnlyList<double[]> others)
    {
        Inner.Scale(1 / whole, v);
        // Twice is enough, and once where little was taken away: along the others are left a few roundings.
        var (before, left) = (double.PositiveInfinity, Inner.Norm(v));
        for (var pass = 0; pass < 2 && left < before / 8; pass++)
        {
            foreach (var q in others)
            {
                Inner.Add(-Inner.Product(q, v), q, v);
            }

            (before, left) = (left, Inner.Norm(v));
        }

        if (!(left > Stationarity.SumOfRoundings))
        {
            return false;
        }

        Inner.Scale(1 / left, v);
        return true;
    }
}
