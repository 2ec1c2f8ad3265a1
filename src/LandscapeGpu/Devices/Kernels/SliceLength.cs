namespace LandscapeGpu.Devices.Kernels;

/// <summary>How much a launch does: as many steps as take a fraction of a second and, where one step of all threads takes seconds, of as many threads as end in time.</summary>
/// <remarks>A fraction of a second keeps progress and cancellation lively; a display's watchdog ends a launch after two seconds.</remarks>
/// <param name="block">Threads that are launched together, a number of tiles.</param>
internal sealed class SliceLength(int block = StateTiles.Width)
{
    private const double Shortest = 0.05;
    private const double Longest = 0.2;
    private const int Most = 1 << 16;

    // Twice as many threads take at most twice as long: no launch grows beyond what it would be cut at, which is short of a watchdog's two seconds.
    private const double LongestOfPart = 1.5;
    private const double Doubled = LongestOfPart / 2;

    // At first: a step of a large problem on all threads takes seconds, and nobody knows before.
    private const int FirstParts = 64;

    // Where half of the threads take nearly as long, each waits for its own arithmetic, and fewer at once would gain nothing.
    private const double Gained = 0.75;

    private int parts = FirstParts;
    private double beforeCut = double.PositiveInfinity;
    private bool isCutInVain;

    /// <summary>Steps of every thread.</summary>
    public int Steps { get; private set; } = 1;

    /// <summary>How many of all threads a launch has: whole blocks.</summary>
    public int Threads(int all) => (int)Math.Min(all, ((long)((all + parts - 1) / parts) + block - 1) / block * block);

    /// <summary>Learns from how long a launch took.</summary>
    public void Note(double seconds)
    {
        if (parts > 1 && seconds < Doubled)
        {
            (parts, beforeCut) = (parts / 2, double.PositiveInfinity);
        }
        else if (parts == 1 && seconds < Shortest)
        {
            Steps = Math.Min(Most, 2 * Steps);
        }
        else if (Steps > 1 && seconds > Longest)
        {
            Steps /= 2;
        }
        else if (Steps == 1 && seconds > LongestOfPart && !isCutInVain)
        {
            isCutInVain = seconds > Gained * beforeCut;
            (parts, beforeCut) = (isCutInVain ? parts / 2 : Math.Min(Most, 2 * parts), seconds);
        }
    }
}
