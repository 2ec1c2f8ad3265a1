namespace LandscapeGpu.Cli;

/// <summary>An update rule as it is written: its name, and perhaps its step behind a colon.</summary>
internal static class RuleText
{
    /// <summary>What stands in an option's help.</summary>
    public static string Names => $"NAME or NAME:STEP: {string.Join(", ", Rules.Names)}";

    /// <summary>The rule of NAME or NAME:STEP.</summary>
    /// <param name="option">Where it was given.</param>
    /// <param name="text">What was given.</param>
    /// <param name="step">A step that was given beside it.</param>
    /// <exception cref="MistakeException">It is neither, or there are two steps.</exception>
    public static UpdateRule Parse(string option, string text, double? step = null) => text.Split(':') switch
    {
        [var name] => Rules.Named(name, step),
        [var name, { Length: > 0 } own] => step is null
            ? Rules.Named(name, double.TryParse(own, NumberStyles.Float, CultureInfo.InvariantCulture, out var written) && double.IsFinite(written) && written > 0 ? written
                : throw new MistakeException($"{option} was given {text}; it must be NAME or NAME:STEP, with a finite step above 0."))
            : throw new MistakeException(FormattableString.Invariant($"{option} {text} and --step {step} both give the step; leave one out.")),
        _ => throw new MistakeException($"{option} was given {text}; it must be NAME or NAME:STEP."),
    };
}
