namespace LandscapeGpu.Starts;

/// <summary>Coordinates as consecutive blocks of one length.</summary>
internal static class Blocks
{
    /// <exception cref="ArgumentException">The coordinates do not divide into blocks.</exception>
    public static void Require(int coordinates, int length, string kind)
    {
        if (length < 1 || coordinates % length != 0)
        {
            throw new ArgumentException($"{coordinates} coordinates do not divide into {kind} of {length}; give a multiple.");
        }
    }

    /// <summary>The largest of what blocks miss their set by.</summary>
    public static double Worst(ReadOnlySpan<double> point, int length, Func<ReadOnlySpan<double>, double> missed)
    {
        var worst = 0.0;
        for (var begin = 0; begin < point.Length; begin += length)
        {
            worst = Math.Max(worst, missed(point.Slice(begin, length)));
        }

        return worst;
    }
}
