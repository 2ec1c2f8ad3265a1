namespace LandscapeGpu.Polish;

/// <summary>Looks at points, from whatever device they come, with bounds of the rounding of value and gradient there: on the processor's lanes, in double precision.</summary>
internal sealed class RoundingTest(Objective objective, Derivatives derivatives, int threads)
{
    /// <summary>f and bounds of its rounding at count × d coordinates.</summary>
    public double[] ValueBounds(ReadOnlyMemory<double> points, int count)
    {
        var found = new double[count];
        Run(points, count, (k, seen) => found[k] = seen.ValueError);
        return found;
    }

    /// <summary>Decides which points are stationary: the gradient is zero to its rounding, or Newton's last step led nowhere that the value could tell.</summary>
    /// <param name="set">Polished points; completed.</param>
    /// <param name="steps">What Newton's last step promised and how long it was, for each; null where there was none.</param>
    public void Decide(PolishedSet set, Func<int, (double Slope, double Length)>? steps)
    {
        var d = set.Dimension;
        Run(set.Points, set.Count, (k, seen) =>
        {
            var point = set.Points.AsSpan(k * d, d).ToArray();
            var norm = seen.Sides.FreeNorm(point, seen.Gradient);
            var at = NewtonPoint.Unknown();
            at.Accept(seen.Value, seen.ValueError, norm);
            (at.Slope, at.Length) = steps?.Invoke(k) ?? (double.NaN, 0);
            (set.Values[k], set.Residuals[k], set.Roundings[k]) = (seen.Value, norm, seen.ValueError);
            set.Uncertainties[k] = at.UncertaintyFrom(Norm(seen.GradientErrors), 1 + Norm(point));
            set.Stationary[k] = double.IsFinite(seen.Value) && double.IsFinite(norm)
                && (seen.Sides.IsStationary(point, seen.Gradient, seen.GradientErrors) || at.PromisesNothing(1 + Norm(point)));
        });
    }

    private void Run(ReadOnlyMemory<double> points, int count, Action<int, Seen> look)
    {
        var rounded = derivatives.Rounded;
        var block = rounded.Slope.Layout.Restarts;
        var next = -block;
        Workers.Run(Math.Min(threads, (count + block - 1) / block), stop =>
        {
            using var lanes = new Lanes(rounded.Slope);
            using var data = rounded.Slope.NewData(objective.Parameters, objective.Replaced);
            var seen = new Seen(objective.Region, derivatives.Dimension);
            for (var begin = Interlocked.Add(ref next, block); begin < count && !stop.IsCancellationRequested; begin = Interlocked.Add(ref next, block))
            {
                var filled = Math.Min(block, count - begin);
                for (var l = 0; l < block; l++)
                {
                    rounded.Write(lanes, l, points.Span.Slice((begin + Math.Min(l, filled - 1)) * derivatives.Dimension, derivatives.Dimension));
                }

                lanes.Run(data);
                for (var l = 0; l < filled; l++)
                {
                    (seen.Value, seen.ValueError) = (lanes.Read(rounded.Value, 0, l), lanes.Read(rounded.ValueError, 0, l));
                    lanes.Read(rounded.Gradient, l, seen.Gradient);
                    lanes.Read(rounded.GradientError, l, seen.GradientErrors);
                    look(begin + l, seen);
                }
            }
        });
    }

    // Where a bound holds, slope and error may be infinite.
    private static double Norm(double[] v) => Math.Sqrt(v.Where(double.IsFinite).Sum(e => e * e));

    /// <summary>What is seen at a point.</summary>
    private sealed class Seen(Region region, int d)
    {
        public HeldSides Sides { get; } = new(region, d);

        public double Value { get; set; }

        public double ValueError { get; set; }

        public double[] Gradient { get; } = new double[d];

        public double[] GradientErrors { get; } = new double[d];
    }
}
