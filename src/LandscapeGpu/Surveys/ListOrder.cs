namespace LandscapeGpu.Surveys;

/// <summary>The order of stationary points in lists: by value and, where values agree to what polish leaves of them, by coordinates.</summary>
/// <remarks>The last bits of a value differ between devices; the list must not.</remarks>
internal static class ListOrder
{
    // Polished values agree to this between devices, relative to their size.
    private const double SameValue = 1e-10;

    // Polished coordinates agree to more digits, and points of one value differ in fewer.
    private const int Decimals = 6;

    private static readonly Comparer<IReadOnlyList<double>> ByCoordinates = Comparer<IReadOnlyList<double>>.Create((a, b) =>
        a.Zip(b, (x, y) => Math.Round(x, Decimals).CompareTo(Math.Round(y, Decimals))).FirstOrDefault(c => c != 0));

    public static List<StationaryPoint> Of(IEnumerable<StationaryPoint> points)
    {
        var byValue = points.OrderBy(p => p.Value).ToList();
        var ordered = new List<StationaryPoint>(byValue.Count);
        while (ordered.Count < byValue.Count)
        {
            var lowest = byValue[ordered.Count].Value;
            var alike = byValue.Skip(ordered.Count + 1).TakeWhile(p => p.Value - lowest <= SameValue * Math.Max(1, Math.Abs(lowest))).Count();
            ordered.AddRange(byValue.GetRange(ordered.Count, alike + 1).OrderBy(p => p.Point, ByCoordinates));
        }

        return ordered;
    }
}
