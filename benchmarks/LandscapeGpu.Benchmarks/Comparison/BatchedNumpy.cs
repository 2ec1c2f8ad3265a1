using LandscapeGpu.Benchmarks.Problems;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>NumPy, batched by hand over restarts: one process a core.</summary>
internal sealed class BatchedNumpy(string python, string peers) : Contender
{
    public override string Name => "NumPy, batched by hand";

    public override string Short => "NumPy";

    public override bool IsForAll => true;

    public override Measurement Run(PeerProblem problem, int restarts, int iterations, bool isTimed) =>
        PeerProcess.Lines<DescentLine>(
            python, Path.Combine(peers, "batched_numpy.py"), "--obj", problem.Name, "-n", $"{restarts}", "--iters", $"{iterations}",
            "--procs", $"{Environment.ProcessorCount}")[0].Measurement;
}
