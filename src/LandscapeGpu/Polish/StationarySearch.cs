namespace LandscapeGpu.Polish;

/// <summary>Stationary points of every index, by solving ∇f = 0 from many starts in double precision.</summary>
/// <remarks>
/// Gradients and Hessians are computed on lanes, one start a lane; a lane that is done takes the next start. Descent finds minima
/// in proportion to their basins; this finds saddles and maxima as readily, but says nothing about basins.
/// </remarks>
internal sealed class StationarySearch(Objective objective, Derivatives derivatives, int threads)
{
    /// <summary>What walks: a new walk of d coordinates.</summary>
    public Func<int, HessianWalk> Walk { get; init; } = d => new StationaryWalk(d);

    /// <param name="starts">count × d coordinates.</param>
    /// <param name="count">How many.</param>
    /// <param name="progress">Told how many more are done.</param>
    /// <param name="cancellation">Stops early; the rest is left as not stationary.</param>
    public PolishedSet Run(ReadOnlyMemory<double> starts, int count, Action<long>? progress = null, CancellationToken cancellation = default) =>
        WalkItems.Run(objective, derivatives, starts, count, threads, () => new HessianDirections(objective, derivatives, Walk), progress, cancellation);
}
