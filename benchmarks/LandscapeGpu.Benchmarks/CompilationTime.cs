using BenchmarkDotNet.Attributes;
using LandscapeGpu.Benchmarks.Problems;
using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives;
using LandscapeGpu.Starts;

namespace LandscapeGpu.Benchmarks;

/// <summary>From the traced formula to the first endpoint, the JIT compiler's work included.</summary>
public class CompilationTime
{
    private Objective? objective;
    private GivenPoints? start;

    [Params("rastrigin10", "pca20", "tensor30", "relu6", "lj13")]
    public string Objective { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        var problem = PeerProblem.Find(Objective);
        (objective, start) = (problem.Objective, problem.Starts(1));
    }

    [Benchmark]
    public Endpoints PlainGradient() => First(new GradientDescent { Step = 1e-6 });

    [Benchmark]
    public Endpoints Lbfgs() => First(new Lbfgs());

    private Endpoints First(UpdateRule rule) =>
        new LaneDevice().Compile(objective!, new DescentOptions { Rule = rule, Stop = new StopRule { Iterations = 1 } }).Run(new(start!, 1, 0, 1));
}
