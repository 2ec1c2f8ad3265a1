namespace LandscapeGpu.Devices.Kernels;

/// <summary>The memory of one batch, planned before anything is launched.</summary>
internal sealed record KernelBuffers
{
    // What is left to the driver, the code and fragmentation.
    private const double Share = 0.8;

    public required bool IsDouble { get; init; }

    public required int Threads { get; init; }

    /// <summary>How many restarts the batch has room for.</summary>
    public required int Restarts { get; init; }

    /// <summary>Numbers that each restart results in.</summary>
    public required int RowLength { get; init; }

    public required int StateElements { get; init; }

    /// <summary>How many are in memory that a block shares while its threads run, for each of 32.</summary>
    public int SharedElements { get; init; }

    /// <summary>Threads of a block, where there are blocks.</summary>
    public required int BlockThreads { get; init; }

    /// <summary>Elements of state of all threads.</summary>
    public long StateLength => StateTiles.Length(Threads, StateElements);

    /// <summary>Data, parameters, and whatever else all threads read.</summary>
    public required double[] Numbers { get; init; }

    public required int[] Integers { get; init; }

    /// <summary>Plans batches that fit.</summary>
    /// <param name="demand">What the kernel asks for.</param>
    /// <param name="items">How many items there are.</param>
    /// <param name="limits">What the device has.</param>
    /// <exception cref="NoRoomException">Not even one block of threads fits.</exception>
    public static KernelBuffers Plan(KernelDemand demand, int items, KernelLimits limits)
    {
        var budget = Share * limits.Bytes;
        if (!Fits(demand, limits))
        {
            throw new NoRoomException(
                $"{(demand.ThreadsPerItem == 1 ? $"{StateTiles.Width} restarts" : "one restart")}, the fewest that run side by side, need {Megabytes(demand.LeastBytes)} of memory ({Megabytes(demand.SharedBytes)} of it data) and {limits.Name} has {Megabytes(budget)} to give; "
                + "use single precision, less data, or --device lanes.");
        }

        // Indices are 32-bit numbers; half of what is left goes to states, and results take what states do not need.
        var left = budget - demand.SharedBytes - demand.ItemBytes;
        var blocks = Math.Max(1, Math.Min(Math.Min(left / 2 / demand.BlockBytes, limits.LargestBytes / demand.BlockBytes), int.MaxValue / StateTiles.Length(demand.BlockThreads, demand.StateElements)));
        var together = demand.ThreadsPerItem;
        var threads = (int)Math.Min(Math.Min(ThreadsAtOnce.Of(demand, limits) / together * together, (double)items * together), demand.BlockThreads * Math.Floor(blocks));
        var rows = Math.Min(int.MaxValue, limits.LargestBytes / sizeof(double)) / Math.Max(demand.RowLength, Math.Max(1, demand.GivenLength));
        var batch = (int)Math.Min(items, Math.Min((budget - demand.SharedBytes - (StateTiles.Length(threads, 1) * demand.ThreadBytes)) / demand.ItemBytes, rows));
        return new()
        {
            IsDouble = demand.IsDouble,
            Threads = (int)Math.Max(together, Math.Min(threads, (long)batch * together)),
            Restarts = Math.Max(1, batch),
            RowLength = demand.RowLength,
            StateElements = demand.StateElements,
            SharedElements = demand.SharedElements,
            BlockThreads = demand.BlockThreads,
            // Four are loaded at once also where fewer are left.
            Numbers = [.. demand.Numbers, 0, 0, 0],
            Integers = demand.Integers,
        };
    }

    /// <summary>Whether a device has room for one block of threads at least, whose elements are counted in 32 bits.</summary>
    public static bool Fits(KernelDemand demand, KernelLimits limits) =>
        demand.LeastBytes <= Share * limits.Bytes && Math.Max(demand.SharedBytes, demand.BlockBytes) <= limits.LargestBytes && StateTiles.Length(demand.BlockThreads, demand.StateElements) <= int.MaxValue;

    private static string Megabytes(double bytes) => FormattableString.Invariant($"{bytes / 1048576:F1} MiB");
}

/// <summary>What a device has room for.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Threads">More threads than this do not run at once.</param>
/// <param name="Bytes">Its memory.</param>
/// <param name="LargestBytes">The largest piece of it that can be had at once.</param>
internal sealed record KernelLimits(string Name, int Threads, double Bytes, double LargestBytes = double.PositiveInfinity)
{
    /// <summary>The cache that all threads share; 0 where nobody knows.</summary>
    public double CacheBytes { get; init; }

    /// <summary>Its multiprocessors, where the cache is known.</summary>
    public int Multiprocessors { get; init; }
}

/// <summary>A device has no room for the least that a kernel needs.</summary>
internal sealed class NoRoomException(string message) : ArgumentException(message);
