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
