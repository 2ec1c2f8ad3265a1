namespace LandscapeGpu.Tests.RunFiles;

/// <summary>Rows that are whole and of another run: of the same shape, and refused.</summary>
public sealed class BindingTests : IDisposable
{
    private static readonly string[] Commands = ["show", "endpoints", "minima", "evidence"];

    private readonly Folder folder = new();

    [Theory]
    [InlineData("--seed", "2")]
    [InlineData("--rule", "momentum:0.005")]
    [InlineData("--domain", "-5,5")]
    [InlineData("--starts", "scaled:0.5")]
    [InlineData("--gradient-tolerance", "1e-3")]
    public void A_batch_of_another_run_is_no_batch_of_this(params string[] other)
    {
        Made([], other);
        Copy("batch");
        Refused("the batch of restarts 0 to ");
    }

    [Theory]
    [InlineData("point", "is not as it was written")]
    [InlineData("arrival", "which points its restarts came to is not as it was written")]
    [InlineData("report", "is not as it was written")]
    public void What_another_result_left_is_not_what_this_left(string table, string expected)
    {
        // The same endpoints, told apart by another tolerance: as many points.
        Made(["--evidence"], ["--tolerance", "1e-5"]);
        Copy(table);
        Refused(expected);
    }

    [Fact]
    public void Endpoints_of_a_landscape_of_another_sweep_are_not_those_of_this()
    {
        foreach (var (name, over) in new[] { ("this.db", "a=0.1,0.2"), ("other.db", "a=0.1,0.3") })
        {
            folder.Run("sweep", "--formula", "Square(Square(x[0]) - 1) + a*x[0]", "--domain", "-2,2", "--over", over, "--restarts", "50", "--samples", "0", "--out", "@" + name);
        }

        Copy("batch", "WHERE member = 2");
        Refused("the batch of restarts 0 to ");
        Copy("batch");
        Copy("member");
        // As a whole they are: but the run is said to be of other values.
        var resumed = folder.Try("resume", "@this.db");
        Assert.Equal(2, resumed.Status);
        Assert.Contains("this.db", resumed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_of_one_run_have_rows_that_go_into_one_file()
    {
        folder.Run("explore", "himmelblau", "--restarts", "300", "--out", "@one.db");
        folder.Run("explore", "himmelblau", "--restarts", "300", "--shard", "1/2", "--out", "@this.db");
        folder.Run("explore", "himmelblau", "--restarts", "300", "--shard", "2/2", "--out", "@other.db");
        folder.Run("merge", "@all.db", "@this.db", "@other.db");
        Assert.Equal(folder.Exported("one.db", "endpoints"), folder.Exported("all.db", "endpoints"));
    }

    private void Made(string[] here, string[] there)
    {
        folder.Run(["explore", "himmelblau", "--restarts", "300", "--evidence", .. here.Except(["--evidence"]), "--out", "@this.db"]);
        folder.Run(["explore", "himmelblau", "--restarts", "300", "--evidence", .. there, "--out", "@other.db"]);
    }

    /// <summary>Puts rows of the other file in the place of those of this.</summary>
    private void Copy(string table, string where = "") =>
        folder.Change("this.db", $"ATTACH '{folder["other.db"]}' AS other; DELETE FROM {table} {where}; INSERT INTO main.{table} SELECT * FROM other.{table} {where}");

    private void Refused(string expected)
    {
        var runs = Commands.Select(c => c == "show" ? folder.Try("show", "@this.db") : folder.Try("export", "@this.db", "--what", c, "--to", "@e.csv")).ToList();
        Assert.Contains(runs, r => r.Status == 2 && r.Error.Contains("this.db is damaged", StringComparison.Ordinal) && r.Error.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(runs, r => r.Error.Contains("fault of this program", StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();
}
