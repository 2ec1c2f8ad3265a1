namespace LandscapeGpu.Cli;

/// <summary>The arguments that say which files results are written to.</summary>
/// <param name="kinds">What can be asked for, each with what it holds.</param>
internal sealed class OutputArguments(params (string Name, string Holds)[] kinds) : ISharedArguments
{
    public const string Json = "--json";

    public const string Csv = "--csv";

    public const string Xyz = "--xyz";

    public const string Report = "--report";

    public const string Losses = "--losses";

    private readonly List<Option<string?>> options =
        [.. kinds.Select(k => new Option<string?>(k.Name) { Description = $"writes {k.Holds}; - for standard output", HelpName = "FILE" })];

    public void AddTo(Command command) => options.ForEach(command.Options.Add);

    /// <summary>Opens what was asked for.</summary>
    /// <exception cref="MistakeException">A file cannot be written, or two results were sent to standard output.</exception>
    public Outputs Open(ParseResult parsed, Session session) =>
        new(session, [.. options.Where(o => parsed.GetValue(o) is not null).Select(o => (o.Name, parsed.GetValue(o)!))]);
}
