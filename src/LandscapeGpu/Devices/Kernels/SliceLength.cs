namespace LandscapeGpu.Devices.Kernels;

/// <summary>How many steps a launch makes: as many as take a fraction of a second.</summary>
/// <remarks>A display's watchdog ends a launch after some seconds; a fraction of one also keeps progress and cancellation lively.</remarks>
internal sealed class SliceLength
{
    private const double Shortest = 0.05;
    private const double Longest = 0.2;
    private const int Most = 1 << 16;

    /// <summary>One at first: a step of a large problem on many threads may take long.</summary>
    public int Steps { get; private set; } = 1;

    /// <summary>Learns from how long a launch took.</summary>
    public void Note(double seconds) => Steps = seconds < Shortest ? Math.Min(Most, 2 * Steps)
        : seconds > Longest ? Math.Max(1, Steps / 2)
        : Steps;
}
