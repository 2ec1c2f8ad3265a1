namespace LandscapeGpu.Identity;

/// <summary>Groups that are made fewer.</summary>
internal sealed partial class EndpointGroups
{
    /// <summary>Leaves no more groups than may stay: those of one point made one, and the lowest of these.</summary>
    public void Limit(Func<EndpointGroups, int[]> condense)
    {
        if (Count > limit.Most)
        {
            Condense(condense);
        }
    }

    /// <returns>For each group before, its number now; −1 for those that are kept no more.</returns>
    private int[] Condense(Func<EndpointGroups, int[]> condense)
    {
        var numbers = Condense(condense(this));
        if (Count > limit.Most)
        {
            var lowest = Condense(limit.Lowest(this, g => Doubt(values[g], residuals[g], roundings[g])));
            numbers = Array.ConvertAll(numbers, n => n < 0 ? -1 : lowest[n]);
        }

        Renumbered?.Invoke(numbers);
        return numbers;
    }

    private double Doubt(double value, double residual, double rounding) => SameValue.Doubt(value, residual, rounding, grain * scale.Max());

    /// <summary>Makes those one that an identity says are one; each keeps its best point and begins where the first of them began.</summary>
    /// <param name="best">Of each group, the best of those it is one with; −1 for those that are kept no more.</param>
    /// <returns>For each group before, its number now; −1 for those that are kept no more.</returns>
    private int[] Condense(int[] best)
    {
        var (before, count) = (Clone(), Count);
        var numbers = new Dictionary<int, int>();
        (Count, chains) = (0, new());
        foreach (var group in Enumerable.Range(0, count).Where(g => best[g] >= 0))
        {
            var isNew = numbers.TryAdd(best[group], Count);
            var number = numbers[best[group]];
            if (isNew)
            {
                Count++;
                before.Point(best[group]).CopyTo(points.AsSpan(number * Dimension));
                before.anchors.AsSpan(group * Dimension, Dimension).CopyTo(anchors.AsSpan(number * Dimension));
                (values[number], residuals[number]) = (before.values[best[group]], before.residuals[best[group]]);
                (uncertainties[number], roundings[number]) = (before.uncertainties[best[group]], before.roundings[best[group]]);
                before.moments.AsSpan(2 * best[group], 2).CopyTo(moments.AsSpan(2 * number));
                (counts[number], originals[number]) = (0, number);
                chains.Add(number, lattice.CellOf(anchors.AsSpan(number * Dimension, Dimension)));
            }

            counts[number] += before.counts[group];
        }

        groupOfMinimum = groupOfMinimum.Where(m => best[m.Value] >= 0).ToDictionary(m => m.Key, m => numbers[best[m.Value]]);
        condensed = Math.Max(1, Count);
        return Array.ConvertAll(best[..count], b => b < 0 ? -1 : numbers[b]);
    }

    private EndpointGroups Clone() => new(scale, 1, grain)
    {
        points = [.. points],
        values = [.. values],
        residuals = [.. residuals],
        moments = [.. moments],
        uncertainties = [.. uncertainties],
        roundings = [.. roundings],
        anchors = [.. anchors],
        counts = [.. counts],
    };
}
