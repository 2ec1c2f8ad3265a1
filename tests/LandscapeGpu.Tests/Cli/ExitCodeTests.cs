using LandscapeGpu.Cli.Printing;

namespace LandscapeGpu.Tests.Cli;

public class ExitCodeTests
{
    // A kink with a minimum; descents that nothing stops; and a landscape that is nowhere finite.
    [Theory]
    [InlineData("a*Abs(x[0])", 0)]
    [InlineData("a*Exp(x[0])", 3)]
    [InlineData("a*Log(-1-Square(x[0]))", 3)]
    [InlineData("a*Square(x[0])", 0)]
    public void All_commands_say_the_same_of_one_landscape(string formula, int status)
    {
        string[] objective = ["--formula", formula, "--restarts", "40", "--set", "a=1"];
        Assert.Equal(status, CommandLine.Run(["explore", .. objective]).Status);
        Assert.Equal(status, CommandLine.Run(["verify", .. objective, "--saddle-starts", "20", "--samples", "20"]).Status);
        Assert.Equal(status, CommandLine.Run(["compare", .. objective, "--rules", "lbfgs", "--plateau-starts", "0"]).Status);
        Assert.Equal(status, CommandLine.Run(["sweep", .. objective[..4], "--over", "a=1,2", "--samples", "14"]).Status);
    }

    [Theory]
    [InlineData("a*Exp(x[0])", 3)]
    [InlineData("a*Log(-1-Square(x[0]))", 3)]
    [InlineData("a*Square(x[0])", 0)]
    public void Steps_that_were_counted_change_no_exit_status_where_none_arrived(string formula, int status) =>
        Assert.Equal(status, CommandLine.Run("sweep", "--formula", formula, "--over", "a=1,2", "--samples", "0", "--restarts", "10", "--iterations", "100", "--cost").Status);

    [Fact]
    public void A_sweep_that_is_stopped_keeps_its_rows_in_every_output_and_exits_so()
    {
        var folder = Directory.CreateTempSubdirectory("landscape-stopped-").FullName;
        try
        {
            using var stop = new CancellationTokenSource();
            using var output = new StringWriter();
            string[] words = ["sweep", "double-well", "--over", "dimension=1..4", "--restarts", "50", "--samples", "0", "--csv", $"{folder}/rows.csv", "--json", $"{folder}/rows.json", "--out", $"{folder}/run.db"];
            // The word about the second row is Ctrl-C.
            Assert.Equal(130, LandscapeCommand.Run(words, new(output, new Stopping(stop, "dimension = 2"), stop.Token)));
            Assert.Contains("Stopped after 2 of 4 landscapes.", output.ToString(), StringComparison.Ordinal);
            Assert.Equal(3, File.ReadLines($"{folder}/rows.csv").Count());
            var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText($"{folder}/rows.json")).RootElement;
            Assert.Equal(2, json.GetProperty("rows").GetArrayLength());
            Assert.True(json.GetProperty("stopped").GetBoolean());
            var shown = CommandLine.Run("show", $"{folder}/run.db");
            Assert.Equal(output.ToString(), shown.Out);
            Assert.Contains("100 restarts are kept of 50 for each of 4 landscapes; `landscape resume", shown.Error, StringComparison.Ordinal);
            var whole = CommandLine.Succeed("resume", $"{folder}/run.db");
            Assert.DoesNotContain("Stopped", whole.Out, StringComparison.Ordinal);
            Assert.Equal(CommandLine.Run(words[..8]).Out, whole.Out);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Cancels when a line has certain words.</summary>
    private sealed class Stopping(CancellationTokenSource stop, string words) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value?.Contains(words, StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void An_output_that_cannot_be_written_keeps_what_it_was_to_hold()
    {
        using var closed = new SafeWriter(() => throw new IOException("no such stream"));
        closed.WriteLine("a result");
        Assert.Equal(("no such stream", "a result\n"), (closed.Failure, closed.Unwritten));
        using var full = new SafeWriter(() => new Full());
        Assert.Equal(0, LandscapeCommand.Run(["explore", "himmelblau", "--restarts", "50"], new(full, new StringWriter(), CancellationToken.None)));
        Assert.Contains("Minima: 4", full.Unwritten, StringComparison.Ordinal);
        using var deaf = new SafeWriter(() => new Full());
        using var output = new StringWriter();
        Assert.Equal(0, LandscapeCommand.Run(["explore", "himmelblau", "--restarts", "50"], new(output, deaf, CancellationToken.None)));
        Assert.Contains("Minima: 4", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A disk without room.</summary>
    private sealed class Full : StringWriter
    {
        public override void Write(char value) => throw new IOException("No space left on device");

        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }
}
