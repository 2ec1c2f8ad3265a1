using Microsoft.Extensions.Logging;

namespace LandscapeGpu.Surveys;

/// <summary>Something that went wrong without stopping what was asked for.</summary>
/// <param name="Code">What kind of thing, for programs: one of the constants here.</param>
/// <param name="Message">What happened and what to do, for people.</param>
public sealed record Warning(string Code, string Message)
{
    /// <summary>A device failed, and another did its work.</summary>
    public const string Device = "device";

    /// <summary>The symmetry that the objective declares does not hold, and is not used.</summary>
    public const string Symmetry = "symmetry";

    /// <summary>Restarts stood still in single precision, and went on in double.</summary>
    public const string Precision = "precision";

    /// <summary>No restart came to a minimum or another stationary point.</summary>
    public const string AllLost = "all-lost";

    /// <summary>The formula has the same value everywhere.</summary>
    public const string Constant = "constant";

    /// <summary>Tells a logger of warnings.</summary>
    internal static IReadOnlyList<Warning> Logged(IReadOnlyList<Warning> warnings, ILogger? logger)
    {
        foreach (var warning in warnings)
        {
            logger?.Log(LogLevel.Warning, new EventId(0, warning.Code), warning, null, (w, _) => w.Message);
        }

        return warnings;
    }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
