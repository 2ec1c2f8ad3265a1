using System.Text.Json;
using LandscapeGpu.Tests.Pictures;

namespace LandscapeGpu.Tests.Packaging;

/// <summary>From the sources to a report in four lines, and how much there is to carry.</summary>
[Collection(nameof(Feed))]
public sealed class NewcomerTests(Feed feed)
{
    [Fact]
    public void Four_lines_of_the_README_lead_from_the_sources_to_an_open_report()
    {
        var lines = Steps.Blocks("../README.md", "Install")[0].Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        // The first makes the packages; the test's are made by the same command, with a version of their own.
        Assert.Equal("dotnet pack -c Release -o feed", lines[0]);
        feed.Pack();
        var at = feed.Empty("newcomer");
        Ran(at, $"{lines[1].Replace("--add-source feed", $"--add-source {feed.Folder}", StringComparison.Ordinal)} --version {feed.Version}");
        Assert.Contains("Minima: 6\n", Ran(at, lines[2]), StringComparison.Ordinal);
        Assert.Equal("xdg-open report.html", lines[3]);
        var page = Path.Combine(at, "report.html");
        Assert.Contains("6 minima", File.ReadAllText(page), StringComparison.Ordinal);
        if (BrowserFactAttribute.Browser is { } browser)
        {
            // Open, in a browser that nobody sees: its script has made buttons of the tables' headings.
            var opened = Outside.Run(at, browser, "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={feed.Empty("browser")}", "--dump-dom", new Uri(page).AbsoluteUri);
            Assert.Contains("<button type=\"button\"", opened.Out, StringComparison.Ordinal);
        }
    }

    // What `dotnet publish -r RID --no-self-contained` puts into a folder: what is for every platform, and what is for this one. Linux: 36.5 MB when this was written.
    [Theory]
    [InlineData("linux-x64", "linux", "unix")]
    [InlineData("linux-arm64", "linux", "unix")]
    [InlineData("win-x64", "win")]
    [InlineData("osx-arm64", "osx", "unix")]
    public void The_console_with_pictures_stays_below_60_MB_on_a_platform(params string[] platforms)
    {
        var build = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!);
        var console = Path.Combine(Outside.Root(), "src/LandscapeGpu.Cli/bin", build, "net10.0");
        using var parsed = JsonDocument.Parse(File.ReadAllText(Path.Combine(console, "landscape.deps.json")));
        var libraries = parsed.RootElement.GetProperty("targets").EnumerateObject().Single().Value.EnumerateObject().Select(l => l.Value).ToList();
        var everywhere = libraries.SelectMany(l => Names(l, "runtime")).Select(Path.GetFileName);
        var here = libraries.SelectMany(l => l.TryGetProperty("runtimeTargets", out var targets) ? targets.EnumerateObject().Where(t => platforms.Contains(t.Value.GetProperty("rid").GetString())).Select(t => t.Name) : []);
        // Beside these the program's own small files and its documentation.
        var sizes = everywhere.Concat(here).Select(name => Path.Combine(console, name!)).Where(File.Exists).Concat(Directory.GetFiles(console, "*.xml")).Distinct().Select(f => new FileInfo(f).Length).ToList();
        Assert.InRange(sizes.Sum(), 20_000_000, 60_000_000);

        static IEnumerable<string> Names(JsonElement library, string kind) => library.TryGetProperty(kind, out var files) ? files.EnumerateObject().Select(f => f.Name) : [];
    }

    private static string Ran(string at, string line)
    {
        var words = line.Split(' ');
        var ran = Outside.Run(at, words[0].Contains('/', StringComparison.Ordinal) ? Path.Combine(at, words[0]) : words[0], [.. words.Skip(1)]);
        Assert.True(ran.Status == 0, $"{line}: {ran.Out}{ran.Error}");
        return ran.Out;
    }
}
