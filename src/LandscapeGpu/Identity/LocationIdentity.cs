namespace LandscapeGpu.Identity;

/// <summary>Two endpoints are the same minimum where they are the same place.</summary>
internal sealed record LocationIdentity : PointIdentity
{
    internal LocationIdentity(double tolerance) : base(tolerance) { }

    /// <summary>The unit of each coordinate, d positive numbers; empty, the default, is 1 for all.</summary>
    public IReadOnlyList<double> Scale { get; init; } = [];

    public override PointTable Rows(StoredEndpoints endpoints, int threads)
    {
        double[] rows = endpoints.Points.ToArray(), scale = [.. Scale];
        for (var (e, i) = (0, 0); scale.Length > 0 && e < rows.Length; e++, i = i + 1 < scale.Length ? i + 1 : 0)
        {
            rows[e] /= scale[i];
        }

        return new(rows, endpoints.Dimension);
    }
}
