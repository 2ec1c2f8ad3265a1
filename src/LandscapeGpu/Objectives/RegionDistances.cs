namespace LandscapeGpu.Objectives;

/// <summary>What is far and what is near in a region, wherever its origin is.</summary>
internal static class RegionDistances
{
    /// <summary>What distances from a point are short or long against, wherever the origin is.</summary>
    public static double Reach(this Region region, ReadOnlySpan<double> point)
    {
        var (fromMiddle, square) = (0.0, 0.0);
        for (var i = 0; i < point.Length; i++)
        {
            var away = point[i] - region.Middle(i);
            fromMiddle += away * away;
            square += point[i] * point[i];
        }

        return StepLengths.Reach(fromMiddle, square);
    }

    /// <summary>How far polish may come from a point.</summary>
    public static double Leash(this Region region, ReadOnlySpan<double> point)
    {
        var square = 0.0;
        for (var i = 0; i < point.Length; i++)
        {
            square += StepLengths.Leash(point[i] - region.Middle(i), 0.5 * (region.Length(i) ?? 0));
        }

        return 1 + Math.Sqrt(square);
    }
}
