namespace LandscapeGpu.Surveys;

/// <summary>BFGS along some of the coordinates, the others staying where they are; shares of a step are looked at side by side.</summary>
/// <param name="values">The landscape.</param>
/// <param name="scale">The unit of each coordinate.</param>
/// <param name="firstStep">How far the first step is, in these units.</param>
internal sealed class FreeDescent(MirroredValues values, double[] scale, double firstStep)
{
    // Four times a step, a step, a quarter of it and so on, to a billionth.
    private const int Shares = 16;

    private readonly int d = scale.Length;

    /// <summary>Goes down from a point, in place.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="f">The value there.</param>
    /// <param name="free">The coordinates that move.</param>
    /// <param name="end">No more evaluations in all than about so many.</param>
    public void Run(double[] point, ref double f, int[] free, long end)
    {
        if (free.Length == 0)
        {
            return;
        }

        var inverse = new InverseHessian(free.Length);
        var gradient = Gradient(point, free);
        var isNew = true;
        for (var step = 0; step < 50 + (10 * free.Length) && values.Evaluations < end; step++)
        {
            var length = Inner.Norm(gradient);
            if (!(length > 0) || !double.IsFinite(length))
            {
                return;
            }

            if (isNew)
            {
                inverse.Reset(firstStep / length);
            }

            double[] direction = [.. Enumerable.Range(0, free.Length).Select(k => -inverse.Row(k, gradient))];
            var slope = Inner.Product(direction, gradient);
            var (points, found) = (new double[Shares * d], new double[Shares]);
            for (var k = 0; k < Shares; k++)
            {
                Ahead(point, free, direction, Math.ScaleB(4, -k)).CopyTo(points, k * d);
            }

            values.At(points, found);
            var value = f;
            var best = Array.FindIndex(found, there => there < value);
            while (best >= 0 && best + 1 < Shares && found[best + 1] < found[best])
            {
                best++;
            }

            if (!(slope < 0) || best < 0)
            {
                if (isNew)
                {
                    return;
                }

                isNew = true;
                continue;
            }

            points.AsSpan(best * d, d).CopyTo(point);
            f = found[best];
            var after = Gradient(point, free);
            inverse.Learn([.. direction.Select(e => e * Math.ScaleB(4, -best))], [.. after.Zip(gradient, (b, a) => b - a)], isNew);
            (gradient, isNew) = (after, false);
        }
    }

    private double[] Ahead(double[] point, int[] free, double[] direction, double share)
    {
        double[] ahead = [.. point];
        for (var k = 0; k < free.Length; k++)
        {
            ahead[free[k]] += share * scale[free[k]] * direction[k];
        }

        values.Inside(ahead);
        return ahead;
    }

    private double[] Gradient(double[] point, int[] free)
    {
        var (found, slopes) = (new double[1], new double[d]);
        values.At(point, found, slopes);
        return [.. free.Select(i => scale[i] * slopes[i])];
    }
}
