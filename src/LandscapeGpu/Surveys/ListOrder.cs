namespace LandscapeGpu.Surveys;

/// <summary>The order of stationary points in lists: by value and, where values agree to what polish leaves of them, by coordinates.</summary>
/// <remarks>The last bits of a value differ between devices; the list must not.</remarks>
internal static class ListOrder
{
    // Polished coordinates agree to more digits, and points of one value differ in fewer.
    private const int Decimals = 6;

    /// <param name="points">The points.</param>
    /// <param name="units">The units that they were found in: what agrees is a matter of these.</param>
    public static List<StationaryPoint> Of(IEnumerable<StationaryPoint> points, Units units)
    {
        var byCoordinates = Comparer<IReadOnlyList<double>>.Create((a, b) =>
            a.Select((x, i) => Rounded(x, i).CompareTo(Rounded(b[i], i))).FirstOrDefault(c => c != 0));
        var byValue = points.OrderBy(p => p.Value).ToList();
        var ordered = new List<StationaryPoint>(byValue.Count);
        while (ordered.Count < byValue.Count)
        {
            var lowest = byValue[ordered.Count];
            var alike = byValue.Skip(ordered.Count + 1).TakeWhile(p => p.Value - lowest.Value <= (Stationarity.MillionRoundings * Math.Abs(lowest.Value)) + (Stationarity.Margin * (p.Rounding + lowest.Rounding))).Count();
            ordered.AddRange(byValue.GetRange(ordered.Count, alike + 1).OrderBy(p => p.Point, byCoordinates));
        }

        return ordered;

        double Rounded(double x, int i) => Math.Round(x / units.Length(i), Decimals);
    }

    /// <summary>Lists in one, each in its own order: next comes the lowest of those that are next in theirs.</summary>
    public static List<StationaryPoint> Merged(params IReadOnlyList<StationaryPoint>[] lists)
    {
        var (merged, at) = (new List<StationaryPoint>(), new int[lists.Length]);
        while (Enumerable.Range(0, lists.Length).Where(l => at[l] < lists[l].Count).ToList() is { Count: > 0 } open)
        {
            var lowest = open.MinBy(l => lists[l][at[l]].Value);
            merged.Add(lists[lowest][at[lowest]++]);
        }

        return merged;
    }
}
