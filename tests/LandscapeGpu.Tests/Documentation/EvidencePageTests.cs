using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace LandscapeGpu.Tests.Documentation;

/// <summary>The commands of docs/evidence.md print what stands there; with LANDSCAPE_WRITE_DOCS=1 it is written anew.</summary>
public sealed partial class EvidencePageTests
{
    // It takes half a minute of both cores; a default run looks at the same claim by the other sweeps.
    private const string Longest = "--over normalise=";

    public static TheoryData<string> Commands => CommandsOf("evidence", command => LongTests.AreAsked || ProblemPagesTests.IsWriting || !command.Contains(Longest, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_prints_what_the_page_shows(string command) => Require("evidence", command);

    internal static TheoryData<string> CommandsOf(string page, Func<string, bool>? isRun = null) =>
        [.. Shown().Matches(File.ReadAllText(Page(page))).Select(shown => shown.Groups["command"].Value).Where(command => isRun?.Invoke(command) != false)];

    internal static void Require(string page, string command)
    {
        var output = Claim.Run(command);
        var text = File.ReadAllText(Page(page));
        var shown = Shown().Matches(text).Single(m => m.Groups["command"].Value == command).Groups["output"];
        if (ProblemPagesTests.IsWriting)
        {
            var lines = output.Trim('\n', '\r').Split('\n').Select(line => line.TrimEnd());
            File.WriteAllText(Page(page), text[..shown.Index] + string.Join('\n', lines) + "\n" + text[(shown.Index + shown.Length)..]);
        }
        else
        {
            Assert.Equal(ProblemPagesTests.Steady(shown.Value), ProblemPagesTests.Steady(output), ignoreLineEndingDifferences: true);
        }
    }

    // A command in one block and its output in the next.
    [GeneratedRegex(@"^```\n(?<command>landscape .*)\n```\n\n```text\n(?<output>(?:(?!^```).*\n)*)^```$", RegexOptions.Multiline)]
    private static partial Regex Shown();

    private static string Page(string name, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, $"../../../docs/{name}.md"));
}
