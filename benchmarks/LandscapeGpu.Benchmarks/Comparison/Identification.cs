using System.Diagnostics;
using LandscapeGpu.Benchmarks.Problems;
using LandscapeGpu.Identity;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>Endpoints in ten dimensions told apart, by ours and by the fastest exact peer: rounding, then a k-d tree.</summary>
internal sealed class Identification(string python, string peers, int endpoints)
{
    private const int Dimension = 10;
    private readonly float[] points = EndpointCloud.Popular(endpoints, Dimension);

    public int Endpoints => endpoints;

    /// <summary>Ours and the peer's, one after the other.</summary>
    public (double Ours, int Clusters, ClusteringLine Peer) Run()
    {
        var watch = Stopwatch.StartNew();
        var ours = Clustering.Cluster(points, Dimension, EndpointCloud.Tolerance);
        var seconds = watch.Elapsed.TotalSeconds;
        return (seconds, ours.Count, PeerProcess.Lines<ClusteringLine>(
            python, Path.Combine(peers, "clustering.py"), "-n", $"{endpoints}", "-d", $"{Dimension}")[0]);
    }
}
