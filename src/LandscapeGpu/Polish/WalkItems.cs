namespace LandscapeGpu.Polish;

/// <summary>Starts to walk from, where each walk's end is written, and who hands them out.</summary>
/// <param name="Starts">count × d coordinates.</param>
/// <param name="Result">As many ends.</param>
/// <param name="Queue">Hands out the numbers of starts.</param>
internal sealed record WalkItems(ReadOnlyMemory<double> Starts, PolishedSet Result, RestartQueue Queue)
{
    /// <summary>Walks from every start, on threads of lanes.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="derivatives">Its derivatives.</param>
    /// <param name="starts">count × d coordinates.</param>
    /// <param name="count">How many.</param>
    /// <param name="threads">On so many threads at most.</param>
    /// <param name="directions">What one thread's walks go by.</param>
    /// <param name="progress">Told how many more are done.</param>
    /// <param name="cancellation">Stops early; the rest is left as not stationary.</param>
    public static PolishedSet Run(
        Objective objective, Derivatives derivatives, ReadOnlyMemory<double> starts, int count, int threads, Func<IDirections> directions, Action<long>? progress, CancellationToken cancellation)
    {
        var lanes = derivatives.Slope.Layout.Restarts;
        var items = new WalkItems(starts, new(derivatives.Dimension, count), new(count, threads * lanes));
        long evaluations = 0, bounded = 0;
        Workers.Run(Math.Max(1, Math.Min(threads, (count + lanes - 1) / lanes)), stop =>
        {
            using var worker = new WalkWorker(objective, derivatives, items, directions()) { Progress = progress };
            worker.Run(stop);
            Interlocked.Add(ref evaluations, worker.Evaluations);
            Interlocked.Add(ref bounded, worker.Bounded);
        }, cancellation);
        (items.Result.Evaluations, items.Result.Bounded) = (evaluations, bounded);
        return items.Result;
    }
}
