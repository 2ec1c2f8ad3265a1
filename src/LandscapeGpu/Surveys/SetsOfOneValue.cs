using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Points that are one by pairs, and never two of different value: a point whose value rounding hides may be one with either of two that nobody takes for one, and does not make them one.</summary>
/// <param name="values">Their values.</param>
/// <param name="roundings">Bounds of the values' rounding.</param>
internal sealed class SetsOfOneValue(double[] values, double[] roundings)
{
    private readonly DisjointSets sets = new(values.Length);

    // Of each set the member whose value is best known, at the place of its root.
    private readonly int[] known = [.. Enumerable.Range(0, values.Length)];

    /// <summary>The root of every point, once pairs are joined: those that are known best first.</summary>
    /// <param name="pairs">Which are one.</param>
    /// <param name="haveValues">Whether values are asked: ends of tails are one whatever they are.</param>
    public int[] Roots(IEnumerable<(int One, int Other)> pairs, Func<int, int, bool> haveValues)
    {
        foreach (var (one, other) in pairs.OrderBy(p => Math.Max(roundings[p.One], roundings[p.Other])))
        {
            var (a, b) = (known[sets.Find(one)], known[sets.Find(other)]);
            // What may have any value is like everything, which says nothing.
            if (!haveValues(one, other) || (double.IsFinite(roundings[a] + roundings[b]) && FlatPaths.AreEqual(values[a], values[b], roundings[a] + roundings[b])))
            {
                sets.Join(one, other);
                known[sets.Find(one)] = roundings[a] <= roundings[b] ? a : b;
            }
        }

        return sets.Roots();
    }
}
