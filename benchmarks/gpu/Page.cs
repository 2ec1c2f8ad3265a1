namespace LandscapeGpu.GpuBenchmark;

/// <summary>The page of results of a device: a title and sections. Written anew after every row, so that a run that is cut short has lost nothing.</summary>
/// <remarks>Sections that a run does not touch are kept from the page that is there.</remarks>
internal sealed class Page
{
    private const string Mark = "\n## ";

    private readonly string path;
    private readonly string title;
    private readonly List<(string Heading, string Text)> sections = [];

    public Page(string folder, string device, string title)
    {
        var name = string.Concat(device.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
        path = System.IO.Path.Combine(folder, $"{name}.md");
        this.title = title;
        if (File.Exists(path))
        {
            foreach (var part in File.ReadAllText(path).Split(Mark).Skip(1))
            {
                var end = part.IndexOf('\n', StringComparison.Ordinal);
                sections.Add(end < 0 ? (part, "") : (part[..end], part[end..].Trim()));
            }
        }
    }

    public string Path => path;

    /// <summary>Replaces a section, or adds it.</summary>
    public void Write(string heading, string text)
    {
        var at = sections.FindIndex(s => s.Heading == heading);
        if (at < 0)
        {
            sections.Add((heading, text));
        }
        else
        {
            sections[at] = (heading, text);
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        var body = string.Concat(sections.Select(s => $"{Mark}{s.Heading}\n\n{s.Text.Trim()}\n"));
        File.WriteAllText(path, $"# {title}\n\nWritten by `gpu-benchmark`: [what it does, and how to run it](../gpu/README.md).\n{body}".ReplaceLineEndings("\n"));
    }
}
