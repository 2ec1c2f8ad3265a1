namespace LandscapeGpu.Devices.Kernels;

/// <summary>A sampler as a kernel understands it: drawn on the device where it knows how, else made here and sent.</summary>
internal sealed class StartNumbers
{
    private readonly RestartRange range;

    public StartNumbers(RestartRange range, int dimension)
    {
        this.range = range;
        Dimension = dimension;
        (Kind, Common) = range.Starts switch
        {
            UniformBox s => (StartKind.Box, Pairs(s.Lower, s.Upper)),
            Gaussian s => (StartKind.Gaussian, Pairs(s.Mean, s.StandardDeviation)),
            UniformSphere s => (StartKind.Sphere, [s.Radius]),
            UniformBall s => (StartKind.Ball, [s.Radius]),
            _ => (StartKind.Given, Array.Empty<double>()),
        };
    }

    public int Dimension { get; }

    public StartKind Kind { get; }

    /// <summary>The numbers that describe all starts; none where they are given one by one.</summary>
    public double[] Common { get; }

    /// <summary>The numbers for the restarts of a batch.</summary>
    public double[] Batch(int begin, int count)
    {
        if (Kind != StartKind.Given)
        {
            return Common;
        }

        var points = new double[count * Dimension];
        Parallel.For(0, count, r => range.Starts.Draw(range.Seed, range.First + begin + r, points.AsSpan(r * Dimension, Dimension)));
        return points;
    }

    private double[] Pairs(PerCoordinate first, PerCoordinate second) =>
        [.. Enumerable.Range(0, Dimension).SelectMany(i => new[] { first[i], second[i] })];
}
