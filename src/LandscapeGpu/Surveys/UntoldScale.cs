namespace LandscapeGpu.Surveys;

/// <summary>How large distances are where nobody said: by what the formula does with its coordinates, by the curvatures of a convex quadratic, and of others by what the restarts say afterwards.</summary>
internal static class UntoldScale
{
    // A Hessian that is the same at so many starts is so everywhere.
    private const int Looks = 3;

    /// <summary>The objective with the scale that its formula tells, or of a quadratic one over which its coordinates change the value alike, where nobody said how large distances are; any other as it is.</summary>
    /// <remarks>
    /// A straight line through times in seconds since 1970 is 10⁹ times as steep along its slope as along its intercept: a rounding of a unit of that slope would be all of it. The flattest coordinate keeps its unit, so
    /// that none is larger than it was: in a unit that is too large a coordinate has no digits, in one that is too small it has all. It has one minimum, and no start can miss it; of others slopes at starts say
    /// little, where starts may be of another size altogether.
    /// </remarks>
    /// <param name="objective">The landscape, in the formula's units.</param>
    /// <param name="starts">Where restarts begin; null for the objective's own.</param>
    /// <param name="bits">The width of vectors; null for the widest there is.</param>
    public static Objective Told(Objective objective, Sampler? starts, int? bits = null)
    {
        var d = objective.Dimension;
        if (!IsUntold(objective, starts) || objective.Symmetry is not null || d > LanePolish.MostCoordinates)
        {
            return objective;
        }

        if (NaturalSizes.Of(objective) is { } sizes)
        {
            return objective with { Scale = sizes.Lengths, ValueScale = sizes.Value };
        }

        if (d == 1)
        {
            return objective;
        }

        using var hessians = new LaneHessians(Derivatives.Of(objective, bits), objective);
        double[][] forms = [.. Enumerable.Range(0, Looks).Select(k =>
        {
            var point = new double[d];
            objective.StartsFrom(null).Draw(0, k, point);
            return hessians.At(point);
        })];
        double[] curvatures = [.. Enumerable.Range(0, d).Select(i => Math.Sqrt(forms[0][(i * d) + i]))];
        return curvatures.All(c => c > 0 && double.IsFinite(c)) && curvatures.Max() > UnitChoice.AlikeDeviations * curvatures.Min() && forms.All(IsFirst)
            ? objective with { Scale = [.. curvatures.Select(c => Units.PowerOfTwo(curvatures.Min() / c))] }
            : objective;

        bool IsFirst(double[] form) => Enumerable.Range(0, d * d).All(e => Math.Abs(form[e] - forms[0][e]) <= Stationarity.HalfTheDigits * curvatures[e / d] * curvatures[e % d]);
    }

    private static bool IsUntold(Objective objective, Sampler? starts) => objective is { Scale: null, Starts: null, Region.IsWholeSpace: true } && starts is null;

    // Units a thousand times as large or as small are what SI's prefixes step by; descents end within some tens of the starts' deviation where it is about right.
    private const double Other = 1e3;

    /// <summary>The warning; null where there is nothing to warn of.</summary>
    /// <param name="objective">The landscape, in the formula's units.</param>
    /// <param name="options">How it was explored.</param>
    /// <param name="found">What was found.</param>
    /// <param name="outcomes">How the restarts ended.</param>
    public static string? Of(Objective objective, SurveyOptions options, IReadOnlyList<StationaryPoint> found, OutcomeCounts outcomes)
    {
        if (!IsUntold(objective, options.Starts) || objective.ShownStarts is not Gaussian starts)
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
