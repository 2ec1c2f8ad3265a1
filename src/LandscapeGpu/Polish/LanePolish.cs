namespace LandscapeGpu.Polish;

/// <summary>Takes endpoints to the stationary point they are near, in double precision, by a damped Newton method on lanes.</summary>
/// <remarks>
/// The step solves the Hessian with raised pivots and is halved until the value falls; on a box, coordinates held at a
/// bound stay there. It ends when the decrease that Newton's model still promises is below what the value can show.
/// </remarks>
internal sealed class LanePolish(Objective objective, Derivatives derivatives, int threads) : IPolish
{
    /// <summary>Beyond this dimension full Hessians are not formed: steps are found by products with them.</summary>
    public const int MostCoordinates = 256;

    // Measured on PCA, clusters and networks: from here on a few dozen products cost clearly less than d of them and d³/3 operations.
    private const int LeastByProducts = 48;

    /// <summary>Whether steps are found by products with the Hessian first, and by its factors only where that leads nowhere.</summary>
    public bool ByProducts { get; init; } = derivatives.Dimension >= LeastByProducts && derivatives.Direction is not null;

    /// <param name="points">count × d coordinates.</param>
    /// <param name="count">How many.</param>
    /// <param name="progress">Told how many more are done.</param>
    /// <param name="cancellation">Stops early; the rest is left as not stationary.</param>
    public PolishedSet Run(ReadOnlyMemory<double> points, int count, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var set = Run(points, count, ByProducts, progress, cancellation);
        if (!ByProducts || derivatives.Dimension > MostCoordinates || cancellation.IsCancellationRequested)
        {
            return set;
        }

        // Conjugate gradients take many steps where curvatures differ much, and stop where one is negative: factors are not so particular.
        var d = derivatives.Dimension;
        var left = Enumerable.Range(0, count).Where(k => !set.Stationary[k]).ToArray();
        var factored = Run(left.SelectMany(k => points.Span.Slice(k * d, d).ToArray()).ToArray(), left.Length, false, null, cancellation);
        for (var k = 0; k < left.Length; k++)
        {
            set.Take(left[k], factored, k);
        }

        set.Evaluations += factored.Evaluations;
        set.Bounded += factored.Bounded;
        return set;
    }

    private PolishedSet Run(ReadOnlyMemory<double> points, int count, bool byProducts, Action<long>? progress, CancellationToken cancellation)
    {
        IDirections Directions() => byProducts ? new ConjugateDirections(objective, derivatives, threads / Math.Max(1, Math.Min(count, threads))) : new FactoredDirections(objective, derivatives);
        return WalkItems.Run(objective, derivatives, points, count, threads, Directions, progress, cancellation);
    }
}
