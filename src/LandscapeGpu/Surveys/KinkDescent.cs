namespace LandscapeGpu.Surveys;

/// <summary>Goes down to a minimum where f may have no gradient: quasi-Newton steps, whose matrix learns creases as the steep directions that they are.</summary>
/// <remarks>
/// BFGS with a line search that asks for a fall and for a slope that has become less steep, and for no more: A. Lewis, M. Overton: Nonsmooth optimization
/// via quasi-Newton methods (Mathematical Programming 141, 2013, 135). Where it comes to a stop, one step goes down the shortest vector of the convex hull
/// of the gradients nearby: J. Burke, A. Lewis, M. Overton: A robust gradient sampling algorithm for nonsmooth, nonconvex optimization (SIAM J. Optim. 15,
/// 2005, 751). All is in units of the scale.
/// </remarks>
internal sealed class KinkDescent
{
    // Of Lewis and Overton.
    private const double LessSteep = 0.5;

    // Halvings and doublings of a step: a double's digits and some.
    private const int MostTrials = 60;

    // How far the first step is.
    private const double FirstStep = 1e-4;

    // A step that is shorter is none.
    private const double NearestStep = 1e-15;

    private const int MostHulls = 16;

    private readonly MirroredValues values;
    private readonly double[] scale;
    private readonly int d;
    private readonly double[] gradient;
    private readonly double[] direction;
    private readonly double[] next;
    private readonly double[] nextGradient;
    private readonly double[] inverse;
    private readonly double[] value = new double[1];
    private readonly double[] seenPoints;
    private readonly double[] seenGradients;
    private int seen;

    public KinkDescent(MirroredValues values, double[] scale)
    {
        (this.values, this.scale, d) = (values, scale, scale.Length);
        (gradient, direction, next, nextGradient, inverse) = (new double[d], new double[d], new double[d], new double[d], new double[d * d]);
        var kept = (4 * d) + 16;
        (seenPoints, seenGradients) = (new double[kept * d], new double[kept * d]);
    }

    private int Kept => seenPoints.Length / d;

    private int MostSteps => 50 + (10 * d);

    /// <summary>Goes down from a point, in place; returns the value there.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="seed">Random directions follow from it.</param>
    /// <param name="most">No more evaluations than about so many.</param>
    /// <param name="hulls">How many times a new start is made where steps end; once is enough to come to a crease.</param>
    public double Run(double[] point, int seed, long most, int hulls = MostHulls)
    {
        var end = values.Evaluations + most;
        (seen, var f) = (0, Look(point, gradient));
        var start = (Point: (double[])point.Clone(), Value: f);
        if (!gradient.All(double.IsFinite))
        {
            // On the axis of a cusp there is no gradient to begin with.
            var aside = Orthonormal.Rows(1, d, (ulong)seed);
            for (var i = 0; i < d; i++)
            {
                point[i] += FirstStep * scale[i] * aside[i];
            }

            f = Look(point, gradient);
        }

        for (var turn = 1; values.Evaluations < end && double.IsFinite(f); turn++)
        {
            f = Quasi(point, f, end);
            if (turn >= hulls)
            {
                break;
            }

            var hull = Hull(point, KinkSearch.Nearby, seed + turn);
            if (!TryAlong(point, ref f, Down(hull)) && !TryAxes(point, ref f))
            {
                break;
            }
        }

        if (!(f <= start.Value))
        {
            start.Point.CopyTo(point, 0);
            f = start.Value;
        }

        values.Inside(point);
        return f;
    }

    /// <summary>The shortest vector of the hull of gradients near a point, of those met on the way and of new ones on both sides of it along a random basis.</summary>
    /// <param name="point">The point.</param>
    /// <param name="radius">How near, in units of the scale.</param>
    /// <param name="seed">The basis.</param>
    public (double[] Shortest, double Length, double Longest) Hull(double[] point, double radius, int seed)
    {
        var (basis, around) = (Orthonormal.Rows(d, d, (ulong)seed), new double[2 * d * d]);
        for (var k = 0; k < 2 * d; k++)
        {
            for (var i = 0; i < d; i++)
            {
                around[(k * d) + i] = point[i] + ((k % 2 == 0 ? radius : -radius) * scale[i] * basis[(k / 2 * d) + i]);
            }
        }

        var (found, slopes) = (new double[2 * d], new double[2 * d * d]);
        values.At(around, found, slopes);
        var vectors = new List<double>();
        for (var k = 0; k < 2 * d; k++)
        {
            Keep(slopes.AsSpan(k * d, d), isScaled: false);
        }

        for (var k = 0; k < Math.Min(seen, Kept); k++)
        {
            if (Apart(point, seenPoints.AsSpan(k * d, d)) <= 4 * radius)
            {
                Keep(seenGradients.AsSpan(k * d, d), isScaled: true);
            }
        }

        if (vectors.Count == 0)
        {
            return (new double[d], double.PositiveInfinity, double.PositiveInfinity);
        }

        var shortest = new double[d];
        var longest = vectors.Chunk(d).Max(v => Math.Sqrt(v.Sum(e => e * e)));
        ConvexHull.Shortest(vectors.ToArray(), d, shortest);
        return (shortest, Math.Sqrt(shortest.Sum(e => e * e)), longest);

        void Keep(ReadOnlySpan<double> slope, bool isScaled)
        {
            var first = vectors.Count;
            for (var i = 0; i < d; i++)
            {
                vectors.Add(isScaled ? slope[i] : scale[i] * slope[i]);
            }

            // The square of a slope beside a cusp has to be a number too.
            if (!vectors.Skip(first).All(v => double.IsFinite(v * v)))
            {
                vectors.RemoveRange(first, d);
            }
        }
    }

    private double Quasi(double[] point, double f, long end)
    {
        Look(point, gradient);
        var isNew = true;
        var small = 0;
        for (var steps = 0; steps < MostSteps && values.Evaluations < end && small < 2; steps++)
        {
            if (isNew)
            {
                Array.Clear(inverse);
                var length = Math.Sqrt(gradient.Sum(g => g * g));
                for (var i = 0; i < d && length > 0; i++)
                {
                    inverse[(i * d) + i] = FirstStep / length;
                }
            }

            var slope = 0.0;
            for (var i = 0; i < d; i++)
            {
                direction[i] = -Row(inverse, i, gradient);
                slope += direction[i] * gradient[i];
            }

            if (!(slope < 0))
            {
                return f;
            }

            var before = f;
            if (!TryStep(point, ref f, slope, out var share, out var hasTurned))
            {
                return f;
            }

            // Nor is a fall that is less than what f changes by over a step that is none.
            small = share * Math.Sqrt(direction.Sum(e => e * e)) < NearestStep || before - f < NearestStep * Math.Sqrt(gradient.Sum(g => g * g)) ? small + 1 : 0;
            if (hasTurned)
            {
                Learn(share, isNew);
                isNew = false;
            }

            nextGradient.CopyTo(gradient, 0);
        }

        return f;
    }

    /// <summary>A step along the direction at whose end f is lower and its slope less steep; the best there was where none has both.</summary>
    private bool TryStep(double[] point, ref double f, double slope, out double share, out bool hasTurned)
    {
        var (low, high) = (0.0, double.PositiveInfinity);
        (share, hasTurned) = (1, false);
        for (var trial = 0; trial < MostTrials; trial++)
        {
            Ahead(point, direction, share);
            var there = Look(next, nextGradient);
            if (!(there <= f + (Stationarity.SufficientDecrease * share * slope) && there < f))
            {
                high = share;
            }
            else if (Inner.Product(nextGradient, direction) < LessSteep * slope)
            {
                low = share;
            }
            else if (nextGradient.All(double.IsFinite))
            {
                next.CopyTo(point, 0);
                f = there;
                return hasTurned = true;
            }
            else
            {
                high = share;
            }

            share = double.IsInfinity(high) ? 2 * share : 0.5 * (low + high);
        }

        if (low == 0)
        {
            return false;
        }

        share = low;
        Ahead(point, direction, share);
        f = Look(next, nextGradient);
        next.CopyTo(point, 0);
        return true;
    }

    /// <summary>BFGS's update of the inverse.</summary>
    private void Learn(double share, bool isNew)
    {
        var (y, s) = (new double[d], new double[d]);
        for (var i = 0; i < d; i++)
        {
            (y[i], s[i]) = (nextGradient[i] - gradient[i], share * direction[i]);
        }

        var sy = Inner.Product(s, y);
        if (!(sy > 0) || !double.IsFinite(sy))
        {
            return;
        }

        if (isNew)
        {
            for (var i = 0; i < d; i++)
            {
                inverse[(i * d) + i] = sy / Inner.Product(y, y);
            }
        }

        double[] hy = [.. Enumerable.Range(0, d).Select(i => Row(inverse, i, y))];
        var factor = (1 + (Inner.Product(y, hy) / sy)) / sy;
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                inverse[(i * d) + j] += (factor * s[i] * s[j]) - (((hy[i] * s[j]) + (s[i] * hy[j])) / sy);
            }
        }
    }

    /// <summary>Whether f is below a level somewhere down the shortest vector of a hull.</summary>
    public bool Falls(double[] point, double level, (double[] Shortest, double Length, double Longest) hull) =>
        hull.Length > 0 && Along(point, Down(hull)).Values.Any(f => f < level);

    private static double[] Down((double[] Shortest, double Length, double Longest) hull) => [.. hull.Shortest.Select(e => -e / hull.Length)];

    /// <summary>Points along a unit vector, a unit of the scale away and nearer and nearer, with their values.</summary>
    private (double[] Points, double[] Values) Along(double[] point, double[] way)
    {
        var (along, found) = (new double[MostTrials * d], new double[MostTrials]);
        for (var k = 0; k < MostTrials; k++)
        {
            Ahead(point, way, Math.ScaleB(1, -k));
            next.CopyTo(along, k * d);
        }

        values.At(along, found);
        return (along, found);
    }

    /// <summary>Along a unit vector; whether f was seen to be lower.</summary>
    private bool TryAlong(double[] point, ref double f, double[] way)
    {
        if (!way.All(double.IsFinite))
        {
            return false;
        }

        var (along, lower) = Along(point, way);
        // What rounding may have done is no way down.
        var least = f - (Stationarity.Margin * Stationarity.UnitRoundoff * Math.Abs(f));
        var best = Enumerable.Range(0, MostTrials).Where(k => lower[k] < least).OrderBy(k => lower[k]).Append(-1).First();
        if (best < 0)
        {
            return false;
        }

        along.AsSpan(best * d, d).CopyTo(point);
        f = lower[best];
        return true;
    }

    /// <summary>Along each axis: the other coordinates keep their last digits, which on a steep crease may be worth more than all there is to gain.</summary>
    private bool TryAxes(double[] point, ref double f)
    {
        var isLower = false;
        for (var i = 0; i < 2 * d; i++)
        {
            isLower |= TryAlong(point, ref f, [.. Enumerable.Range(0, d).Select(k => k != i / 2 ? 0.0 : i % 2 == 0 ? 1 : -1)]);
        }

        return isLower;
    }

    /// <summary>f and the gradient in units of the scale.</summary>
    private double Look(double[] at, double[] slope)
    {
        values.At(at, value, slope);
        var k = seen % Kept;
        for (var i = 0; i < d; i++)
        {
            slope[i] *= scale[i];
            (seenPoints[(k * d) + i], seenGradients[(k * d) + i]) = (at[i], slope[i]);
        }

        seen++;
        return value[0];
    }

    private void Ahead(double[] point, double[] along, double share)
    {
        for (var i = 0; i < d; i++)
        {
            next[i] = point[i] + (share * scale[i] * along[i]);
        }
    }

    private double Apart(double[] a, ReadOnlySpan<double> b)
    {
        var square = 0.0;
        for (var i = 0; i < d; i++)
        {
            square += (a[i] - b[i]) / scale[i] * ((a[i] - b[i]) / scale[i]);
        }

        return Math.Sqrt(square);
    }

    private double Row(double[] matrix, int i, double[] v)
    {
        var sum = 0.0;
        for (var j = 0; j < d; j++)
        {
            sum += matrix[(i * d) + j] * v[j];
        }

        return sum;
    }
}
