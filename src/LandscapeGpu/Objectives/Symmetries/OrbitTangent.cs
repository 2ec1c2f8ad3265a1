namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>The space spanned by the velocities with which a continuous group can set out from a point.</summary>
internal static class OrbitTangent
{
    /// <summary>Its dimension: singular values above the tolerance; a group that moves a point by less does not move it.</summary>
    /// <param name="velocities">One for each generator of the group, of any length and number.</param>
    /// <param name="tolerance">The distance within which two points are one.</param>
    public static int Dimension(IReadOnlyList<double[]> velocities, double tolerance)
    {
        if (velocities.Count == 0)
        {
            return 0;
        }

        var (k, d) = (velocities.Count, velocities[0].Length);
        var n = Math.Min(k, d);
        var gram = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var dot = 0.0;
                if (k <= d)
                {
                    dot = Orthonormal.Dot(velocities[i], velocities[j]);
                }
                else
                {
                    foreach (var v in velocities)
                    {
                        dot += v[i] * v[j];
                    }
                }

                gram[(i * n) + j] = gram[(j * n) + i] = dot;
            }
        }

        // Squares of singular values are sums of products.
        var squares = SymmetricEigenvalues.Of(gram, n);
        var floor = Math.Max(tolerance * tolerance, Stationarity.SumOfRoundings * squares.Max());
        return squares.Count(s => s > floor);
    }
}
