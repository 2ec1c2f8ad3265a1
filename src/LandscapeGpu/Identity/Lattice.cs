namespace LandscapeGpu.Identity;

/// <summary>Cells that points near one another mostly share: those of their projections on five random directions.</summary>
/// <param name="scale">The unit of each coordinate.</param>
/// <param name="width">How wide a cell is, in units of the scale.</param>
internal sealed class Lattice(double[] scale, double width)
{
    private const int Directions = CellPlan.Directions;

    private readonly Projection projection = new(scale.Length);

    /// <summary>The directions, one after the other: how many cells a point lies along each is its product with it.</summary>
    public IEnumerable<double> InCells => Enumerable.Range(0, Directions * scale.Length)
        .Select(k => projection.Direction(k / scale.Length, k % scale.Length) / (scale[k % scale.Length] * width));

    /// <summary>The hash of the cell that holds a point.</summary>
    public ulong CellOf(ReadOnlySpan<double> point)
    {
        var scaled = point.Length <= 256 ? stackalloc double[point.Length] : new double[point.Length];
        for (var i = 0; i < point.Length; i++)
        {
            scaled[i] = point[i] / scale[i];
        }

        var projected = projection.Apply(scaled, out _);
        var hash = 0x9E3779B97F4A7C15UL;
        for (var side = 0; side < Directions; side++)
        {
            // Off the lattice's own origin: a minimum at 0 would otherwise lie on the edge of 32 cells.
            hash = (hash ^ (ulong)BitConverter.DoubleToInt64Bits(Math.Floor((projected[side] / width) + 0.381966) + 0.0)) * 0xBF58476D1CE4E5B9;
            hash ^= hash >> 31;
        }

        return hash;
    }
}
