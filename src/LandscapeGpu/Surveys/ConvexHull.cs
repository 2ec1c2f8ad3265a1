namespace LandscapeGpu.Surveys;

/// <summary>The shortest vector of the convex hull of some vectors.</summary>
/// <remarks>
/// Weights on the simplex, moved from the vector with the largest product with the present one to that with the smallest, each time as far as the
/// length falls; what is left to gain is at most the difference of those products. B. Mitchell, V. Demyanov, V. Malozemov: Finding the point of a
/// polyhedron closest to the origin (SIAM J. Control 12, 1974, 19).
/// </remarks>
internal static class ConvexHull
{
    private const int MostSteps = 5_000;

    // Of the longest square: a sum of a hundred products is known to no more.
    private const double Gap = Stationarity.SumOfRoundings;

    /// <param name="vectors">count × d entries.</param>
    /// <param name="dimension">d.</param>
    /// <param name="shortest">The shortest vector.</param>
    public static void Shortest(ReadOnlySpan<double> vectors, int dimension, Span<double> shortest)
    {
        var (count, largest) = (vectors.Length / dimension, 0.0);
        for (var k = 0; k < count; k++)
        {
            largest = Math.Max(largest, Inner.Product(vectors.Slice(k * dimension, dimension), vectors.Slice(k * dimension, dimension)));
        }

        var weights = new double[count];
        weights[0] = 1;
        vectors[..dimension].CopyTo(shortest);
        for (var step = 0; step < MostSteps; step++)
        {
            var (least, most, low, high) = (0, -1, double.PositiveInfinity, double.NegativeInfinity);
            for (var k = 0; k < count; k++)
            {
                var product = Inner.Product(vectors.Slice(k * dimension, dimension), shortest);
                (least, low) = product < low ? (k, product) : (least, low);
                (most, high) = weights[k] > 0 && product > high ? (k, product) : (most, high);
            }

            if (!(high - low > Gap * largest))
            {
                return;
            }

            double square = 0;
            for (var i = 0; i < dimension; i++)
            {
                var difference = vectors[(most * dimension) + i] - vectors[(least * dimension) + i];
                square += difference * difference;
            }

            var moved = Math.Min(weights[most], (high - low) / square);
            weights[most] = moved == weights[most] ? 0 : weights[most] - moved;
            weights[least] += moved;
            for (var i = 0; i < dimension; i++)
            {
                shortest[i] -= moved * (vectors[(most * dimension) + i] - vectors[(least * dimension) + i]);
            }
        }
    }
}
