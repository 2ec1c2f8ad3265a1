namespace LandscapeGpu.Surveys;

/// <summary>The order of stationary points in lists: by value and, where values agree to what they may be off by (<see cref="StationaryPoint.HasValueOf"/>), by coordinates.</summary>
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
            var alike = byValue.Skip(ordered.Count + 1).TakeWhile(lowest.HasValueOf).Count();
            ordered.AddRange(byValue.GetRange(ordered.Count, alike + 1).OrderBy(p => p.Point, byCoordinates));
        }

        return ordered;

        double Rounded(double x, int i) => Math.Round(x / units.Length(i), Decimals);
    }

    /// <summary>Lists in one, each in its own order: next comes the lowest of those that are next in theirs.</summary>
    public static IEnumerable<StationaryPoint> Merged(params IReadOnlyList<StationaryPoint>[] lists)
    {
        var at = new int[lists.Length];
        while (true)
        {
            var lowest = -1;
            for (var l = 0; l < lists.Length; l++)
            {
                lowest = at[l] < lists[l].Count && (lowest < 0 || lists[l][at[l]].Value < lists[lowest][at[lowest]].Value) ? l : lowest;
            }

            if (lowest < 0)
            {
                yield break;
            }

            yield return lists[lowest][at[lowest]++];
        }
    }
}
