namespace LandscapeGpu.Devices.Kernels;

/// <summary>What a kernel asks of a device's memory.</summary>
internal sealed record KernelDemand
{
    public required bool IsDouble { get; init; }

    /// <summary>Elements of state of each thread.</summary>
    public required int StateElements { get; init; }

    /// <summary>Elements that a block shares while it runs, for each of 32 threads: of its own state where each carries a restart; 0 where kernels are not launched in blocks.</summary>
    public int SharedElements { get; init; }

    /// <summary>How many warps a multiprocessor is to run at once, so that caches hold their state; null for as many as it can.</summary>
    public int? Warps { get; init; }

    /// <summary>How many threads carry an item together: 1, or all of a warp, or of several.</summary>
    public int ThreadsPerItem { get; init; } = 1;

    /// <summary>Threads that are launched together: a tile, or all that carry an item.</summary>
    public int BlockThreads => Math.Max(StateTiles.Width, ThreadsPerItem);

    /// <summary>Data, parameters, and whatever else all threads read.</summary>
    public required double[] Numbers { get; init; }

    public required int[] Integers { get; init; }

    /// <summary>Numbers that describe all starts together.</summary>
    public double[] Common { get; init; } = [];

    /// <summary>Numbers that are given for each item.</summary>
    public required int GivenLength { get; init; }

    /// <summary>Numbers that each item results in.</summary>
    public required int RowLength { get; init; }

    /// <summary>Whether items begin with a start that is drawn into their rows.</summary>
    public bool DrawsStarts { get; init; }

    /// <summary>Bytes of state that every step of a thread passes through memory; 0 where a kernel is not bound by that.</summary>
    public double StepBytes { get; init; }

    public int ElementBytes => IsDouble ? sizeof(double) : sizeof(float);

    /// <summary>Bytes of what all threads share.</summary>
    public double SharedBytes => ((double)Numbers.Length * ElementBytes) + (4.0 * Integers.Length) + (8.0 * Common.Length);

    public double ThreadBytes => ((double)StateElements * ElementBytes) + 4;

    public double BlockBytes => BlockThreads * ThreadBytes;

    public double ItemBytes => ((double)RowLength * ElementBytes) + 8 + (8.0 * GivenLength);

    /// <summary>What the least launch needs.</summary>
    public double LeastBytes => SharedBytes + BlockBytes + ItemBytes;
}
