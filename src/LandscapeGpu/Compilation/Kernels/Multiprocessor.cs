namespace LandscapeGpu.Compilation;

/// <summary>What a multiprocessor of a device has for the threads that it runs at once.</summary>
/// <param name="BlockBytes">Memory that the threads of one block may share.</param>
/// <param name="SharedBytes">Memory that all blocks which run at once may share among themselves.</param>
internal sealed record Multiprocessor(int BlockBytes, int SharedBytes)
{
    /// <summary>Blocks of one warp that a multiprocessor of any GPU since compute capability 7.0 runs at once.</summary>
    public const int Blocks = 16;

    /// <summary>What the system keeps of the shared memory of each block, from compute capability 8.0 on.</summary>
    public const int ReservedBytes = 1024;

    /// <summary>What GPUs for desktops have (compute capability 8.6 and 8.9); those for data centres have more (8.0: 164 KiB, 9.0: 228 KiB).</summary>
    public static Multiprocessor Typical { get; } = new(48 << 10, 100 << 10);

    /// <summary>Where data and state are cached when nothing is shared: the same memory, and 28 KiB that blocks cannot have (7.0 on: 96 of 128, 164 of 192, 100 of 128, 228 of 256).</summary>
    public int CacheBytes => SharedBytes + (28 << 10);

    /// <summary>Warps of one block each that run at once.</summary>
    /// <param name="bytes">What a block shares.</param>
    public int WarpsOf(double bytes) => bytes > BlockBytes ? 0 : bytes == 0 ? Blocks : (int)Math.Min(Blocks, SharedBytes / (bytes + ReservedBytes));
}
