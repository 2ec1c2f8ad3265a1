namespace LandscapeGpu.Polish;

/// <summary>Takes endpoints to the stationary points they are near, in double precision.</summary>
internal interface IPolish
{
    /// <param name="points">count × d coordinates.</param>
    /// <param name="count">How many.</param>
    /// <param name="progress">Told how many more are done.</param>
    /// <param name="cancellation">Stops early; the rest is left as not stationary.</param>
    /// <returns>Null where so few are not worth this device.</returns>
    PolishedSet? Run(ReadOnlyMemory<double> points, int count, Action<long>? progress = null, CancellationToken cancellation = default);
}
