namespace LandscapeGpu.Pathways;

/// <summary>Which pairs of minima bands should be stretched between, so that groups of minima that no path joins yet become one.</summary>
/// <remarks>
/// The shortest path by Dijkstra's method on the complete graph of minima: a pair that is joined costs nothing, one that is not the square of its distance, one that
/// was tried often nothing less than never. J. M. Carr, S. A. Trygubenko and D. J. Wales (2005), Journal of Chemical Physics 122, 234903.
/// </remarks>
internal static class MissingLinks
{
    /// <param name="count">How many minima.</param>
    /// <param name="distance">Of two of them; never longer than they are apart.</param>
    /// <param name="areJoined">Whether an edge joins two of them.</param>
    /// <param name="tries">How often a pair was tried; one that is not to be tried again is infinite.</param>
    /// <param name="from">Where the path begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <returns>The links of the path that are missing; none where there is no path left to try.</returns>
    public static IReadOnlyList<(int A, int B)> Between(int count, Func<int, int, double> distance, Func<int, int, bool> areJoined, Func<int, int, double> tries, int from, int to)
    {
        var (cost, before, isDone) = (new double[count], new int[count], new bool[count]);
        Array.Fill(cost, double.PositiveInfinity);
        Array.Fill(before, -1);
        cost[from] = 0;
        while (true)
        {
            var nearest = -1;
            for (var m = 0; m < count; m++)
            {
                nearest = !isDone[m] && cost[m] < (nearest < 0 ? double.PositiveInfinity : cost[nearest]) ? m : nearest;
            }

            if (nearest < 0 || nearest == to)
            {
                break;
            }

            isDone[nearest] = true;
            for (var m = 0; m < count; m++)
            {
                if (isDone[m])
                {
                    continue;
                }

                var apart = distance(nearest, m);
                var link = areJoined(nearest, m) ? 0 : apart * apart * (1 + tries(nearest, m));
                if (cost[nearest] + link < cost[m])
                {
                    (cost[m], before[m]) = (cost[nearest] + link, nearest);
                }
            }
        }

        var missing = new List<(int, int)>();
        for (var m = to; before[m] >= 0; m = before[m])
        {
            if (!areJoined(before[m], m))
            {
                missing.Add((before[m], m));
            }
        }

        return missing;
    }
}
