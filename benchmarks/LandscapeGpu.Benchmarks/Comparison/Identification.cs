using System.Diagnostics;
using LandscapeGpu.Benchmarks.Problems;
using LandscapeGpu.Polish;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>Endpoints in ten dimensions told apart, by ours and by the fastest exact peer: rounding, then a k-d tree.</summary>
internal sealed class Identification(string python, string peers, int endpoints)
{
    private const int Dimension = 10;
    private readonly PolishedSet[] batches = EndpointCloud.Popular(endpoints, Dimension);

    public int Endpoints => endpoints;

    /// <summary>Ours and the peer's, one after the other.</summary>
    public (double Ours, int Clusters, ClusteringLine Peer) Run()
    {
        var watch = Stopwatch.StartNew();
        var ours = EndpointCloud.Apart(batches);
        var seconds = watch.Elapsed.TotalSeconds;
        return (seconds, ours, PeerProcess.Lines<ClusteringLine>(
            python, Path.Combine(peers, "clustering.py"), "-n", $"{endpoints}", "-d", $"{Dimension}")[0]);
    }
}
