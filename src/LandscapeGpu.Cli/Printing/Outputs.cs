namespace LandscapeGpu.Cli.Printing;

/// <summary>The files and streams that one run's results go to.</summary>
internal sealed class Outputs : IDisposable
{
    private readonly Session session;
    private readonly Dictionary<string, ResultFile?> files;

    /// <param name="session">Where everything else is printed.</param>
    /// <param name="asked">Each option that was given, with its path.</param>
    /// <exception cref="MistakeException">A file cannot be written, or two results were sent to standard output.</exception>
    public Outputs(Session session, IReadOnlyList<(string Option, string Path)> asked)
    {
        this.session = session;
        var streamed = asked.Where(a => a.Path == ResultFile.StandardOutput).Select(a => a.Option).ToList();
        if (streamed.Count > 1)
        {
            throw new MistakeException($"{string.Join(" and ", streamed)} were both given -; only one of them can go to standard output.");
        }

        if (asked.Where(a => a.Path != ResultFile.StandardOutput).GroupBy(a => Path.GetFullPath(a.Path)).FirstOrDefault(g => g.Count() > 1) is { } same)
        {
            throw new MistakeException($"{string.Join(" and ", same.Select(a => a.Option))} were given one file, {same.First().Path}; give each its own.");
        }

        Surface = streamed.Count > 0 ? session.Aside : session.Results;
        files = asked.ToDictionary(a => a.Option, a => a.Path == ResultFile.StandardOutput ? null : ResultFile.Open(a.Path, a.Option));
    }

    /// <summary>Where tables go: standard output, unless it has something for programs.</summary>
    public Surface Surface { get; }

    /// <summary>The exit status of what was written so far.</summary>
    public int Status { get; private set; } = ExitCode.Success;

    /// <summary>Whether an option was given.</summary>
    public bool Has(string option) => files.ContainsKey(option);

    /// <summary>Writes a result where its option says; nowhere if it was not given.</summary>
    public void Give(string option, Func<string> text)
    {
        if (!files.TryGetValue(option, out var file))
        {
            return;
        }

        if (file is null)
        {
            session.Out.WriteLine(text().TrimEnd('\n'));
        }
        else if (file.Write(text(), session) is var status and not ExitCode.Success)
        {
            Status = status;
        }
    }

    public void Dispose()
    {
        foreach (var file in files.Values)
        {
            file?.Dispose();
        }
    }
}
