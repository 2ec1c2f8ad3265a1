using BenchmarkDotNet.Running;
using LandscapeGpu.Benchmarks;
using LandscapeGpu.Benchmarks.Comparison;

if (args is ["compare", ..])
{
    return Comparing.Run(args[1..]);
}

if (args is ["engine", ..])
{
    return EngineLine.Run(args[1..]);
}

if (args is ["pathways", ..])
{
    return PathwayRates.Run(args[1..]);
}

if (args is ["networks", ..])
{
    return NetworkRates.Run(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(ShortRuns).Assembly).Run(args, ShortRuns.Config);
return 0;
