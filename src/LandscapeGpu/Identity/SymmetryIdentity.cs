namespace LandscapeGpu.Identity;

/// <summary>Two endpoints are the same minimum where a symmetry carries one to the other.</summary>
internal sealed record SymmetryIdentity : PointIdentity
{
    internal SymmetryIdentity(Symmetry symmetry, double tolerance) : base(tolerance)
    {
        Symmetry = symmetry;
    }

    /// <summary>The symmetry; the tolerance is a distance of its invariants.</summary>
    public Symmetry Symmetry { get; }

    /// <summary>
    /// Whether points whose orbits differ in dimension are told apart even where their invariants agree, as they do where one orbit ends
    /// in another: stationary points of a deep linear network that all compute zero, say.
    /// </summary>
    public bool SeparatesDimensions { get; init; }

    public override PointTable Rows(StoredEndpoints endpoints, int threads)
    {
        int dimension = endpoints.Dimension, width = Symmetry.LengthFor(dimension), length = width + (SeparatesDimensions ? 1 : 0);
        var map = Symmetry.MapFor(dimension);
        var invariants = new double[endpoints.Count * length];
        Parallel.For(0, endpoints.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            var point = endpoints.Points.Span.Slice(i * dimension, dimension);
            map(point, invariants.AsSpan(i * length, width));
            if (SeparatesDimensions)
            {
                invariants[(i + 1) * length - 1] = Symmetry.OrbitOf(point, Tolerance)?.Dimension ?? 0;
            }
        });
        return new PointTable(invariants, length);
    }
}
