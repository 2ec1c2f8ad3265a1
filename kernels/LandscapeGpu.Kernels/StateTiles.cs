namespace LandscapeGpu.Kernels;

/// <summary>How the state of all threads lies in memory: tiles of as many threads as step together, element by element within a tile.</summary>
/// <remarks>
/// Neighbouring threads touch neighbouring numbers, and the elements of one thread are a constant distance apart: where an element's number
/// is known when code is written, its address is a thread's place and a constant, which the machine's loads add for nothing.
/// </remarks>
public static class StateTiles
{
    /// <summary>Threads of a tile, and the distance between two elements of one thread.</summary>
    public const int Width = 32;

    /// <summary>Where the first element of a thread is.</summary>
    public static int PlaceOf(int thread, int elements) => (thread / Width * Width * elements) + (thread % Width);

    /// <summary>Elements of the tiles that hold so many threads.</summary>
    public static long Length(int threads, int elements) => ((long)threads + Width - 1) / Width * Width * elements;
}
