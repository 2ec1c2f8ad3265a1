namespace LandscapeGpu.Surveys;

/// <summary>Minima of many coordinates at kinks each of which lies along one coordinate, as of a penalty Σ|xᵢ|: found and decided coordinate by coordinate.</summary>
/// <remarks>
/// Where gradients on both sides of a kink of coordinate i differ in entry i alone, f falls from there along v by Σ over coordinates of what it falls by along vᵢ: it is a minimum along what has
/// kinks if the slope is negative before each and positive behind it, and along the rest where the gradient is zero and f rises. Each coordinate is put onto the kink that bisection of its slope's
/// sign finds, the rest is taken down by BFGS, and coordinates that a slope pulls away are let go (an active set, as of orthant-wise methods: G. Andrew, J. Gao, Scalable training of L1-regularized
/// log-linear models, ICML 2007). All is in units of the scale.
/// </remarks>
/// <param name="values">The landscape.</param>
/// <param name="scale">The unit of each coordinate.</param>
internal sealed class SeparableKinks(MirroredValues values, double[] scale)
{
    // Dense matrices of so many coordinates are a matter of seconds.
    public const int MostCoordinates = 1024;

    // How far from a place kinks are looked for: descents in single precision stop a tenth as far from them.
    private const double Around = 1e-3;

    // Halvings of that to a double's last digits.
    private const int Bisections = 48;

    private const int MostRounds = 32;

    // Where values around are looked at along random directions, beside slopes along coordinates.
    private static readonly double[] Distances = [1e-8, 1e-6, 1e-4];

    private readonly int d = scale.Length;
    private readonly bool[] isHeld = new bool[scale.Length];
    private readonly FreeDescent descent = new(values, scale, Around);

    /// <summary>Along how many coordinates that no kink holds f is level beside the last minimum.</summary>
    public int Level { get; private set; }

    /// <summary>Goes down from a point, in place, and says whether it came to a minimum at kinks along coordinates.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="f">The value there.</param>
    /// <param name="most">No more evaluations than about so many.</param>
    public bool TrySettle(double[] point, ref double f, long most)
    {
        var end = values.Evaluations + most;
        Array.Clear(isHeld);
        f = values.ValueAt(point);
        for (var round = 0; round < MostRounds && values.Evaluations < end; round++)
        {
            var before = f;
            var isChanged = Release(point) | Hold(point);
            f = values.ValueAt(point);
            descent.Run(point, ref f, [.. Enumerable.Range(0, d).Where(i => !isHeld[i])], end);
            if (!isChanged && !(f < before - (Stationarity.Margin * Stationarity.UnitRoundoff * Math.Abs(f))))
            {
                break;
            }
        }

        return Enumerable.Range(0, d).Any(i => isHeld[i] && !IsAtSide(point, i)) && IsMinimum(point, f);
    }

    /// <summary>Lets those coordinates go that f falls along from their kink; whether there are any.</summary>
    private bool Release(double[] point)
    {
        var (before, behind) = Slopes(point, KinkKinds.Nearby);
        var isAny = false;
        for (var i = 0; i < d; i++)
        {
            var isLeft = isHeld[i] && !(before[(i * d) + i] <= 0 && behind[(i * d) + i] >= 0);
            (isHeld[i], isAny) = (isHeld[i] && !isLeft, isAny || isLeft);
        }

        return isAny;
    }

    /// <summary>Puts coordinates onto a kink near by whose slope changes its sign there; whether there are any that were not on one.</summary>
    private bool Hold(double[] point)
    {
        int[] open = [.. Enumerable.Range(0, d).Where(i => !isHeld[i])];
        var (low, high) = (new double[open.Length], new double[open.Length]);
        var (below, above) = (SlopesAt(point, open, [.. open.Select(i => point[i] - (Around * scale[i]))]), SlopesAt(point, open, [.. open.Select(i => point[i] + (Around * scale[i]))]));
        int[] turning = [.. Enumerable.Range(0, open.Length).Where(k => below[k] < 0 && above[k] > 0)];
        foreach (var k in turning)
        {
            (low[k], high[k]) = (point[open[k]] - (Around * scale[open[k]]), point[open[k]] + (Around * scale[open[k]]));
        }

        var (slopeBelow, slopeAbove) = (below, above);
        var (lowest, highest) = ((double[])below.Clone(), (double[])above.Clone());
        for (var step = 0; step < Bisections && turning.Length > 0; step++)
        {
            double[] middle = [.. turning.Select(k => 0.5 * (low[k] + high[k]))];
            var slope = SlopesAt(point, [.. turning.Select(k => open[k])], middle);
            for (var j = 0; j < turning.Length; j++)
            {
                var k = turning[j];
                if (slope[j] < 0)
                {
                    (low[k], lowest[k]) = (middle[j], slope[j]);
                }
                else
                {
                    (high[k], highest[k]) = (middle[j], slope[j]);
                }
            }
        }

        // A smooth slope has come to nothing on both sides.
        int[] kinks = [.. turning.Where(k => highest[k] - lowest[k] > Stationarity.HalfTheDigits * (slopeAbove[k] - slopeBelow[k]) && highest[k] - lowest[k] > 0)];
        foreach (var k in kinks)
        {
            (isHeld[open[k]], point[open[k]]) = (true, Lower(point, open[k], low[k], high[k]));
        }

        return kinks.Length > 0;
    }

    private double Lower(double[] point, int i, double low, double high)
    {
        double[] one = [.. point], other = [.. point];
        (one[i], other[i]) = (low, high);
        return values.ValueAt(one) <= values.ValueAt(other) ? low : high;
    }

    /// <summary>Whether a mirror is what turns the slope: a side holds a coordinate without a kink.</summary>
    private bool IsAtSide(double[] point, int i) => new[] { 1, -1 }.Any(sign => !values.IsInside([.. point.Select((x, k) => k == i ? x + (sign * KinkSearch.SamePlace * scale[i]) : x)]));

    /// <summary>Whether slopes around say that the point is a minimum, each kink along one coordinate.</summary>
    private bool IsMinimum(double[] point, double f)
    {
        var (before, behind) = Slopes(point, KinkKinds.Nearby);
        var longest = 0.0;
        for (var e = 0; e < before.Length; e++)
        {
            longest = Math.Max(longest, Math.Max(Math.Abs(before[e]), Math.Abs(behind[e])));
        }

        var least = Stationarity.QuarterOfTheDigits * longest;
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                // Slopes along coordinates that are free are zero, and those along others are what they were.
                if (i != j && !(Math.Abs(behind[(i * d) + j] - before[(i * d) + j]) <= least))
                {
                    return false;
                }
            }

            var (left, right) = (before[(i * d) + i], behind[(i * d) + i]);
            // Where the slope behind a kink is zero to rounding the coordinate is held by nobody, and f falls neither way.
            if (!(isHeld[i] ? left <= 0 && right >= 0 : left <= least && right >= -least))
            {
                return false;
            }
        }

        return Rises(point, f);
    }

    /// <summary>Whether f is nowhere lower around: along mixtures of all coordinates, and farther off along those that are free.</summary>
    private bool Rises(double[] point, double f)
    {
        int[] free = [.. Enumerable.Range(0, d).Where(i => !isHeld[i])];
        Level = 0;
        var rounding = Stationarity.SumOfRoundings * Math.Abs(f);
        if (!Distances.All(distance => values.Around(point, Orthonormal.Rows(d, d, 6), distance, scale).All(there => there >= f - rounding)))
        {
            return false;
        }

        if (free.Length == 0)
        {
            return true;
        }

        foreach (var basis in new[] { [.. Enumerable.Range(0, free.Length * free.Length).Select(e => e / free.Length == e % free.Length ? 1.0 : 0)], Orthonormal.Rows(free.Length, free.Length, 5) })
        {
            var directions = new double[free.Length * d];
            for (var e = 0; e < basis.Length; e++)
            {
                directions[(e / free.Length * d) + free[e % free.Length]] = basis[e];
            }

            var around = values.Around(point, directions, Around, scale);
            if (!around.All(there => there >= f - rounding))
            {
                return false;
            }

            Level = Level == 0 && basis[0] == 1 ? around.Chunk(2).Count(pair => pair.All(there => there <= f + rounding)) : Level;
        }

        return true;
    }

    /// <summary>∇f at a distance before and behind a point along each coordinate, d × d each.</summary>
    private (double[] Before, double[] Behind) Slopes(double[] point, double distance)
    {
        var slopes = new double[2 * d * d];
        values.Around(point, [.. Enumerable.Range(0, d * d).Select(e => e / d == e % d ? 1.0 : 0)], distance, scale, slopes);
        var (before, behind) = (new double[d * d], new double[d * d]);
        for (var e = 0; e < d * d; e++)
        {
            var (i, j) = (e / d, e % d);
            (behind[e], before[e]) = (scale[j] * slopes[(2 * i * d) + j], scale[j] * slopes[(((2 * i) + 1) * d) + j]);
        }

        return (before, behind);
    }

    /// <summary>The slope along each of some coordinates where that coordinate alone has another value.</summary>
    private double[] SlopesAt(double[] point, int[] coordinates, double[] moved)
    {
        var (points, found, slopes) = (new double[coordinates.Length * d], new double[coordinates.Length], new double[coordinates.Length * d]);
        for (var k = 0; k < coordinates.Length; k++)
        {
            point.CopyTo(points, k * d);
            points[(k * d) + coordinates[k]] = moved[k];
        }

        values.At(points, found, slopes);
        return [.. coordinates.Select((i, k) => scale[i] * slopes[(k * d) + i])];
    }
}
