using BenchmarkDotNet.Attributes;
using LandscapeGpu.Benchmarks.Problems;
using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Benchmarks;

/// <summary>The time of one gradient and the plain step along it, all cores and all overheads included.</summary>
public class GradientThroughput
{
    private const int Restarts = 8192;
    private const int Gradients = 100;

    private CompiledDescent? descent;
    private RestartRange? range;

    [Params("rastrigin10", "ackley10", "pca20", "tensor30", "relu6", "glm20", "mlp16", "lj13")]
    public string Objective { get; set; } = "";

    [Params(false, true)]
    public bool IsDouble { get; set; }

    [GlobalSetup]
    public void Compile()
    {
        var problem = PeerProblem.Find(Objective);
        // A step so small that no atom is thrown out: the gradient's time is asked for, not where it leads.
        var options = problem.Descent(Gradients) with { IsDouble = IsDouble };
        options = problem.IsQuench ? options with { Rule = new GradientDescent { Step = 1e-6 } } : options;
        descent = new LaneDevice().Compile(problem.Objective, options);
        range = new(problem.Starts(Restarts), 1, 0, Restarts);
    }

    [Benchmark(OperationsPerInvoke = Restarts * Gradients)]
    public Endpoints Gradient() => descent!.Run(range!);
}
