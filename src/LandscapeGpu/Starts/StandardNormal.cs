namespace LandscapeGpu.Starts;

/// <summary>Independent standard normal coordinates, the raw material of every rotation-invariant sampler.</summary>
internal static class StandardNormal
{
    /// <summary>Writes coordinates 0, …, d − 1 of the standard normal point of a restart.</summary>
    public static void Fill(ulong seed, ulong restart, Span<double> point)
    {
        var i = 0;
        for (; i + 1 < point.Length; i += 2)
        {
            var normal = CounterRandom.NormalPair(seed, StreamId.Starts, restart, 0, (uint)i >> 1);
            point[i] = normal.Even;
            point[i + 1] = normal.Odd;
        }

        if (i < point.Length)
        {
            point[i] = Coordinate(seed, restart, i);
        }
    }

    /// <summary>Coordinate i of that point, also beyond its dimension.</summary>
    public static double Coordinate(ulong seed, ulong restart, int i) =>
        CounterRandom.Normal(seed, StreamId.Starts, restart, 0, (uint)i);

    /// <summary>∑ xᵢ², summed in order so that it rounds the same everywhere. Positive: no normal number here is zero.</summary>
    public static double SquaredNorm(ReadOnlySpan<double> point)
    {
        var sum = 0.0;
        foreach (var x in point)
        {
            sum = Math.FusedMultiplyAdd(x, x, sum);
        }

        return sum;
    }

    public static void Scale(Span<double> point, double factor)
    {
        foreach (ref var x in point)
        {
            x *= factor;
        }
    }
}
