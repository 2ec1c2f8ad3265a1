namespace LandscapeGpu.Tests.Cli;

/// <summary>Every command runs on every family of the catalogue.</summary>
public class EveryFamilyTests
{
    public static TheoryData<string> Names() => [.. Catalogue.Families.Select(f => f.Name)];

    /// <summary>Families whose usual size takes most of the time of all of them: whether a command runs does not hang on the size.</summary>
    private static readonly Dictionary<string, string[]> Small = new()
    {
        ["thomson"] = ["--set", "electrons=4"],
        ["lennard-jones"] = ["--set", "atoms=4"],
        ["diagonal-linear"] = ["--dimension", "3"],
        ["max-cut"] = ["--set", "nodes=5"],
        ["linear-residual"] = ["--set", "width=2"],
        ["two-layer-relu"] = ["--set", "units=2"],
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_runs(string name)
    {
        var size = LongTests.AreAsked ? [] : Small.GetValueOrDefault(name) ?? [];
        string[] sized = [name, .. size];
        string[][] commands =
        [
            ["verify", .. sized, "--restarts", "12", "--saddle-starts", "12", "--samples", "14"],
            ["compare", .. sized, "--rules", "lbfgs,gradient-descent:0.01", "--restarts", "12", "--iterations", "300", "--plateau-starts", "2"],
            ["bench", .. sized, "--restarts", "4", "--iterations", "4", "--reps", "1"],
            .. Swept(name, size),
        ];
        Runs(["explore", .. sized, "--restarts", "12"]);
        Runs("explain", name);
        foreach (var command in LongTests.Slice(commands, Catalogue.Families.ToList().FindIndex(f => f.Name == name), 2))
        {
            Runs(command);
        }
    }

    private static string[][] Swept(string name, string[] size)
    {
        if (Catalogue.Find(name).Settings.FirstOrDefault(s => s.Options.Count == 0) is not { } setting)
        {
            return [];
        }

        // Where it is the size, the size is what changes.
        var value = size is ["--set", var set] && set.Split('=') is [var sizing, var small] && sizing == setting.Name ? small : FormattableString.Invariant($"{setting.Default}");
        return [["sweep", name, "--over", $"{setting.Name}={value},{value}", .. size is ["--dimension", ..] ? size : [], "--restarts", "12", "--samples", "14"]];
    }

    private static void Runs(params string[] arguments)
    {
        var run = CommandLine.Run([.. arguments, .. arguments[0] == "explain" ? Array.Empty<string>() : ["--threads", "1"]]);
        // So few restarts of gradient descent may come to nothing: that is told, and no failure.
        Assert.True(run.Status is 0 or 3, $"{string.Join(' ', arguments)}: status {run.Status}, {run.Error}");
        Assert.DoesNotContain("fault of this program", run.Error, StringComparison.Ordinal);
    }
}
