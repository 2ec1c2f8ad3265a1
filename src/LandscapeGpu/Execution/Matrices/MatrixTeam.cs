namespace LandscapeGpu.Execution;

/// <summary>Threads that run one matrix program together, each with memory of its own for what a tile makes on the way.</summary>
/// <remarks>
/// Tiles of samples are taken in turn. What all of them add to, such as a gradient, is added to in the order of tiles, part by part: while one thread adds to the second part of the
/// columns, the next adds to the first. So every sum has one order, and its bits are the same for any number of threads.
/// </remarks>
/// <param name="program">A program of matrices.</param>
/// <param name="threads">How many threads, the caller's among them.</param>
internal sealed class MatrixTeam(CompiledProgram program, int threads) : IDisposable
{
    private readonly AlignedMemory[] own = [.. Enumerable.Range(1, threads - 1).Select(_ => program.NewState())];

    public int Threads => threads;

    /// <summary>Parts that sums over tiles are cut into: two for each thread, so that a thread that is ahead finds one that is free.</summary>
    public int Parts => 2 * Threads;

    /// <summary>Does the same on every thread at once, until all have ended.</summary>
    /// <param name="state">The caller's memory, which the first thread uses as its own.</param>
    /// <param name="work">What each does, given where its own memory begins.</param>
    public unsafe void Run(nint state, Action<nint> work) =>
        Parallel.For(0, Threads, new() { MaxDegreeOfParallelism = Threads }, k => work(k == 0 ? state : (nint)own[k - 1].Pointer));

    public void Dispose()
    {
        foreach (var memory in own)
        {
            memory.Dispose();
        }
    }
}
