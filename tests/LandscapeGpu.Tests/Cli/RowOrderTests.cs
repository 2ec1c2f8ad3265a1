namespace LandscapeGpu.Tests.Cli;

/// <summary>What is written for programs has its rows where the table that is read has them.</summary>
public sealed class RowOrderTests : InFolder
{
    [Theory]
    // Four wells of which two have one value but for rounding, and the count of each is another.
    [InlineData("--formula", "Square(Square(x[0]) - 1) + Square(Square(x[1] - x[0]) - 1) + 0.1*x[1]", "--domain", "-3,3")]
    [InlineData("six-hump-camel")]
    [InlineData("rastrigin", "--dimension", "2", "--domain", "-1.5,2.5")]
    public void Rows_of_CSV_and_of_a_run_file_are_those_of_the_table(params string[] what)
    {
        var (csv, run, exported) = (At("m.csv"), At("run.db"), At("e.csv"));
        var table = CommandLine.Run(["explore", .. what, "--restarts", "1000", "--top", "100", "--csv", csv, "--out", run]).Out;
        Assert.Equal(0, CommandLine.Run("export", run, "--what", "minima", "--to", exported).Status);
        var counts = table.Split('\n').SkipWhile(l => !l.StartsWith("Minima: ", StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.Length > 0)
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Replace(",", "", StringComparison.Ordinal)).ToList();
        Assert.True(counts.Count > 2);
        Assert.Equal(counts, File.ReadLines(csv).Skip(1).Take(counts.Count).Select(l => l.Split(',')[1]));
        Assert.Equal(counts, File.ReadLines(exported).Skip(1).Take(counts.Count).Select(l => l.Split(',')[4]));
    }
}
