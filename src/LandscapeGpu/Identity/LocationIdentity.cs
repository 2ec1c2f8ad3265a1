namespace LandscapeGpu.Identity;

/// <summary>Two endpoints are the same minimum where they are the same place.</summary>
internal sealed record LocationIdentity : PointIdentity
{
    internal LocationIdentity(double tolerance) : base(tolerance) { }

    /// <summary>The unit of each coordinate, d positive numbers; empty, the default, is 1 for all.</summary>
    public IReadOnlyList<double> Scale { get; init; } = [];

    private protected override PointTable RowsOf(StoredEndpoints endpoints, ParallelOptions parallel) =>
        new(Scale.Count == 0 ? endpoints.Points : Clustering.InUnitsOf([.. Scale], endpoints.Points, endpoints.Dimension), endpoints.Dimension);
}
