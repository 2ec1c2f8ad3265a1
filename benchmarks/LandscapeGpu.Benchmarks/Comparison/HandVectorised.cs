using LandscapeGpu.Benchmarks.Problems;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>Our C++, vectorised by hand: 256-bit vectors of restarts.</summary>
internal sealed class HandVectorised : Contender
{
    // All that AVX2 brings, and sixteen registers.
    private const string Common = "x86-64-v3";

    private readonly string program;
    private readonly bool isSixteen;

    private HandVectorised(string program, bool isSixteen) => (this.program, this.isSixteen) = (program, isSixteen);

    public override string Name => isSixteen ? "C++ by hand, AVX2" : "C++ by hand, 256-bit";

    public override string Short => isSixteen ? "C++ AVX2" : "C++";

    public override bool IsSixteen => isSixteen;

    /// <summary>Compiles it for this machine, or for sixteen registers.</summary>
    public static HandVectorised Build(string peers, string folder, bool isSixteen)
    {
        var machine = isSixteen ? Common : "native";
        var program = Path.Combine(folder, $"physical_limit_{machine}");
        PeerProcess.Output("g++", [.. Flags, $"-march={machine}", Path.Combine(peers, "physical_limit.cpp"), "-lmvec", "-o", program]);
        return new(program, isSixteen);
    }

    public static IReadOnlyList<string> Flags { get; } = ["-O3", "-ffast-math", "-std=c++20", "-pthread", "-Wno-ignored-attributes"];

    public override Measurement Run(PeerProblem problem, int restarts, int iterations, bool isTimed) =>
        PeerProcess.Lines<DescentLine>(
            program, "--obj", problem.Name, "-n", $"{restarts}", "--iters", $"{iterations}",
            "--threads", $"{Environment.ProcessorCount}", "--reps", $"{(isTimed ? Repetitions : 1)}")[0].Measurement;
}
