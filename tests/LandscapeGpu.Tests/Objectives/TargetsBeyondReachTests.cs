using LandscapeGpu.Tests.Cli;

namespace LandscapeGpu.Tests.Objectives;

public sealed class TargetsBeyondReachTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    [Theory]
    [InlineData("logistic", "0,1,0.5", false)]
    [InlineData("logistic", "0,1,1.5", true)]
    [InlineData("tanh", "-1,1,0.5", false)]
    [InlineData("tanh", "-1,1,-2", true)]
    [InlineData("identity", "-10,1,40", false)]
    public void Targets_that_no_output_of_the_link_reaches_are_told(string link, string targets, bool isTold)
    {
        var y = targets.Split(',');
        File.WriteAllText(file, $"a,b,y\n1,0,{y[0]}\n0,1,{y[1]}\n1,1,{y[2]}\n");

        var run = CommandLine.Run("explore", "glm", "--data", file, "--target", "y", "--set", $"link={link}", "--restarts", "10");

        Assert.Equal(isTold, run.Error.Contains("no weights fit them", StringComparison.Ordinal));
    }

    public void Dispose() => File.Delete(file);
}
