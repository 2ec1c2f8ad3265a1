namespace LandscapeGpu.Execution;

/// <summary>Hands out restarts in runs of neighbours, so that threads seldom meet and do not write to the same cache lines.</summary>
internal sealed class RestartQueue(int count, int lanes)
{
    // Small enough that the last runs end together, large enough that taking one costs nothing.
    private readonly int length = Math.Clamp(count / (lanes * 4), 1, 256);
    private int next;

    public Chunk Next()
    {
        var begin = Interlocked.Add(ref next, length) - length;
        return begin >= count || begin < 0 ? default : new Chunk(begin, Math.Min(begin + length, count));
    }

    /// <summary>Restarts begin … end−1.</summary>
    public struct Chunk(int begin, int end)
    {
        private int at = begin;

        public int Length { get; } = end - begin;

        public readonly bool IsEmpty => Left <= 0;

        public readonly int Left => end - at;

        /// <summary>Takes so many of what is left; the first of them.</summary>
        public int Take(int count = 1) => (at += count) - count;
    }
}
