namespace LandscapeGpu.Surveys;

/// <summary>Whether a survey began at starts of no particular size, where nothing told what size matters, and the restarts say that it was another.</summary>
internal static class UntoldScale
{
    // Units a thousand times as large or as small are what SI's prefixes step by; descents end within some tens of the starts' deviation where it is about right.
    private const double Other = 1e3;

    /// <summary>The warning; null where there is nothing to warn of.</summary>
    /// <param name="objective">The landscape, in the formula's units.</param>
    /// <param name="options">How it was explored.</param>
    /// <param name="found">What was found.</param>
    /// <param name="outcomes">How the restarts ended.</param>
    public static string? Of(Objective objective, SurveyOptions options, IReadOnlyList<StationaryPoint> found, OutcomeCounts outcomes)
    {
        if (objective.Scale is not null || objective.Starts is not null || options.Starts is not null || !objective.Region.IsWholeSpace || objective.ShownStarts is not Gaussian starts)
        {
            return null;
        }

        const string Advice = "Nothing tells how large distances are here: starts are drawn with deviation 3. Say what size matters, with a scale (Scale, --scale), a region (Region, --domain) or starts (Starts, --starts).";
        var minima = found.Where(p => p.IsMinimum).ToList();
        if (minima.Count == 0)
        {
            return outcomes.Total > outcomes.Unfinished ? "No restart came to a minimum. " + Advice : null;
        }

        for (var i = 0; i < objective.Dimension; i++)
        {
            var deviation = starts.StandardDeviation[i];
            var (least, most) = (minima.Min(m => m.Place[i]), minima.Max(m => m.Place[i]));
            var farthest = Math.Max(Math.Abs(least), Math.Abs(most));
            if (farthest > Other * deviation)
            {
                return FormattableString.Invariant($"Minima lie up to {farthest:G3} away along {objective.Called(i)}, far beyond the starts. ") + Advice;
            }

            // One that has nothing to be apart from may be at 0 for good.
            if (farthest < deviation / Other && most - least > Stationarity.HalfTheDigits * farthest)
            {
                return FormattableString.Invariant($"All minima lie within {farthest:G3} of 0 along {objective.Called(i)}, a speck in the middle of the starts. ") + Advice;
            }
        }

        return null;
    }
}
