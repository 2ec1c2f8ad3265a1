using LandscapeGpu.Benchmarks.Problems;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>This engine as most processors run it: 256-bit vectors and sixteen registers, on a machine that has more.</summary>
internal sealed class SixteenRegisters : Contender
{
    private static readonly IReadOnlyDictionary<string, string> WithoutAvx512 = new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = "0" };

    public override string Name => "LandscapeGpu, AVX2";

    public override string Short => "AVX2";

    public override bool IsOurs => true;

    public override bool IsSixteen => true;

    public override Measurement Run(PeerProblem problem, int restarts, int iterations, bool isTimed) =>
        PeerProcess.Lines<DescentLine>(
            WithoutAvx512, "dotnet", Path.Combine(AppContext.BaseDirectory, "LandscapeGpu.Benchmarks.dll"), "engine", problem.Name, "256",
            $"{restarts}", $"{iterations}", $"{isTimed}")[0].Measurement;
}
