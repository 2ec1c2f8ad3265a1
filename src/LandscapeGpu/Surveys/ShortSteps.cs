namespace LandscapeGpu.Surveys;

/// <summary>Descents in steps that are short beside the region, side by side: they come to the low side of a jump, or before a low ridge, that a usual step passes.</summary>
/// <remarks>A line search takes any point that is low enough, on whichever side of a jump. A jump that is lower than what f falls by over a step shows by slopes, which do not explain it.</remarks>
/// <param name="values">The landscape.</param>
/// <param name="scale">The unit of each coordinate.</param>
/// <param name="jumps">Finds jumps; null where the formula has none.</param>
internal sealed class ShortSteps(MirroredValues values, double[] scale, HeldByJumps? jumps)
{
    // Of the region's length; as many steps lead across it twice.
    private const double Step = 1.0 / 512;
    private const int MostSteps = 1024;

    // What is left to an end is done by other descents.
    private const double Nearest = Step * Step;

    private readonly int d = scale.Length;

    /// <summary>Goes down from each of count × d coordinates, in place.</summary>
    public void Run(double[] points, CancellationToken stop)
    {
        var count = points.Length / d;
        var (next, lengths) = ((double[])points.Clone(), new double[count]);
        var (f, there, slopes, steep) = (new double[count], new double[count], new double[points.Length], new double[points.Length]);
        Array.Fill(lengths, Step);
        values.At(points, f, slopes);
        for (var step = 0; step < MostSteps && !stop.IsCancellationRequested; step++)
        {
            var isOpen = false;
            for (var k = 0; k < count; k++)
            {
                isOpen |= TryAhead(k, points, slopes, next, lengths[k]);
            }

            if (!isOpen)
            {
                return;
            }

            values.At(next, there, steep);
            double[] middle = jumps is null ? [] : [.. points.Zip(next, (x, y) => x + (0.5 * (y - x)))];
            var (between, bends) = (new double[middle.Length / d], new double[middle.Length]);
            values.At(middle, between, bends);
            for (var k = 0; k < count; k++)
            {
                if (there[k] < f[k] && jumps is not null && PlaceAt(k, points, f, slopes) is var from && PlaceAt(k, next, there, steep) is var to
                    && HeldByJumps.MayPass(from, PlaceAt(k, middle, between, bends), to) && jumps.BeforeRise(values, from, to) is { } low)
                {
                    low.CopyTo(points, k * d);
                    // Nothing is lower than where it ends.
                    (lengths[k], f[k]) = (0, double.NegativeInfinity);
                }
                else if (there[k] < f[k])
                {
                    f[k] = there[k];
                    next.AsSpan(k * d, d).CopyTo(points.AsSpan(k * d));
                    steep.AsSpan(k * d, d).CopyTo(slopes.AsSpan(k * d));
                }
                else
                {
                    lengths[k] /= 2;
                }
            }
        }
    }

    private HeldByJumps.Place PlaceAt(int k, double[] points, double[] found, double[] slopes) => new(points.AsSpan(k * d, d).ToArray(), found[k], slopes.AsSpan(k * d, d).ToArray());

    /// <summary>Whether a point goes on, and where it would be next.</summary>
    private bool TryAhead(int k, double[] points, double[] slopes, double[] next, double length)
    {
        var square = 0.0;
        for (var i = 0; i < d; i++)
        {
            square += scale[i] * slopes[(k * d) + i] * scale[i] * slopes[(k * d) + i];
        }

        var share = length / Math.Sqrt(square);
        if (!(length > Nearest) || !(share > 0 && share < double.PositiveInfinity))
        {
            return false;
        }

        for (var i = 0; i < d; i++)
        {
            next[(k * d) + i] = points[(k * d) + i] - (share * scale[i] * scale[i] * slopes[(k * d) + i]);
        }

        values.Inside(next.AsSpan(k * d, d));
        return true;
    }
}
