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

    /// <summary>How many characters a line of results has; null for no end.</summary>
    public int? Width { get; init; }

    /// <summary>The words the command was asked with.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Where tables go.</summary>
    public Surface Results => new(Out, OutIsTerminal, Width);

    /// <summary>Where tables go when standard output has something for programs.</summary>
    public Surface Aside => new(Error, ErrorIsTerminal, Width);

    /// <summary>Says what went wrong without stopping the command.</summary>
    public void Warn(IEnumerable<Warning> warnings) => Warn(warnings.Select(w => w.Message));

    /// <summary>Says what a run file kept of it.</summary>
    public void Warn(IEnumerable<string> messages)
    {
        foreach (var message in messages.Distinct())
        {
            Error.WriteLine($"landscape: {message}");
        }
    }
}
