namespace LandscapeGpu.Identity;

/// <summary>A row-major n×d table of points.</summary>
internal readonly record struct PointTable(ReadOnlyMemory<double> Values, int Dimension)
{
    /// <summary>The number of points.</summary>
    public int Count => Values.Length / Dimension;

    /// <summary>Point <paramref name="row"/>.</summary>
    public ReadOnlySpan<double> this[int row] => Values.Span.Slice(row * Dimension, Dimension);

    /// <summary>The Euclidean distance of two points, squared.</summary>
    public double SquaredDistance(int a, int b)
    {
        var all = Values.Span;
        return Projection.SquaredDistance(all.Slice(a * Dimension, Dimension), all.Slice(b * Dimension, Dimension));
    }
}
