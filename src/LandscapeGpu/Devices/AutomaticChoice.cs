using System.Diagnostics;

namespace LandscapeGpu.Devices;

/// <summary>What auto takes for a run: a GPU where the work pays for the compilation of its kernels, else lanes.</summary>
/// <param name="Device">The device.</param>
/// <param name="Reason">Why, as a clause; null where there is no GPU to choose.</param>
internal sealed record AutomaticChoice(Device Device, string? Reason)
{
    // The kernels of descent, polish and spectra of small problems took 3.6 to 14.6 seconds of a core, most of it ILGPU's.
    private const double SecondsToCompile = 15;

    // Polish and spectra take about as long as descent by the default rule.
    private const double AllOverDescent = 2;

    private const double PilotSeconds = 0.25;
    private const int PilotRestarts = 1 << 14;

    /// <param name="objective">Whose landscape is explored.</param>
    /// <param name="options">How.</param>
    /// <param name="pilot">The first restarts.</param>
    /// <param name="restarts">How many there will be.</param>
    /// <param name="lanes">The processor.</param>
    /// <param name="found">The devices beside it.</param>
    /// <param name="note">Told of a GPU that cannot be opened.</param>
    public static AutomaticChoice For(Objective objective, DescentOptions options, RestartRange pilot, long restarts, LaneDevice lanes, IReadOnlyList<FoundDevice> found, Action<string> note)
    {
        return DeviceCatalogue.Gpus(found).Any()
            ? By(AllOverDescent * SecondsOfDescent(lanes.Compile(objective, options), pilot, restarts), lanes, found, note)
            : new(lanes, null);
    }

    /// <summary>The choice for a run that lanes would take so many seconds for.</summary>
    internal static AutomaticChoice By(double seconds, LaneDevice lanes, IReadOnlyList<FoundDevice> found, Action<string> note)
    {
        var takes = seconds < 1 ? "less than a second" : double.IsFinite(seconds) ? string.Create(CultureInfo.InvariantCulture, $"about {seconds:G2} s") : "long";
        return seconds < SecondsToCompile ? new(lanes, FormattableString.Invariant($"auto took lanes: the run takes {takes} there, and kernels of a GPU take some {SecondsToCompile:F0} s to compile"))
            : DeviceCatalogue.AnyGpu(found, note) is { } gpu ? new(gpu, $"auto took the GPU: lanes would take {takes}")
            : new(lanes, "auto took lanes: no GPU could be opened");
    }

    /// <summary>How long lanes need for all restarts, by how far they come with the first in a moment.</summary>
    private static double SecondsOfDescent(CompiledDescent descent, RestartRange pilot, long restarts)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(PilotSeconds));
        var watch = Stopwatch.StartNew();
        var ends = descent.Run(pilot with { Count = (int)Math.Min(restarts, PilotRestarts) }, null, enough.Token);
        var ended = ends.Count - ends.Totals.Unfinished;
        return ended == 0 ? double.PositiveInfinity : watch.Elapsed.TotalSeconds * restarts / ended;
    }
}
