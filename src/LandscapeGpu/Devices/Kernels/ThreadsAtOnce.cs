namespace LandscapeGpu.Devices.Kernels;

/// <summary>How many threads a launch has: as many as the device holds of the kernel, but where their state is in memory no more than its cache holds, or its memory is busy with.</summary>
/// <remarks>
/// Each step reads and writes all of a restart's state that is in memory. While the state of all threads stays in the last cache they go at its speed, else at
/// the memory's, which is a half to a fifth of that; more threads than keep either busy gain nothing, and lengthen every step. A thread has eight
/// loads of four bytes on their way, for rows of a product run side by side as many as eight, so that by Little's law (bytes on their way = bytes a second × seconds until they come) a multiprocessor needs
/// <list type="bullet">
/// <item>for the cache: 5.5 TB/s × 150 ns over 132 multiprocessors are 6 KB, 200 threads: <see cref="ForCache"/>;</item>
/// <item>for memory: 4.8 TB/s × 450 ns over as many are 16 KB, 510 threads: <see cref="ForMemory"/>.</item>
/// </list>
/// Where state fits into the multiprocessor's own cache, <see cref="Compilation.SharedChoice"/> has said how many warps there are, and that stays.
/// These are an H200's numbers as they are published; smaller GPUs have fewer bytes a second for each multiprocessor.
/// </remarks>
internal static class ThreadsAtOnce
{
    /// <summary>So many threads of each multiprocessor keep the cache busy.</summary>
    public const int ForCache = 256;

    /// <summary>So many keep the memory busy.</summary>
    public const int ForMemory = 512;

    // Lines are thrown out before every one of the others is in use, and results pass through.
    private const double Share = 0.75;

    /// <summary>What is explained where there is no GPU.</summary>
    public static KernelLimits LargeGpu { get; } = new("a GPU of 132 multiprocessors", 132 * 1024, 100e9) { CacheBytes = 50 * 1048576, Multiprocessors = 132 };

    /// <param name="demand">What the kernel asks for.</param>
    /// <param name="limits">What the device has.</param>
    public static int Of(KernelDemand demand, KernelLimits limits) => Chosen(demand, limits).Threads;

    /// <summary>The number and why it is that, as a line; null where the device holds no more of the kernel, or nobody knows its cache.</summary>
    public static string? Why(KernelDemand demand, KernelLimits limits)
    {
        var (threads, isInCache) = Chosen(demand, limits);
        return threads == limits.Threads ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"threads in a launch on {limits.Name}: {threads:N0} of {limits.Threads:N0}, with {demand.StepBytes:N0} bytes of state in memory each: {(isInCache ? $"so many stay in the cache of {limits.CacheBytes / 1048576:F0} MiB" : $"the cache of {limits.CacheBytes / 1048576:F0} MiB holds the state of too few, and so many keep the memory busy")}");
    }

    private static (int Threads, bool IsInCache) Chosen(KernelDemand demand, KernelLimits limits)
    {
        if (demand.StepBytes == 0 || demand.Warps is not null || limits.CacheBytes == 0)
        {
            return (limits.Threads, true);
        }

        var inCache = StateTiles.Width * Math.Floor(Math.Max(0, (Share * limits.CacheBytes) - demand.SharedBytes) / (StateTiles.Width * demand.StepBytes));
        return inCache >= limits.Threads ? (limits.Threads, true)
            : inCache >= (long)ForCache * limits.Multiprocessors ? ((int)inCache, true)
            : (Math.Min(limits.Threads, ForMemory * limits.Multiprocessors), false);
    }
}
