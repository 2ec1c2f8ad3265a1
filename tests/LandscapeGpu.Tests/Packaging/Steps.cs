using System.Text.RegularExpressions;

namespace LandscapeGpu.Tests.Packaging;

/// <summary>The steps of a page, taken by a reader: blocks whose first line names a file are written, commands are run, in their order.</summary>
/// <param name="feed">Where packages come from.</param>
/// <param name="at">The reader's folder.</param>
public sealed partial class Steps(Feed feed, string at)
{
    /// <summary>The blocks of a page's section: the language and the text of each.</summary>
    public static List<(string Language, string Text)> Blocks(string page, string section)
    {
        var text = File.ReadAllText(Path.Combine(Outside.Root(), "docs", page)) + "\n## ";
        var begin = text.IndexOf($"\n## {section}", StringComparison.Ordinal);
        Assert.True(begin >= 0, $"{page} has no section {section}");
        return [.. Block().Matches(text[begin..text.IndexOf("\n## ", begin + 1, StringComparison.Ordinal)]).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];
    }

    /// <summary>Takes the steps of a section; what the commands printed.</summary>
    public string Take(string page, string section)
    {
        var printed = "";
        foreach (var (language, text) in Blocks(page, section))
        {
            if (Name().Match(text) is { Success: true } name)
            {
                File.WriteAllText(Path.Combine(at, name.Groups[1].Value), text.Replace("value=\"feed\"", $"value=\"{feed.Folder}\"", StringComparison.Ordinal));
            }
            else
            {
                Assert.Equal("", language);
                printed += string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Run));
            }
        }

        return printed;
    }

    private string Run(string line)
    {
        List<string> words = [.. Words().Matches(line).Select(m => m.Value.Trim('"'))];
        // The packages of a test have a version of their own, and a folder, so that the machine keeps none of them.
        words.AddRange(line.Contains("landscape-gpu", StringComparison.Ordinal) || line.Contains(" package ", StringComparison.Ordinal) ? ["--version", feed.Version] : []);
        var ran = Outside.Run(at, words[0].Contains('/', StringComparison.Ordinal) ? Path.Combine(at, words[0]) : words[0], feed.Places, [.. words.Skip(1)]);
        Assert.True(ran.Status == 0, $"{line}: {ran.Out}{ran.Error}");
        return ran.Out;
    }

    [GeneratedRegex("^```(\\w*)\\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\A(?://|#|<!--) ([\w./-]+\.[a-z]+)(?: -->)?\n")]
    private static partial Regex Name();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();
}
