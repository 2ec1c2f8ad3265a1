namespace LandscapeGpu.Identity;

/// <summary>Groups of endpoints that are one minimum: single linkage of those that lie as near as their uncertainties allow and have one value.</summary>
internal static class Linkage
{
    /// <param name="rows">What is compared: places in units of the scale, invariants or fingerprints.</param>
    /// <param name="reach">No two rows are one that are farther apart than this.</param>
    /// <param name="areOne">Whether two rows within reach, at a distance, are one.</param>
    /// <param name="threads">How many threads; nothing depends on it.</param>
    /// <param name="stop">Stops early: rows that were not compared by then are apart.</param>
    /// <returns>Of each row, the first row of those it is one with; and how clearly they are apart.</returns>
    public static (int[] Roots, double Separation) Of(PointTable rows, double reach, Func<int, int, double, bool> areOne, int threads, CancellationToken stop = default)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var projection = new Projection(rows.Dimension);
        var (projections, largest) = (new Projected[rows.Count], 0.0);
        for (var k = 0; k < rows.Count; k++)
        {
            projections[k] = projection.Apply(rows[k], out var size);
            largest = Math.Max(largest, size);
        }

        // Where very many rows are one, pairs of them would be too many to visit: those that are one with the first of their cell are joined before.
        var (sets, lattice, firstOfCell) = (new DisjointSets(rows.Count), new Lattice([.. Enumerable.Repeat(1.0, rows.Dimension)], 4 * reach), new Dictionary<ulong, int>());
        for (var k = 0; reach > 0 && k < rows.Count && !stop.IsCancellationRequested; k++)
        {
            var cell = lattice.CellOf(rows[k]);
            if (!firstOfCell.TryAdd(cell, k) && firstOfCell[cell] is var first && Distance(first, k) is var distance && distance <= reach && areOne(first, k, distance))
            {
                sets.Join(first, k);
            }
        }

        new ProjectionTree(projections, parallel, sets.Roots()).VisitPairs(reach + projection.Slack(largest), (a, b, unchanged) =>
        {
            if (!stop.IsCancellationRequested && sets.Find(a) != sets.Find(b) && Distance(a, b) is var distance && distance <= reach && areOne(a, b, distance))
            {
                sets.Join(a, b);
            }

            return unchanged;
        });
        var roots = sets.Roots();
        int[] ones = [.. Enumerable.Range(0, rows.Count).Where(k => roots[k] == k)];
        var separation = ones.Length < 2 ? double.PositiveInfinity
            : new ProjectionTree([.. ones.Select(k => projections[k])], parallel).ClosestPair((a, b) => rows.SquaredDistance(ones[a], ones[b]));
        return (roots, Math.Sqrt(separation));

        double Distance(int a, int b) => Math.Sqrt(rows.SquaredDistance(a, b));
    }
}
