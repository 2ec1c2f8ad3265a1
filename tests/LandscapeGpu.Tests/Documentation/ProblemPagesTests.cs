using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace LandscapeGpu.Tests.Documentation;

/// <summary>Every problem of the catalogue has a section in docs/problems, and its command prints what stands there.</summary>
/// <remarks>With LANDSCAPE_WRITE_DOCS=1 the tests write the outputs into the pages instead of comparing.</remarks>
public sealed partial class ProblemPagesTests
{
    internal static readonly bool IsWriting = Environment.GetEnvironmentVariable("LANDSCAPE_WRITE_DOCS") == "1";

    public static TheoryData<string, string> Problems() => Rows.Of(
        from page in Directory.GetFiles(Folder(), "*.md").Order(StringComparer.Ordinal)
        from section in Section().Matches(File.ReadAllText(page))
        select (Path.GetFileName(page), section.Groups["name"].Value));

    [Fact]
    public void Every_problem_of_the_catalogue_has_one_section()
    {
        var sections = Problems().Select(row => (string)row[1]).Order(StringComparer.Ordinal);

        Assert.Equal(Catalogue.Families.Select(f => f.Name).Order(StringComparer.Ordinal), sections);
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_problems_command_prints_what_its_page_shows(string page, string name)
    {
        var path = Path.Combine(Folder(), page);
        var section = Section().Matches(File.ReadAllText(path)).Single(m => m.Groups["name"].Value == name);
        var words = section.Groups["command"].Value.Split(' ');
        Assert.Contains(name, words);

        var (output, errors) = (new StringWriter(), new StringWriter());
        var status = LandscapeCommand.Run(words.Skip(1).ToList(), new Session(output, errors, CancellationToken.None));

        Assert.True(status == 0, errors.ToString());
        if (IsWriting)
        {
            Write(path, name, output.ToString());
        }
        else
        {
            Assert.Equal(Steady(section.Groups["output"].Value), Steady(output.ToString()), ignoreLineEndingDifferences: true);
        }
    }

    /// <summary>What does not depend on the machine: neither its lanes and threads nor its clock.</summary>
    internal static string Steady(string output) =>
        Clock().Replace(Lanes().Replace(string.Join('\n', output.Trim().Split('\n').Select(line => line.TrimEnd())), "lanes"), "");

    private static void Write(string path, string name, string output)
    {
        var text = File.ReadAllText(path);
        var shown = Section().Matches(text).Single(m => m.Groups["name"].Value == name).Groups["output"];
        var lines = output.Trim('\n', '\r').Split('\n').Select(line => line.TrimEnd());
        File.WriteAllText(path, text[..shown.Index] + string.Join('\n', lines) + "\n" + text[(shown.Index + shown.Length)..]);
    }

    // A heading, prose, the command in one block and its output in the next.
    [GeneratedRegex(@"^## (?<name>[a-z0-9-]+)\n(?:(?!^## ).*\n)*?^```\n(?<command>landscape .*)\n```\n\n```text\n(?<output>(?:(?!^```).*\n)*)^```$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"lanes \(\d+-bit vectors\), \d+ threads?")]
    private static partial Regex Lanes();

    [GeneratedRegex(@"^[\d,]+ (gradient evaluations|quenches) in .*$", RegexOptions.Multiline)]
    private static partial Regex Clock();

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/problems"));
}
