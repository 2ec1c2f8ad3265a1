using System.Text.Json;

namespace LandscapeGpu.Tests.Cli;

/// <summary>Data of the user's own, and findings for programs.</summary>
public sealed class DataCommandTests : InFolder
{
    [Fact]
    public void A_family_is_made_from_a_file_by_every_command_that_takes_one()
    {
        var path = Write("line.csv", "a,y,b\n1,0.7,0\n0,0.4,1\n1,0.6,1\n-1,0.2,1\n");
        foreach (var command in new[] { "explore", "verify", "compare", "sweep" })
        {
            string[] own = command switch { "sweep" => ["--over", "link=0,1"], "compare" => ["--rules", "lbfgs"], "verify" => ["--saddle-starts", "0"], _ => [] };
            var ran = CommandLine.Run([command, "glm", "--data", path, "--target", "y", "--restarts", "20", .. own]);
            Assert.True(ran.Status == ExitCode.Success, ran.Error);
        }

        var chosen = CommandLine.Run("explore", "glm", "--data", path, "--target", "2", "--inputs", "b", "--restarts", "20");
        Assert.Contains("glm: 1 coordinate, ", chosen.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("glm", "a,y\n1,2\n3\n", "line 3 has 1 field and the first line has 2")]
    [InlineData("glm", "a,y\n1,2\n3,x\n", "line 3: the target is 'x', and at line 2 it is 2")]
    [InlineData("rastrigin", "a,y\n1,2\n", "rastrigin takes none")]
    [InlineData("matrix-completion", "1,2\n", "rows of three numbers")]
    public void Data_that_cannot_be_used_are_refused_in_the_users_words(string family, string text, string part)
    {
        var ran = CommandLine.Run("explore", family, "--data", Write("bad.csv", text));
        Assert.Equal(ExitCode.Mistake, ran.Status);
        Assert.Contains(part, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_without_data_are_a_mistake()
    {
        var ran = CommandLine.Run("explore", "glm", "--target", "y");
        Assert.Equal(ExitCode.Mistake, ran.Status);
        Assert.Contains("--target was given without --data", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_and_sweep_write_what_they_found_as_JSON()
    {
        var verified = CommandLine.Succeed("verify", "deep-linear", "--set", "width=1", "--restarts", "100", "--saddle-starts", "50", "--samples", "70", "--json", "-");
        using var findings = JsonDocument.Parse(verified.Out);
        Assert.Equal(100, findings.RootElement.GetProperty("survey").GetProperty("restarts").GetInt64());
        var point = Assert.Single(findings.RootElement.GetProperty("induced_model").GetProperty("points").EnumerateArray());
        Assert.True(Math.Abs(point.GetProperty("relative_gap").GetDouble()) <= 1e-8);
        Assert.Contains("induced model [", verified.Error, StringComparison.Ordinal);

        var (rows, table) = (At("rows.json"), At("rows.csv"));
        var swept = CommandLine.Succeed("sweep", "glm", "--over", "n=50,100", "--data-sets", "2", "--restarts", "8", "--samples", "0", "--json", rows, "--csv", table);
        using var written = JsonDocument.Parse(File.ReadAllText(rows));
        Assert.Equal([1, 2, 1, 2], written.RootElement.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("data_set").GetInt32()));
        Assert.Equal(5, File.ReadAllLines(table).Length);
        Assert.Contains("2 landscapes ran on programs compiled for another", swept.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seed=1,2", "sweep over the seed")]
    [InlineData("dimension=2,3", "no setting seed")]
    public void Several_data_sets_need_a_seed_to_make_them_from(string over, string part)
    {
        var ran = CommandLine.Run("sweep", over.StartsWith("seed", StringComparison.Ordinal) ? "glm" : "rastrigin", "--over", over, "--data-sets", "3");
        Assert.Equal(ExitCode.Mistake, ran.Status);
        Assert.Contains(part, ran.Error, StringComparison.Ordinal);
    }
}
