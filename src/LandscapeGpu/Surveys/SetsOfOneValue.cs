using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Points that are one by pairs, where no minimum is made one with places of another value.</summary>
/// <remarks>A point whose value rounding hides may be one with either of two that nobody takes for one: it does not make them one. Places of a floor that slopes may differ, from the first to the last.</remarks>
/// <param name="values">Their values.</param>
/// <param name="roundings">Bounds of the values' rounding.</param>
/// <param name="isMinimum">Whether a point is a minimum by itself, with no floor around it.</param>
internal sealed class SetsOfOneValue(double[] values, double[] roundings, Func<int, bool> isMinimum)
{
    private readonly DisjointSets sets = new(values.Length);

    // Of each set, at the place of its root: the member whose value is best known, and whether one of them is a minimum by itself.
    private readonly int[] known = [.. Enumerable.Range(0, values.Length)];
    private readonly bool[] hasMinimum = [.. Enumerable.Range(0, values.Length).Select(isMinimum)];

    /// <summary>The root of every point, once pairs are joined: those that are known best first.</summary>
    /// <param name="pairs">Which are one.</param>
    /// <param name="haveValues">Whether values are asked: ends of tails are one whatever they are.</param>
    public int[] Roots(IEnumerable<(int One, int Other)> pairs, Func<int, int, bool> haveValues)
    {
        foreach (var (one, other) in pairs.OrderBy(p => Math.Max(roundings[p.One], roundings[p.Other])))
        {
            var (a, b) = (sets.Find(one), sets.Find(other));
            // What may have any value would be like everything, which says nothing: its value is what was computed.
            var isKnown = double.IsFinite(roundings[one] + roundings[other]) || FlatPaths.AreEqual(values[one], values[other], 0);
            if (!haveValues(one, other) || (isKnown && (!(hasMinimum[a] || hasMinimum[b]) || AreEqual(values[known[a]], roundings[known[a]], values[known[b]], roundings[known[b]]))))
            {
                sets.Join(one, other);
                var root = sets.Find(one);
                (known[root], hasMinimum[root]) = (roundings[known[a]] <= roundings[known[b]] ? known[a] : known[b], hasMinimum[a] || hasMinimum[b]);
            }
        }

        return sets.Roots();
    }

    /// <summary>Whether two values may be of one minimum: where the better known of them is, to half its digits, what differs by more than a share of them is another, however much f changes elsewhere.</summary>
    public static bool AreEqual(double a, double roundingOfA, double b, double roundingOfB)
    {
        var (value, doubt) = roundingOfA <= roundingOfB ? (a, roundingOfA) : (b, roundingOfB);
        var isKnown = Stationarity.Margin * doubt <= Stationarity.HalfTheDigits * Math.Abs(value);
        return FlatPaths.AreEqual(a, b, roundingOfA + roundingOfB)
            && (!isKnown || Math.Abs(a - b) <= (Stationarity.HalfTheDigits * Math.Max(Math.Abs(a), Math.Abs(b))) + (Stationarity.Margin * (roundingOfA + roundingOfB)));
    }
}
