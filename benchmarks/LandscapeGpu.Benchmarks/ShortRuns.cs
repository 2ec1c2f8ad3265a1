using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace LandscapeGpu.Benchmarks;

/// <summary>Three warm-ups and three iterations in this process: a few minutes for everything, within some percent.</summary>
internal static class ShortRuns
{
    // In this process because a generated project would have to repeat how this repository restores and builds.
    public static IConfig Config { get; } = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
}
