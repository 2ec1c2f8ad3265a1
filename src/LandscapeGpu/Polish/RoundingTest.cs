namespace LandscapeGpu.Polish;

/// <summary>Looks at points, from whatever device they come, with bounds of the rounding of the value there: on the processor's lanes, in double precision.</summary>
internal sealed class RoundingTest(Objective objective, Derivatives derivatives, int threads)
{
    /// <summary>Bounds of the rounding of f at count × d coordinates.</summary>
    public double[] ValueBounds(ReadOnlyMemory<double> points, int count) => [.. Bounds(points, count).Select(b => b.Value)];

    /// <summary>Bounds of the rounding of f at count × d coordinates that are meant as they are: what f is at those very numbers.</summary>
    public double[] ExactBounds(ReadOnlyMemory<double> points, int count)
    {
        int[] all = [.. Enumerable.Range(0, derivatives.Dimension)];
        return [.. Bounds(points, count, _ => all).Select(b => b.Value)];
    }

    /// <summary>Bounds of the rounding of f and of each entry of ∇f at count × d coordinates.</summary>
    /// <param name="points">The coordinates.</param>
    /// <param name="count">Of how many points.</param>
    /// <param name="exact">Of each point the coordinates that are meant as they are, as on a bound; null for none.</param>
    public (double Value, double[] Slope)[] Bounds(ReadOnlyMemory<double> points, int count, Func<int, IReadOnlyList<int>>? exact = null)
    {
        var found = new (double, double[])[count];
        var rounded = derivatives.Rounded;
        var block = rounded.Slope.Layout.Restarts;
        var next = -block;
        Workers.Run(Math.Min(threads, (count + block - 1) / block), stop =>
        {
            using var lanes = objective.OnLanes(rounded.Slope);
            for (var begin = Interlocked.Add(ref next, block); begin < count && !stop.IsCancellationRequested; begin = Interlocked.Add(ref next, block))
            {
                var filled = Math.Min(block, count - begin);
                for (var l = 0; l < block; l++)
                {
                    var k = begin + Math.Min(l, filled - 1);
                    rounded.Write(lanes, l, points.Span.Slice(k * derivatives.Dimension, derivatives.Dimension), exact?.Invoke(k) ?? []);
                }

                lanes.Run();
                for (var l = 0; l < filled; l++)
                {
                    var slope = new double[derivatives.Dimension];
                    lanes.Read(rounded.GradientError, l, slope);
                    found[begin + l] = (lanes.Read(rounded.ValueError, 0, l), slope);
                }
            }
        });
        return found;
    }
}
