namespace LandscapeGpu.Cli;

/// <summary>The arguments that keep a run in a file.</summary>
internal sealed class RunFileArguments(bool withShards) : ISharedArguments
{
    private readonly Option<string?> path = new("--out")
    {
        Description = "keeps the whole run in one SQLite file, while it runs; where the file is there already, the run goes on",
        HelpName = "FILE",
    };

    private readonly Option<string?> shard = new("--shard") { Description = "makes part K of N of the restarts; `landscape merge` unites the files of all parts", HelpName = "K/N" };

    public void AddTo(Command command)
    {
        command.Options.Add(path);
        if (withShards)
        {
            command.Options.Add(shard);
        }
    }

    /// <summary>Only the part of the restarts that was asked for.</summary>
    /// <exception cref="MistakeException">It is no part.</exception>
    public SurveyOptions Part(ParseResult parsed, SurveyOptions options) => Part(withShards ? parsed.GetValue(shard) ?? "all" : "all", options);

    /// <inheritdoc cref="Part(ParseResult, SurveyOptions)"/>
    public static SurveyOptions Part(string text, SurveyOptions options)
    {
        if (text == "all")
        {
            return options;
        }

        var part = text.Split('/') is [var k, var n] && int.TryParse(k, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var of) && number >= 1 && number <= of
            ? RestartSpan.Shard(options.Restarts, number, of)
            : throw new MistakeException($"--shard was given {text}; it must be K/N with 1 ≤ K ≤ N, such as 3/16.");
        return part.Count > 0 ? options with { Part = [part] }
            : throw new MistakeException($"--shard was given {text}, and of {options.Restarts} restarts none is left for it; ask for fewer shards.");
    }

    /// <summary>The file that was asked for, made or gone on with; null where none was.</summary>
    /// <exception cref="RunFileException">It cannot be used.</exception>
    /// <exception cref="ArgumentException">Its disk has no room for so many restarts.</exception>
    public RunFile? Begin(ParseResult parsed, Objective objective, SurveyOptions options)
    {
        if (parsed.GetValue(path) is { } name)
        {
            DiskRoom.Require(name, objective, options);
        }

        return Begin(parsed, () => RunFacts.Of(parsed.CommandResult.Command.Name, objective, options, withShards ? parsed.GetValue(shard) : null));
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="facts">What the run is of.</param>
    /// <inheritdoc cref="Begin(ParseResult, Objective, SurveyOptions)"/>
    public RunFile? Begin(ParseResult parsed, Func<Dictionary<string, string>> facts) =>
        parsed.GetValue(path) is { } name ? RunFile.Begin(name, facts(), RecordedCommand.Of(parsed), RecordedCommand.Files(parsed)) : null;
}
