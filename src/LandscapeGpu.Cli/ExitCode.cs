using LandscapeGpu.Spectra;

namespace LandscapeGpu.Cli;

/// <summary>What the exit status says.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Something the program did not expect, such as a full disk, or a device that failed while it was measured.</summary>
    public const int Unexpected = 1;

    /// <summary>The arguments, the formula, the script or the data are wrong.</summary>
    public const int Mistake = 2;

    /// <summary>It ran, and no restart came to a minimum or another stationary point.</summary>
    public const int NothingFound = 3;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>What a survey's result means.</summary>
    public static int Of(SurveyResult result, CancellationToken interrupt) => (result.Stopped || result.Outcomes.Unfinished > 0) && interrupt.IsCancellationRequested ? Interrupted
        : !result.AllMinima.Any() && (result.Outcomes.Converged == 0 || result.Stationary.All(p => p.Kind is StationaryKind.Tail or StationaryKind.FallingValley)) ? NothingFound
        : Success;

    /// <summary>All of them, for the help.</summary>
    public const string Help = """
        Exit status:
          0    it ran
          1    something unexpected, such as a disk that filled up
          2    the arguments, the formula, the script or the data are wrong
          3    it ran, and no restart came to a minimum or another stationary point
          130  stopped by Ctrl-C; once prints what was found so far, twice leaves at once
        """;
}
