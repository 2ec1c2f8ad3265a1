using LandscapeGpu.Benchmarks.Problems;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>Our C++, vectorised by hand: 256-bit vectors of restarts.</summary>
internal sealed class HandVectorised : Contender
{
    private readonly string program;

    private HandVectorised(string program) => this.program = program;

    public override string Name => "C++ by hand, 256-bit";

    /// <summary>Compiles it for this machine.</summary>
    public static HandVectorised Build(string peers, string folder)
    {
        var program = Path.Combine(folder, "physical_limit");
        PeerProcess.Output("g++", [.. Flags, Path.Combine(peers, "physical_limit.cpp"), "-lmvec", "-o", program]);
        return new(program);
    }

    public static IReadOnlyList<string> Flags { get; } = ["-O3", "-march=native", "-ffast-math", "-std=c++20", "-pthread", "-Wno-ignored-attributes"];

    public override Measurement Run(PeerProblem problem, int restarts, int iterations, bool isTimed) =>
        PeerProcess.Lines<DescentLine>(
            program, "--obj", problem.Name, "-n", $"{restarts}", "--iters", $"{iterations}",
            "--threads", $"{Environment.ProcessorCount}", "--reps", $"{(isTimed ? Repetitions : 1)}")[0].Measurement;
}
