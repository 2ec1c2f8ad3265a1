namespace LandscapeGpu.Tests.Cli;

/// <summary>Every command runs on every family of the catalogue.</summary>
public class EveryFamilyTests
{
    public static TheoryData<string> Names() => [.. Catalogue.Families.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_runs(string name)
    {
        Runs("explore", name, "--restarts", "12");
        Runs("verify", name, "--restarts", "12", "--saddle-starts", "12", "--samples", "14");
        Runs("compare", name, "--rules", "lbfgs,gradient-descent:0.01", "--restarts", "12", "--iterations", "300", "--plateau-starts", "2");
        Runs("bench", name, "--restarts", "4", "--iterations", "4", "--reps", "1");
        Runs("explain", name);
        var family = Catalogue.Find(name);
        if (family.Settings.FirstOrDefault(s => s.Options.Count == 0) is { } setting)
        {
            Runs("sweep", name, "--over", FormattableString.Invariant($"{setting.Name}={setting.Default},{setting.Default}"), "--restarts", "12", "--samples", "14");
        }
    }

    private static void Runs(params string[] arguments)
    {
        var run = CommandLine.Run([.. arguments, .. arguments[0] == "explain" ? Array.Empty<string>() : ["--threads", "1"]]);
        // So few restarts of gradient descent may come to nothing: that is told, and no failure.
        Assert.True(run.Status is 0 or 3, $"{string.Join(' ', arguments)}: status {run.Status}, {run.Error}");
        Assert.DoesNotContain("fault of this program", run.Error, StringComparison.Ordinal);
    }
}
