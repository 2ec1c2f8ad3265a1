using LandscapeGpu.Objectives.Symmetries;

namespace LandscapeGpu.Minima;

/// <summary>Two endpoints are the same minimum where a symmetry carries one to the other.</summary>
public sealed record SymmetryIdentity : Identity
{
    internal SymmetryIdentity(Symmetry symmetry, double tolerance) : base(tolerance)
    {
        ArgumentNullException.ThrowIfNull(symmetry);
        Symmetry = symmetry;
    }

    /// <summary>The symmetry; the tolerance is a distance of its invariants.</summary>
    public Symmetry Symmetry { get; }

    private protected override Rows RowsOf(StoredEndpoints endpoints, ParallelOptions parallel)
    {
        int dimension = endpoints.Dimension, length = Symmetry.LengthFor(dimension);
        InvariantMap map = Symmetry.MapFor(dimension);
        var invariants = new double[endpoints.Count * length];
        Parallel.For(0, endpoints.Count, parallel, i =>
        {
            ReadOnlySpan<double> point = endpoints.Points.Span.Slice(i * dimension, dimension);
            map(point, invariants.AsSpan(i * length, length));
        });
        return new Rows(invariants, length);
    }
}
