using BenchmarkDotNet.Attributes;
using LandscapeGpu.Benchmarks.Problems;
using LandscapeGpu.Polish;

namespace LandscapeGpu.Benchmarks;

/// <summary>Telling endpoints in ten dimensions apart.</summary>
public class IdentificationOfEndpoints
{
    private const int Dimension = 10;

    private PolishedSet[] popular = [];
    private PolishedSet[] distinct = [];

    [Params(100_000, 1_000_000)]
    public int Endpoints { get; set; }

    [GlobalSetup]
    public void Make() => (popular, distinct) = (EndpointCloud.Popular(Endpoints, Dimension), EndpointCloud.AllDistinct(Endpoints, Dimension));

    [Benchmark]
    public int TwoThousandMinima() => EndpointCloud.Apart(popular);

    [Benchmark]
    public int AllDistinct() => EndpointCloud.Apart(distinct);
}
