using BenchmarkDotNet.Attributes;
using LandscapeGpu.Benchmarks.Problems;
using LandscapeGpu.Identity;

namespace LandscapeGpu.Benchmarks;

/// <summary>Telling endpoints in ten dimensions apart.</summary>
public class IdentificationOfEndpoints
{
    private const int Dimension = 10;

    private float[] popular = [];
    private float[] distinct = [];

    [Params(100_000, 1_000_000)]
    public int Endpoints { get; set; }

    [GlobalSetup]
    public void Make() => (popular, distinct) = (EndpointCloud.Popular(Endpoints, Dimension), EndpointCloud.AllDistinct(Endpoints, Dimension));

    [Benchmark]
    public object TwoThousandMinima() => Clustering.Cluster(popular, Dimension, EndpointCloud.Tolerance);

    [Benchmark]
    public object AllDistinct() => Clustering.Cluster(distinct, Dimension, EndpointCloud.Tolerance);
}
