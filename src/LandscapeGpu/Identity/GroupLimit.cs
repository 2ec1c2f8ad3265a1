namespace LandscapeGpu.Identity;

/// <summary>The most groups that are kept: the lowest ones, so that memory is bounded however many stationary points there are.</summary>
/// <remarks>
/// Once groups had to go, only points that are lower for certain than the lowest of those begin new ones. So each group that is left has been there since
/// its first point, and its count is exact; the points of all others are counted together.
/// </remarks>
internal sealed class GroupLimit(int most)
{
    private double ceiling = double.PositiveInfinity;

    /// <summary>How many groups may stay.</summary>
    public int Most => most;

    /// <summary>Points that are in no group.</summary>
    public long Unlisted { get; private set; }

    /// <summary>Whether a point that is in no group yet may begin one; else it is counted.</summary>
    /// <param name="value">f there.</param>
    /// <param name="doubt">How much higher it may be for all that is known; infinite beside an infinite slope.</param>
    /// <param name="restarts">How many restarts came there.</param>
    public bool Admits(double value, double doubt, long restarts)
    {
        // Before any had to go, all are, whatever the doubt.
        var isAdmitted = double.IsPositiveInfinity(ceiling) || !(value + doubt >= ceiling);
        Unlisted += isAdmitted ? 0 : restarts;
        return isAdmitted;
    }

    /// <summary>Names the groups that stay by themselves, and those that go by −1: the highest and, of one value, the latest.</summary>
    public int[] Lowest(EndpointGroups groups, Func<int, double> doubtOf)
    {
        var stay = Enumerable.Range(0, groups.Count).ToArray();
        foreach (var group in stay.OrderBy(groups.Value).ThenBy(g => g).Skip(most).ToArray())
        {
            stay[group] = -1;
            Unlisted += groups.CountOf(group);
            ceiling = Math.Min(ceiling, groups.Value(group) - doubtOf(group));
        }

        return stay;
    }
}
