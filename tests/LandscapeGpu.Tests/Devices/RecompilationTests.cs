using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Starts;

namespace LandscapeGpu.Tests.Devices;

public sealed class RecompilationTests
{
    [Theory]
    [InlineData("adam")]
    [InlineData("rmsprop")]
    public void Compiling_an_objective_again_gives_the_same_bits(string rule)
    {
        var objective = Catalogue.Find("muller-brown").Create();
        double[] Points() => new LaneDevice(1).Compile(objective, new() { Rule = Rules.Named(rule), Stop = new() { Iterations = 200 } })
            .Run(new RestartRange(UniformBox.Over(2, -1, 1), 3, 0, 100)).Points;

        Assert.Equal(Points(), Points());
    }
}
