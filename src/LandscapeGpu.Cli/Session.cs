namespace LandscapeGpu.Cli;

/// <summary>Where a command prints, and what stops it.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress and mistakes.</param>
/// <param name="Interrupt">Cancelled when the user wants what was found so far.</param>
internal sealed record Session(TextWriter Out, TextWriter Error, CancellationToken Interrupt)
{
    /// <summary>Whether results go to a person's screen.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether progress goes to a person's screen.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Says what went wrong without stopping the command.</summary>
    public void Warn(IEnumerable<string> warnings)
    {
        foreach (var warning in warnings.Distinct())
        {
            Error.WriteLine($"landscape: {warning}");
        }
    }
}
