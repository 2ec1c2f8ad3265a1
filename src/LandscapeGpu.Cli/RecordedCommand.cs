namespace LandscapeGpu.Cli;

/// <summary>What a run file keeps of a command line, and what is read from it again: the objective and how it is explored, nothing else.</summary>
/// <remarks>A file from elsewhere may say anything: options that are not listed here are refused, formulas are no programs, and scripts run only when the user says so.</remarks>
internal sealed class RecordedCommand : IDisposable
{
    private const string Objective = "objective";
    private const string Script = "--script";
    internal static readonly string[] OfFiles = [Script, "--data", "--target-file", "--test", "--test-target-file"];

    internal static readonly string[] Kept =
    [
        "--formula", "--fit", Script, "--dimension", "--domain", "--scale", "--set", "--starts", "--names", "--data", "--target", "--target-file", "--inputs", "--test", "--test-target-file", "--rows",
        "--restarts", "--first", "--seed", "--rule", "--step", "--schedule", "--iterations", "--gradient-tolerance", "--tolerance", "--precision", "--identity",
        "--clip", "--weight-decay", "--temperature", "--batch", "--curriculum", "--plateau", "--until-coverage", "--budget", "--most-points",
    ];

    // Of a verification: they change no endpoint, and what is made of them.
    internal static readonly string[] OfEvidence = ["--saddle-starts", "--samples", "--induced-minima", "--over-ball", "--rate-step", "--part-seconds", "--theory", "--directions"];

    // Of a comparison or a sweep.
    internal static readonly string[] OfMembers = ["--rules", "--momenta", "--schedules", "--temperatures", "--plateau-starts", "--over", "--samples", "--paths", "--data-sets", "--theory", "--kernel", "--cost", "--cost-steps", "--gradients", "--threshold", "--curricula"];

    private readonly string folder = Directory.CreateTempSubdirectory("landscape-").FullName;

    private RecordedCommand()
    {
    }

    /// <summary>The options, in the order of the command.</summary>
    public IReadOnlyList<(string Name, string Value)> Options { get; private init; } = [];

    public required Objective Landscape { get; init; }

    public required SurveyOptions Survey { get; init; }

    /// <summary>The options of a command line that are kept.</summary>
    public static List<(string Name, string Value)> Of(ParseResult parsed) =>
    [
        .. parsed.CommandResult.Command.Arguments.Where(a => a.Name == Objective).SelectMany(a => parsed.GetResult(a)?.Tokens ?? []).Select(t => (Objective, t.Value)),
        .. parsed.CommandResult.Command.Options.Where(o => Kept.Concat(OfMembers).Concat(OfEvidence).Contains(o.Name)).SelectMany(o => Given(parsed, o).Select(value => (o.Name, value))),
    ];

    /// <summary>What an option was given; of one that is only named, that it is.</summary>
    private static IEnumerable<string> Given(ParseResult parsed, Option option) =>
        option is Option<bool> named ? (parsed.GetValue(named) ? ["true"] : []) : parsed.GetResult(option)?.Tokens.Select(t => t.Value) ?? [];

    /// <summary>The files that the objective is made from.</summary>
    public static List<StoredFile> Files(ParseResult parsed) => [.. Of(parsed).Where(o => OfFiles.Contains(o.Name)).Select(o => StoredFile.Of(o.Name, o.Value))];

    /// <summary>Makes objective and options of what a file has.</summary>
    /// <param name="file">The run file.</param>
    /// <param name="session">Where a script prints.</param>
    /// <param name="trust">What the user said of scripts.</param>
    /// <param name="changes">Options that take these values whatever the file says; null to leave one out.</param>
    /// <exception cref="MistakeException">The file has what no command line of ours has, or a script that nobody trusts.</exception>
    public static RecordedCommand Read(RunFile file, Session session, ScriptTrust trust, params (string Name, string? Value)[] changes)
    {
        if (file.Facts["command"] is "compare" or "sweep")
        {
            throw new MistakeException($"{file.Path} is a {(file.Facts["command"] == "sweep" ? "sweep" : "comparison")}; give a run file of one survey, as `landscape explore --out` makes it.");
        }

        RequireOptions(file, [.. Kept, .. OfEvidence]);
        var recorded = new RecordedCommand { Landscape = null!, Survey = null! };
        try
        {
            List<(string Name, string Value)> options =
            [
                .. file.Options.Where(o => changes.All(c => c.Name != o.Name)),
                .. changes.Where(c => c.Value is not null).Select(c => (c.Name, c.Value!)),
            ];
            var (objective, survey, command) = (new ObjectiveArguments(), new SurveyArguments(), new Command("explore"));
            command.Take(objective, survey);
            string[] words = [.. options.Where(o => !OfEvidence.Contains(o.Name)).Select(o => recorded.Word(file, o, trust))];
            var parsed = command.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
            if (parsed.Errors.Count > 0)
            {
                throw new MistakeException($"{file.Path}: {parsed.Errors[0].Message}");
            }

            return new() { Options = options, Landscape = objective.Read(parsed, session), Survey = survey.Read(parsed) };
        }
        finally
        {
            recorded.Dispose();
        }
    }

    /// <summary>The command that makes the run again.</summary>
    public RunOrigin Origin(RunFile file) => new()
    {
        Command = "explore",
        Arguments = ["explore", .. Options.SelectMany(o => o.Name == Objective ? [o.Value] : new[] { o.Name, file.Files.FirstOrDefault(f => f.Name == o.Name)?.Path ?? o.Value })],
        Files = [.. file.Files.Select(f => (f.Path, f.Sha256))],
    };

    /// <summary>The words of another command than explore that goes on, without the command, and what they need while it runs.</summary>
    /// <exception cref="MistakeException">The file has what no command line of ours has, or a script that nobody trusts.</exception>
    public static (IReadOnlyList<string> Words, IDisposable Files) Words(RunFile file, ScriptTrust trust)
    {
        RequireOptions(file, [.. Kept, .. OfMembers, .. OfEvidence]);
        var recorded = new RecordedCommand { Landscape = null!, Survey = null! };
        try
        {
            return ([.. file.Options.Select(o => recorded.Word(file, o, trust))], recorded);
        }
        catch
        {
            recorded.Dispose();
            throw;
        }
    }

    private string Word(RunFile file, (string Name, string Value) option, ScriptTrust trust) =>
        option.Name == Objective ? option.Value : $"{option.Name}={(OfFiles.Contains(option.Name) ? PathOf(file, option.Name, trust) : option.Value)}";

    private static void RequireOptions(RunFile file, string[] known)
    {
        if (file.Options.Count == 0)
        {
            throw new MistakeException($"{file.Path} was made by a program, which alone knows its objective; go on with it there (RunFile.Explore, Verify, Compare or Sweep).");
        }

        if (file.Options.FirstOrDefault(o => o.Name != Objective && !known.Contains(o.Name)) is { Name: { } foreign })
        {
            throw new MistakeException($"{file.Path} has the option {foreign}, which no run file has: it is not used.");
        }

        // A word that begins with a dash would be an option.
        if (file.Options.FirstOrDefault(o => o.Name == Objective && o.Value.StartsWith('-')) is { Value: { } word })
        {
            throw new MistakeException($"{file.Path} has the objective {word}, and there is none of that name: it is not used.");
        }
    }

    /// <summary>Where the contents of a file lie that the run was made from.</summary>
    private string PathOf(RunFile file, string option, ScriptTrust trust)
    {
        var stored = file.Files.FirstOrDefault(f => f.Name == option) ?? throw new MistakeException($"{file.Path} names a file for {option} and does not have it: it is not used.");
        if (option == Script)
        {
            if (trust.File is { } given)
            {
                return File.Exists(given) && StoredFile.Of(option, given).Sha256 == stored.Sha256 ? given
                    : throw new MistakeException($"--script was given {given}, which is not the script that {file.Path} was made with (SHA-256 {stored.Sha256}); give that one.");
            }

            if (!trust.All)
            {
                throw new MistakeException($"{file.Path} was made with the script {stored.Path}, which is a program: give it with --script FILE, or run the one in the file with --trust-script, if you know where the file is from.");
            }
        }

        if (stored.Contents is not { } contents)
        {
            return File.Exists(stored.Path) && StoredFile.Of(option, stored.Path).Sha256 == stored.Sha256 ? stored.Path
                : throw new MistakeException($"{file.Path} was made with {stored.Path}, which is too large to be kept in it and is not there any more as it was (SHA-256 {stored.Sha256}); put it back.");
        }

        // The name says how it is read; only the name, whatever folders it comes with.
        var name = string.Concat(Path.GetFileName(stored.Path.Replace('\\', '/')).Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, option.Trim('-'))).FullName, name.Trim('.').Length == 0 ? "file" : name);
        File.WriteAllBytes(path, contents);
        return path;
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>What the user said of scripts that run files carry.</summary>
/// <param name="File">The script itself, which must be the same; null where none was given.</param>
/// <param name="All">Run the one in the file.</param>
internal sealed record ScriptTrust(string? File, bool All)
{
    private const string Script = "--script";
    private const string Trust = "--trust-script";

    public static void AddTo(Command command)
    {
        command.Options.Add(new Option<string?>(Script) { Description = "the script that the run was made with: its SHA-256 must be the same", HelpName = "FILE" });
        AddBesideScriptTo(command);
    }

    /// <summary>Where the command has an option --script of its own, for an objective.</summary>
    public static void AddBesideScriptTo(Command command) =>
        command.Options.Add(new Option<bool>(Trust) { Description = "runs the script that the file carries: it is a program, and may do anything" });

    public static ScriptTrust Read(ParseResult parsed) => new(parsed.GetValue<string?>(Script), parsed.GetValue<bool>(Trust));
}
