namespace LandscapeGpu.Surveys;

/// <summary>The shortest vector of the convex hull of some vectors.</summary>
/// <remarks>
/// The corral method: the shortest vector of the affine hull of a few of the vectors, to which the one farthest below it is added, and from which those leave
/// whose weight would be negative. It ends after finitely many steps, some tens where there are as many vectors: P. Wolfe, Finding the nearest point in a
/// polytope (Mathematical Programming 11, 1976, 128).
/// </remarks>
internal static class ConvexHull
{
    // As many steps for each vector as none was seen to need.
    private const int StepsOfEach = 8;

    // Of the longest square: a sum of a hundred products is known to no more.
    private const double Gap = Stationarity.SumOfRoundings;

    /// <param name="vectors">count × d entries.</param>
    /// <param name="dimension">d.</param>
    /// <param name="shortest">The shortest vector.</param>
    public static void Shortest(ReadOnlySpan<double> vectors, int dimension, Span<double> shortest)
    {
        var (count, largest, first) = (vectors.Length / dimension, 0.0, 0);
        var squares = new double[count];
        for (var k = 0; k < count; k++)
        {
            squares[k] = Inner.Product(vectors.Slice(k * dimension, dimension), vectors.Slice(k * dimension, dimension));
            (largest, first) = (Math.Max(largest, squares[k]), squares[k] < squares[first] ? k : first);
        }

        var (corral, weights) = (new List<int> { first }, new List<double> { 1 });
        vectors.Slice(first * dimension, dimension).CopyTo(shortest);
        for (var step = 0; step < StepsOfEach * count; step++)
        {
            var (least, low) = (-1, double.PositiveInfinity);
            for (var k = 0; k < count; k++)
            {
                var product = Inner.Product(vectors.Slice(k * dimension, dimension), shortest);
                (least, low) = product < low ? (k, product) : (least, low);
            }

            var before = Inner.Product(shortest, shortest);
            if (!(before - low > Gap * largest) || corral.Contains(least))
            {
                return;
            }

            corral.Add(least);
            weights.Add(0);
            Shorten(vectors, dimension, largest, corral, weights);
            Combine(vectors, dimension, corral, weights, shortest);
            if (!(Inner.Product(shortest, shortest) < before))
            {
                return;
            }
        }
    }

    /// <summary>Moves weights to the shortest vector of the affine hull, as far as none is negative; what has no weight any more leaves.</summary>
    private static void Shorten(ReadOnlySpan<double> vectors, int d, double largest, List<int> corral, List<double> weights)
    {
        while (corral.Count > 1)
        {
            if (!TryAffine(vectors, d, largest, corral, out var wanted))
            {
                // The new vector is in the affine hull of the others, to rounding: nothing is gained by it.
                corral.RemoveAt(corral.Count - 1);
                weights.RemoveAt(weights.Count - 1);
                return;
            }

            var (share, leaves) = (1.0, -1);
            for (var k = 0; k < corral.Count; k++)
            {
                if (wanted[k] <= 0 && weights[k] - wanted[k] > 0 && weights[k] / (weights[k] - wanted[k]) is var reach && reach < share)
                {
                    (share, leaves) = (reach, k);
                }
            }

            for (var k = 0; k < corral.Count; k++)
            {
                weights[k] += share * (wanted[k] - weights[k]);
            }

            if (leaves < 0)
            {
                return;
            }

            corral.RemoveAt(leaves);
            weights.RemoveAt(leaves);
        }
    }

    /// <summary>The weights, of sum one, of the shortest vector of an affine hull: (1 + PᵀP)u is 1 in all components, and w = u/Σu.</summary>
    private static bool TryAffine(ReadOnlySpan<double> vectors, int d, double largest, List<int> corral, out double[] weights)
    {
        var n = corral.Count;
        var (matrix, u) = (new double[n * n], new double[n]);
        weights = u;
        for (var i = 0; i < n; i++)
        {
            for (var j = i; j < n; j++)
            {
                matrix[(i * n) + j] = 1 + (Inner.Product(vectors.Slice(corral[j] * d, d), vectors.Slice(corral[i] * d, d)) / largest);
            }
        }

        var factors = ArrayFactors.Of(matrix, matrix, new double[n]);
        if (!factors.TryFactor(0) || !factors.AreClear(Gap))
        {
            return false;
        }

        Array.Fill(u, 1);
        factors.Substitute(new(u));
        var total = u.Sum();
        for (var i = 0; i < n; i++)
        {
            u[i] /= total;
        }

        return double.IsFinite(total) && total > 0;
    }

    private static void Combine(ReadOnlySpan<double> vectors, int d, List<int> corral, List<double> weights, Span<double> shortest)
    {
        shortest.Clear();
        for (var k = 0; k < corral.Count; k++)
        {
            for (var i = 0; i < d; i++)
            {
                shortest[i] += weights[k] * vectors[(corral[k] * d) + i];
            }
        }
    }
}
