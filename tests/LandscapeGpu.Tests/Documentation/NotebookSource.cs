using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LandscapeGpu.Tests.Documentation;

/// <summary>A notebook's one source, a file-based app with cells in the percent format: comments after "%% [markdown]" are text, the rest is code.</summary>
internal sealed record NotebookSource(string Name, IReadOnlyList<(bool IsText, string Text)> Cells)
{
    private const string Package = "#r \"nuget:LandscapeGpu.Pictures\"";

    public static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/notebooks"));

    public static IReadOnlyList<NotebookSource> All() => [.. Directory.EnumerateFiles(Folder(), "*.cs").Order().Select(Read)];

    public static NotebookSource Read(string path)
    {
        var cells = new List<(bool IsText, List<string> Lines)>();
        foreach (var line in File.ReadLines(path).Where(l => !l.StartsWith("#:", StringComparison.Ordinal)))
        {
            if (line.StartsWith("// %%", StringComparison.Ordinal))
            {
                cells.Add((line.Contains("[markdown]", StringComparison.Ordinal), []));
            }
            else
            {
                cells[^1].Lines.Add(cells[^1].IsText ? line.TrimStart('/').TrimStart() : line);
            }
        }

        return new(Path.GetFileNameWithoutExtension(path), [.. cells.Select(c => (c.IsText, string.Join('\n', c.Lines).Trim('\n')))]);
    }

    /// <summary>The code alone, for scripts.</summary>
    public IEnumerable<string> Code => Cells.Where(c => !c.IsText).Select(c => c.Text);

    /// <summary>The notebook, without outputs.</summary>
    /// <param name="before">Lines to put before the first cell's code; null for the package alone.</param>
    public JsonObject Notebook(string? before = null)
    {
        var isFirst = true;
        var cells = new JsonArray();
        foreach (var (isText, text) in Cells)
        {
            var code = !isText && isFirst ? $"{before ?? Package}\n{text}" : text;
            isFirst &= isText;
            var lines = code.Split('\n');
            var source = new JsonArray([.. lines.Select((l, k) => (JsonNode)(k < lines.Length - 1 ? l + "\n" : l))]);
            cells.Add(isText
                ? new JsonObject { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = source }
                : new JsonObject { ["cell_type"] = "code", ["execution_count"] = null, ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = source });
        }

        return new()
        {
            ["cells"] = cells,
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
                ["language_info"] = new JsonObject { ["name"] = "C#", ["file_extension"] = ".cs", ["mimetype"] = "text/x-csharp" },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 4,
        };
    }

    public static string Text(JsonNode notebook) => notebook.ToJsonString(Options) + "\n";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, IndentSize = 1, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
