using System.Text.RegularExpressions;

namespace LandscapeGpu.Tests.Cli;

/// <summary>Whatever the width of a line, nothing is wider and no word is broken; what a table is for stays.</summary>
public sealed partial class WidthTests : IDisposable
{
    // On a terminal and in a file, the narrowest and the widest on both.
    private static readonly (int Width, bool IsTerminal)[] Widths = [(60, false), (60, true), (80, true), (100, false), (120, true), (160, false), (160, true)];

    private readonly RunFiles.Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("explore himmelblau --restarts 100", "value count share kind")]
    [InlineData("explore lennard-jones --set atoms=5 --restarts 60", "value count share kind")]
    [InlineData("explore perceptron --restarts 3 --iterations 50 --set n=10 --set width=2", "count share")]
    [InlineData("explore --formula a*Square(x[0])+Square(x[1])+Cos(x[2]) --set a=2 --domain -4,4 --names first,second,third --restarts 20", "value count share kind")]
    [InlineData("verify himmelblau --restarts 50 --saddle-starts 50 --samples 50", "")]
    [InlineData("verify lennard-jones --set atoms=3 --restarts 30 --saddle-starts 20 --samples 20", "")]
    [InlineData("compare himmelblau --rules lbfgs,momentum:0.01 --restarts 40", "rule")]
    [InlineData("compare glm --rules lbfgs,momentum:0.1 --batch none,16 --starts own,scaled:2 --restarts 10", "rule")]
    [InlineData("sweep double-well --over dimension=1,2 --restarts 40 --paths 2", "")]
    [InlineData("list", "rastrigin himmelblau lennard-jones")]
    [InlineData("list perceptron", "activation=tanh")]
    [InlineData("explain himmelblau", "domain starts")]
    [InlineData("explain perceptron", "activation=tanh")]
    [InlineData("connect six-hump-camel --restarts 100 --rates-at 1", "value")]
    [InlineData("trace rastrigin --dimension 10 --restarts 0,1 --iterations 20", "restart steps outcome")]
    [InlineData("hop lennard-jones --set atoms=5 --chains 4 --hops 3", "value")]
    public void A_command_fits_its_lines(string command, string stays) => Fits(command.Split(' '), stays.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void What_run_files_keep_is_shown_as_it_was_printed_at_any_width()
    {
        var explored = folder.Run("explore", "himmelblau", "--restarts", "60", "--evidence", "--out", "@run.db");
        Assert.Equal(explored.Out.TrimEnd(), folder.Run("show", "@run.db").Out.TrimEnd());
        Fits(["show", folder["run.db"]], ["value", "count", "share", "kind"]);
        Fits(["identify", folder["run.db"], "--identity", "location", "--tolerance", "0.1"], ["value", "count", "share", "kind"]);
        Fits(["resume", folder["run.db"]], ["value", "count", "share", "kind"]);
        Fits(["merge", folder["all.db"], folder["run.db"]], ["value", "count", "share", "kind"]);
    }

    [Fact]
    public void What_an_explained_objective_says_goes_on_below_where_it_began() =>
        Assert.All(Printed(["explain", "perceptron"], 60, false).Split("\n\n")[0].Split('\n'), line => Assert.Matches("^(?=.{12}\\S)([a-z]+( value)?)? +\\S", line));

    private void Fits(string[] command, string[] stays)
    {
        // What is kept is shown as it was printed (a test of its own): a landscape needs exploring only once, and once at the narrowest.
        var isKept = command[0] is "explore" or "verify" or "compare" or "sweep";
        var words = Words(Printed(isKept ? [.. command, "--out", folder["shown.db"]] : command, null, false)).ToHashSet();
        foreach (var (width, isTerminal) in Widths)
        {
            var printed = Printed(isKept && (width, isTerminal) != (60, true) ? ["show", folder["shown.db"]] : command, width, isTerminal);
            Assert.All(printed.Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, $"{width}: {line}"));
            Assert.DoesNotContain(Words(printed), word => !words.Contains(word) && word is not ("No" or "room" or "for" or "each" or "row"));
            Assert.All(stays, word => Assert.Contains(word, Words(printed)));
        }
    }

    private static string Printed(string[] command, int? width, bool isTerminal)
    {
        using var output = new StringWriter();
        var error = new StringWriter();
        var status = LandscapeCommand.Run(command, new Session(output, error, CancellationToken.None) { Width = width, OutIsTerminal = isTerminal });
        Assert.True(status is ExitCode.Success or ExitCode.NothingFound, error.ToString());
        return Colours().Replace(output.ToString(), "");
    }

    /// <summary>Words without what stands around them; numbers, which times are, differ from run to run.</summary>
    private static IEnumerable<string> Words(string text) => text.Split((char[])[' ', '\n', '\r', '│'], StringSplitOptions.RemoveEmptyEntries)
        .Select(w => w.Trim('.', ',', ';', ':', '(', ')')).Where(w => w.Length > 2 && char.IsLetter(w[0]));

    [GeneratedRegex("\u001b\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Colours();
}
