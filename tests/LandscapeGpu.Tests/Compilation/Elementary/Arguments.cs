namespace LandscapeGpu.Tests.Compilation.Elementary;

/// <summary>Arguments to judge a function at: always the same ones.</summary>
internal static class Arguments
{
    /// <summary>Evenly random in an interval, ends included.</summary>
    public static IEnumerable<double> Even(double low, double high, int count)
    {
        var random = new Random(1);
        yield return low;
        yield return high;
        for (var i = 0; i < count; i++)
        {
            yield return low + (high - low) * random.NextDouble();
        }
    }

    /// <summary>Both signs, magnitudes evenly random in their logarithm.</summary>
    public static IEnumerable<double> EveryMagnitude(double low, double high, int count) =>
        Even(Math.Log2(low), Math.Log2(high), count)
            .Select((e, i) => Math.Clamp(Math.Pow(2, e), low, high) * (i % 2 == 0 ? 1 : -1));

    /// <summary>The multiples of a step up to a bound, as double and as float, and their neighbours.</summary>
    public static IEnumerable<double> NearMultiples(double step, double bound, int count)
    {
        var random = new Random(2);
        for (var i = 0; i < count; i++)
        {
            var multiple = i < count / 2 ? i : Math.Floor(random.NextDouble() * bound / step);
            var x = Math.Min(multiple * step, bound);
            foreach (var near in (double[])[x, Math.BitIncrement(x), Math.BitDecrement(x), (float)x, MathF.BitIncrement((float)x)])
            {
                yield return near;
                yield return -near;
            }
        }
    }

    /// <summary>Every so many-th float of both signs within [low, high], by bit pattern.</summary>
    public static IEnumerable<double> Floats(float low, float high, int stride = 9973)
    {
        for (long bits = int.MinValue; bits <= int.MaxValue; bits += stride)
        {
            var x = BitConverter.Int32BitsToSingle((int)bits);
            if (x >= low && x <= high)
            {
                yield return x;
            }
        }
    }
}
