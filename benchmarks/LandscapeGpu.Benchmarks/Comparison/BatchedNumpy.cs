using LandscapeGpu.Benchmarks.Problems;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>NumPy, batched by hand over restarts: one process a core.</summary>
internal sealed class BatchedNumpy(string python, string peers, bool isSixteen) : Contender
{
    // NumPy takes the widest vectors that the processor has, and so does OpenBLAS; on a processor without AVX-512 they would take these.
    private static readonly IReadOnlyDictionary<string, string> WithoutAvx512 = new Dictionary<string, string>
    {
        ["NPY_DISABLE_CPU_FEATURES"] = "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL",
        ["OPENBLAS_CORETYPE"] = "Haswell",
    };

    public override string Name => isSixteen ? "NumPy, AVX2" : "NumPy, batched by hand";

    public override string Short => isSixteen ? "NumPy AVX2" : "NumPy";

    public override bool IsSixteen => isSixteen;

    public override Measurement Run(PeerProblem problem, int restarts, int iterations, bool isTimed) =>
        PeerProcess.Lines<DescentLine>(
            isSixteen ? WithoutAvx512 : new Dictionary<string, string>(), python, Path.Combine(peers, "batched_numpy.py"), "--obj", problem.Name,
            "-n", $"{restarts}", "--iters", $"{iterations}", "--procs", $"{Environment.ProcessorCount}")[0].Measurement;
}
