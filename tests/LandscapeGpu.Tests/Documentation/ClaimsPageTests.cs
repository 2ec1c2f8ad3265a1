using System.Runtime.CompilerServices;
using System.Text;

namespace LandscapeGpu.Tests.Documentation;

/// <summary>docs/claims.md is what the commands of tests/data/claims print; LANDSCAPE_WRITE_DOCS=1 runs all of them and writes it anew, which takes minutes.</summary>
public sealed class ClaimsPageTests
{
    // Of each so many commands one is run, so that this takes seconds; which, is a matter of its place in the file.
    private const int Stride = 8;

    public static TheoryData<string> SomeCommands => [.. Claim.All.Select(c => c.Command).Where(c => c.Length > 0).Distinct().Where((_, k) => k % Stride == 3)];

    [Fact]
    public void Every_row_of_the_inventory_is_there_once()
    {
        Assert.Equal(Enumerable.Range(1, 131), Claim.All.Select(c => c.Row).Order());
        Assert.Equal(Claim.All.OrderBy(c => c.Row).Select(c => $"| {c.Row} | {c.Words} | {c.Place} |"), Rows().Select(r => string.Join('|', r.Split('|').Take(4)) + "|"));
    }

    [Fact]
    public void No_number_that_has_an_independent_value_differs_from_it() => Assert.DoesNotContain(Rows(), r => r.Contains("**fails**", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(SomeCommands))]
    public void What_the_page_says_was_measured_is_what_the_command_prints(string command)
    {
        var output = Claim.Run(command);
        foreach (var claim in Claim.All.Where(c => c.Command == command))
        {
            Assert.Equal(RowOf(claim, claim.Measured(output)), Rows().Single(r => r.StartsWith($"| {claim.Row} |", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Written_anew_where_that_is_asked_for()
    {
        if (!ProblemPagesTests.IsWriting)
        {
            return;
        }

        var (rows, faults) = (new List<(int Row, string Text)>(), new List<string>());
        foreach (var group in Claim.All.GroupBy(c => c.Command))
        {
            try
            {
                var output = group.Key.Length == 0 ? "" : Claim.Run(group.Key);
                rows.AddRange(group.Select(c => (c.Row, RowOf(c, c.Measured(output)))));
            }
            catch (InvalidOperationException fault)
            {
                // All of them at once: the page takes minutes.
                faults.Add(fault.Message);
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
        int Count(char mark) => Claim.All.Count(c => c.Judgement[0] == mark);
        var text = new StringBuilder(File.ReadAllText(Page()).Split("\n| row |")[0].Split("\n**")[0].TrimEnd())
            .Append(System.Globalization.CultureInfo.InvariantCulture, $"\n\n**{Count('✓') + Count('=')} rows are looked at, {Count('=')} of them against an independent number; {Count('~')} in part; {Count('✗')} not yet.**\n")
            .Append("\n| row | claim | place | measured | verdict | command |\n|-|-|-|-|-|-|\n");
        File.WriteAllText(Page(), text.AppendJoin('\n', rows.OrderBy(r => r.Row).Select(r => r.Text)).Append('\n').ToString());
    }

    private static string RowOf(Claim claim, string measured) =>
        $"| {claim.Row} | {claim.Words} | {claim.Place} | {measured.Replace("|", "\\|", StringComparison.Ordinal)} | {claim.Verdict(measured).Replace("~ ", "in part: ", StringComparison.Ordinal).Replace("~", "in part", StringComparison.Ordinal).Replace("✗ ", "not yet: ", StringComparison.Ordinal).Replace("✗", "not yet", StringComparison.Ordinal)} | {(claim.Command.Length == 0 ? "" : $"`{claim.Command}`")} |";

    private static List<string> Rows() => [.. File.ReadAllLines(Page()).Where(l => l.StartsWith("| ", StringComparison.Ordinal) && char.IsDigit(l[2]))];

    private static string Page([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/claims.md"));
}
