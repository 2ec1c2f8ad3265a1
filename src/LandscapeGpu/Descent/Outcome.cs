namespace LandscapeGpu.Descent;

/// <summary>How a restart ended; every restart has exactly one.</summary>
public enum Outcome
{
    /// <summary>Not finished, or never begun because the run was stopped.</summary>
    Unfinished = 0,

    /// <summary>The gradient's norm fell to the tolerance.</summary>
    Converged = 1,

    /// <summary>The iteration limit came first.</summary>
    IterationLimit = 2,

    /// <summary>The value stopped falling before the gradient's norm reached the tolerance.</summary>
    Stalled = 3,

    /// <summary>The point left the domain, or the ball that stands for infinity.</summary>
    LeftDomain = 4,

    /// <summary>A coordinate, the value or the gradient became NaN or infinite.</summary>
    NotFinite = 5,
}

/// <summary>How many restarts ended in each way.</summary>
public sealed record OutcomeCounts(long Converged, long IterationLimit, long Stalled, long LeftDomain, long NotFinite, long Unfinished)
{
    /// <summary>All restarts asked for.</summary>
    public long Total => Converged + IterationLimit + Stalled + LeftDomain + NotFinite + Unfinished;

    /// <summary>Both counts together.</summary>
    public static OutcomeCounts operator +(OutcomeCounts a, OutcomeCounts b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new(
            a.Converged + b.Converged, a.IterationLimit + b.IterationLimit, a.Stalled + b.Stalled,
            a.LeftDomain + b.LeftDomain, a.NotFinite + b.NotFinite, a.Unfinished + b.Unfinished);
    }

    /// <summary>These, where some restarts that had stopped on the way were led to a minimum, so many of them from where a derivative is not finite.</summary>
    internal OutcomeCounts Led(long count, long notFinite)
    {
        var stalled = Math.Min(count - notFinite, Stalled);
        return this with { Converged = Converged + count, Stalled = Stalled - stalled, IterationLimit = IterationLimit - (count - notFinite - stalled), NotFinite = NotFinite - notFinite };
    }

    /// <summary>Counts outcomes, each the number of an <see cref="Outcome"/>.</summary>
    public static OutcomeCounts Of(ReadOnlySpan<byte> outcomes)
    {
        Span<long> counts = stackalloc long[6];
        foreach (var outcome in outcomes)
        {
            counts[outcome]++;
        }

        return new(counts[1], counts[2], counts[3], counts[4], counts[5], counts[0]);
    }
}
