namespace LandscapeGpu.Kernels;

/// <summary>Where a polished endpoint lies in a lattice of cells, and in those that are shifted against it.</summary>
/// <remarks>
/// An edge cuts a minimum whose endpoints lie on both its sides. Each of K directions has edges of its own, and shifted by j/(K + 1) of a cell they lie elsewhere:
/// endpoints that lie nearer together than that are cut along one direction in at most one of K + 1 lattices, and so are whole in one of them at least.
/// </remarks>
internal static class CellLattice
{
    // Off the lattice's own origin: a minimum at 0 would otherwise lie on the edge of 32 cells.
    private const double OffOrigin = 0.381966;

    /// <summary>The key of the cell that holds an endpoint.</summary>
    public static double Key<TMemory>(TMemory memory, CellPlan plan, int item, int lattice)
        where TMemory : struct, IDeviceMemory<double>
    {
        var hash = 0x9E3779B97F4A7C15UL;
        for (var k = 0; k < CellPlan.Directions; k++)
        {
            // To the nearest is as good as down: cells are as wide.
            var cell = (ulong)(long)Math.Round(Math.Min(Math.Max(Along(memory, plan, item, k, lattice), -4e18), 4e18));
            hash = (hash ^ cell) * 0xBF58476D1CE4E5B9UL;
            hash ^= hash >> 31;
        }

        return (long)(hash >> (64 - CellMark.KeyBits));
    }

    /// <summary>Whether an endpoint that is one with this, and is known as well, may lie in another cell.</summary>
    public static bool IsAtEdge<TMemory>(TMemory memory, CellPlan plan, int item, int lattice)
        where TMemory : struct, IDeviceMemory<double>
    {
        var known = plan.Known(memory, item);
        var reach = SamePoint.Reach(known, known, memory.LoadNumber(plan.Grain, 0));
        var isAtEdge = false;
        for (var k = 0; k < CellPlan.Directions; k++)
        {
            var (square, size) = (0.0, 0.0);
            for (var i = 0; i < plan.Dimension; i++)
            {
                var direction = memory.LoadNumber(plan.Direction + (k * plan.Dimension) + i, 0);
                var stretched = direction * memory.LoadNumber(plan.Scale + i, 0);
                square += stretched * stretched;
                size += Math.Abs(direction * memory.LoadPoint((item * plan.Row) + i, 0));
            }

            var along = Along(memory, plan, item, k, lattice);
            var toEdge = 0.5 - Math.Abs(along - Math.Round(along));
            // The sum's own rounding is the bound's second part.
            isAtEdge |= toEdge <= (reach * Math.Sqrt(square)) + (plan.Dimension * Stationarity.UnitRoundoff * size);
        }

        return isAtEdge;
    }

    /// <summary>How many cells an endpoint lies along a direction.</summary>
    private static double Along<TMemory>(TMemory memory, CellPlan plan, int item, int k, int lattice)
        where TMemory : struct, IDeviceMemory<double>
    {
        var along = OffOrigin + ((double)lattice / CellPlan.Lattices);
        for (var i = 0; i < plan.Dimension; i++)
        {
            along = Math.FusedMultiplyAdd(memory.LoadPoint((item * plan.Row) + i, 0), memory.LoadNumber(plan.Direction + (k * plan.Dimension) + i, 0), along);
        }

        return along;
    }
}
