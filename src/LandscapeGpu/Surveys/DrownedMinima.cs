namespace LandscapeGpu.Surveys;

/// <summary>Minima whose values rounding hides so far that another point's, which is known, may be the same: nothing says which of them is lower, or whether they are one.</summary>
/// <remarks>
/// An exponential of e⁴⁵ with a factor that is 0 to more digits than its side of a box has is anything, and every minimum elsewhere is as low as far as rounding tells. Of a perfect fit,
/// whose value is 0 to the last digit, no other point's value is known to be as small.
/// </remarks>
internal static class DrownedMinima
{
    /// <summary>The points; those whose values are not known against the others' are undecided.</summary>
    public static IReadOnlyList<StationaryPoint> Undecided(IReadOnlyList<StationaryPoint> points)
    {
        double[] known = [.. points.Where(p => Stationarity.Margin * p.Rounding <= Stationarity.HalfTheDigits * Math.Abs(p.Value)).Select(p => p.Value).Order()];
        return known.Length == 0 ? points : [.. points.Select(p => p.IsMinimum && IsDrowned(p) ? p with { Kind = StationaryKind.Undecided } : p)];

        bool IsDrowned(StationaryPoint point)
        {
            var room = Stationarity.Margin * point.Rounding;
            if (!double.IsFinite(room) || room <= Stationarity.HalfTheDigits * Math.Abs(point.Value))
            {
                return false;
            }

            var first = Array.BinarySearch(known, point.Value - room);
            first = first < 0 ? ~first : first;
            return first < known.Length && known[first] <= point.Value + room;
        }
    }
}
