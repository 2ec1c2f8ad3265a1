namespace LandscapeGpu.Tests.Devices;

/// <summary>Whether two surveys of one objective, of as many restarts each, found the same: on two devices, by two seeds, or in two versions.</summary>
/// <remarks>
/// Compared are how many restarts converged, and how many ended at each stationary value; points of equal value, as symmetric ones are,
/// count together. Two counts of one probability differ by less than four standard deviations in all but 6 of 100,000 cases.
/// </remarks>
internal static class SurveyAgreement
{
    private const double StandardDeviations = 4;

    // Polished values agree to more between devices; minima whose values are nearer than this count together.
    private const double SameValue = Stationarity.HalfTheDigits;

    /// <summary>What differs by more than sampling allows, a line each; nothing where they agree.</summary>
    /// <exception cref="ArgumentException">The surveys have different numbers of restarts.</exception>
    public static IReadOnlyList<string> Differences(SurveyResult one, SurveyResult other)
    {
        if (one.Restarts != other.Restarts)
        {
            throw new ArgumentException($"The surveys have {one.Restarts} and {other.Restarts} restarts; counts can be compared where there are as many of both.");
        }

        var (values, others) = (Values(one), Values(other));
        var differences = new List<string>();
        Compare("converged", one.Outcomes.Converged, other.Outcomes.Converged);
        foreach (var (value, count) in values)
        {
            Compare(FormattableString.Invariant($"ended at {value:G9}"), count, Count(others, value));
        }

        foreach (var (value, count) in others.Where(o => Count(values, o.Value) == 0))
        {
            Compare(FormattableString.Invariant($"ended at {value:G9}"), 0, count);
        }

        return differences;

        void Compare(string what, long a, long b)
        {
            if (Math.Abs(a - b) > StandardDeviations * Math.Sqrt(a + b))
            {
                differences.Add(FormattableString.Invariant($"{a} and {b} of {one.Restarts} restarts {what}"));
            }
        }
    }

    private static long Count(List<(double Value, long Count)> values, double value) => values.Where(v => IsSame(v.Value, value)).Sum(v => v.Count);

    private static List<(double Value, long Count)> Values(SurveyResult result)
    {
        var values = new List<(double Value, long Count)>();
        foreach (var p in result.AllMinima.Concat(result.Stationary).OrderBy(p => p.Value))
        {
            if (values.Count > 0 && IsSame(values[^1].Value, p.Value))
            {
                values[^1] = (values[^1].Value, values[^1].Count + p.Count);
            }
            else
            {
                values.Add((p.Value, p.Count));
            }
        }

        return values;
    }

    private static bool IsSame(double a, double b) => Math.Abs(a - b) <= SameValue * Math.Max(1, Math.Abs(a));
}
