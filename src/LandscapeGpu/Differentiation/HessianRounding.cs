namespace LandscapeGpu.Differentiation;

/// <summary>How far the entries of a Hessian are rounding, and what differences of the gradient say where they are.</summary>
/// <remarks>
/// At a removable singularity, such as that of sin x/x at 0, the exact derivative's formula loses all its digits near the point while the function is
/// smooth there. Differences over a distance see the function and not the formula: central ones, extrapolated from h and 2h, with the distance whose
/// rounding and truncation together are least; L. Richardson (1911), Philosophical Transactions A 210, 307.
/// </remarks>
internal sealed class HessianRounding(Objective objective, Derivatives derivatives) : IDisposable
{
    // Distances from four of the coordinate's units, half a box, down to where rounding has half the digits.
    private const int Largest = -2;
    private const int Distances = 16;

    // Quotients of a function with two derivatives differ by less at the best distance; those of |x|^1.5 by a tenth at all.
    private const double Settled = 1.0 / 64;

    // A value that is all rounding has this many times what there is a ten-thousandth of a unit beside it: at half the digits from 0 of 1/x it is ten thousand times as much.
    private const double Drowned = 100;

    private readonly int d = derivatives.Dimension;
    private readonly Region region = objective.Region;
    private readonly RoundedDerivatives rounded = derivatives.Rounded;
    private readonly Lanes slope = objective.OnLanes(derivatives.Rounded.Slope);
    private readonly Lanes curvature = objective.OnLanes(derivatives.Rounded.Curvature);

    /// <summary>Bounds of the rounding of the Hessian's d × d entries at a point; NaN and infinity where there is none.</summary>
    public double[] Bounds(ReadOnlySpan<double> point)
    {
        var bounds = new double[d * d];
        var (unit, column) = (new double[d], new double[d]);
        for (var first = 0; first < d; first += curvature.Count)
        {
            for (var l = 0; l < curvature.Count; l++)
            {
                var j = Math.Min(first + l, d - 1);
                unit[j] = 1;
                rounded.Write(curvature, l, point, unit);
                unit[j] = 0;
            }

            curvature.Run();
            for (var l = 0; l < curvature.Count && first + l < d; l++)
            {
                curvature.Read(rounded.ProductError, l, column);
                column.CopyTo(bounds, (first + l) * d);
            }
        }

        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < i; j++)
            {
                bounds[(i * d) + j] = bounds[(j * d) + i] = Math.Max(bounds[(i * d) + j], bounds[(j * d) + i]);
            }
        }

        return bounds;
    }

    /// <summary>A bound of the length of what rounding does to the Hessian's product with a vector; not finite where there is none.</summary>
    public double ProductBound(ReadOnlySpan<double> point, ReadOnlySpan<double> v)
    {
        for (var l = 0; l < curvature.Count; l++)
        {
            rounded.Write(curvature, l, point, v);
        }

        curvature.Run();
        var bounds = new double[d];
        curvature.Read(rounded.ProductError, 0, bounds);
        return Inner.Norm(bounds);
    }

    /// <summary>Puts differences in place of the entries that are mostly rounding, where these say more.</summary>
    /// <param name="point">Where.</param>
    /// <param name="hessian">d × d; completed.</param>
    /// <param name="bounds">Bounds of its rounding; completed.</param>
    public void Repair(double[] point, Span<double> hessian, double[] bounds)
    {
        var largest = new double[d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                largest[i] = Math.Max(largest[i], double.IsFinite(hessian[(i * d) + j]) ? Math.Abs(hessian[(i * d) + j]) : 0);
            }
        }

        if (IsDrowned(point))
        {
            // What has no value here has no curvature either, and of branches rounding chose the one it was taken from.
            Array.Fill(bounds, double.PositiveInfinity);
        }

        for (var j = 0; j < d; j++)
        {
            var isLost = false;
            for (var i = 0; i < d; i++)
            {
                var (entry, bound) = (hessian[(i * d) + j], bounds[(i * d) + j]);
                // Rounding that is nothing beside the rows' other entries decides nothing.
                isLost |= !double.IsFinite(entry)
                    || !(Stationarity.Margin * bound <= Math.Max(0.25 * Math.Abs(entry), Stationarity.HalfTheDigits * Math.Sqrt(largest[i] * largest[j])));
            }

            if (isLost)
            {
                Replace(point, j, hessian, bounds);
            }
        }
    }

    /// <summary>Bounds of the gradient's rounding at a point that is meant as it is.</summary>
    public double[] GradientBounds(double[] point)
    {
        var bounds = new double[d];
        Look(point, new double[d], bounds);
        return bounds;
    }

    /// <summary>Bounds of the gradient's rounding, as far as the coordinates are known.</summary>
    public double[] UnsureBounds(double[] point)
    {
        var errors = new double[d];
        Look(point, new double[d], errors, isExact: false);
        return errors;
    }

    /// <summary>v·(∇f(x + hv) − ∇f(x − hv))/2h, and how much of it is rounding: of the formula, and, where asked, of the coordinates.</summary>
    public (double Quotient, double Noise) Along(double[] point, double[] v, double h, bool isRounded, Func<double[], double[]>? onto = null)
    {
        var (quotient, noise) = (0.0, 0.0);
        var (slopes, errors) = (new double[d], new double[d]);
        foreach (var sign in new[] { 1, -1 })
        {
            double[] place = [.. point.Zip(v, (x, e) => x + (sign * h * e))];
            Look(onto is null ? place : onto(place), slopes, errors, isExact: !isRounded);
            for (var i = 0; i < d; i++)
            {
                quotient += sign * slopes[i] * v[i] / (2 * h);
                noise += errors[i] * Math.Abs(v[i]) / (2 * h);
            }
        }

        return (quotient, noise);
    }

    /// <summary>∇f and bounds of its rounding, of a point as it is, or as far as its coordinates are known.</summary>
    public void Look(double[] point, double[] slopes, double[] errors, bool isExact = true)
    {
        for (var l = 0; l < slope.Count; l++)
        {
            if (isExact)
            {
                rounded.WriteExact(slope, l, point);
            }
            else
            {
                rounded.Write(slope, l, point);
            }
        }

        slope.Run();
        slope.Read(rounded.Gradient, 0, slopes);
        slope.Read(rounded.GradientError, 0, errors);
    }

    /// <summary>A bound of the rounding of f, as far as the coordinates are known.</summary>
    public double ValueBound(double[] point)
    {
        Look(point, new double[d], new double[d], isExact: false);
        return slope.Read(rounded.ValueError, 0, 0);
    }

    /// <summary>A bound of the value's rounding at a point that is meant as it is.</summary>
    public double ExactValueBound(double[] point)
    {
        Look(point, new double[d], new double[d]);
        return slope.Read(rounded.ValueError, 0, 0);
    }

    /// <summary>Whether rounding of the value at a point is far more than beside it, as where both parts of a quotient are zero.</summary>
    public bool IsDrowned(double[] point)
    {
        var beside = new[] { 1, -1 }.Select(sign => ValueBound([.. point.Select((x, i) => x + (sign * Stationarity.QuarterOfTheDigits * UnitAt(i, x)))])).Max();
        return double.IsFinite(beside) && !(ValueBound(point) <= Drowned * beside);
    }

    public void Dispose()
    {
        slope.Dispose();
        curvature.Dispose();
    }

    /// <summary>What distances along a coordinate are short or long against: a box that lies far from the origin is no longer for that.</summary>
    private double UnitAt(int i, double x) => Math.Max(Math.Max(1, Math.Abs(x - region.Middle(i))), Stationarity.HalfTheDigits * Math.Abs(x));

    private void Replace(double[] point, int j, Span<double> hessian, double[] bounds)
    {
        var (best, error) = Extrapolated(point, j, 0);
        if (d > 1 && error.Max() is var worst && !(worst <= Settled * best.Max(Math.Abs)))
        {
            // The formula may be singular all along the axis, as (1 − cos x)(1 − cos y)/x²y² is: beside it, both ways, what is odd cancels.
            (best, error) = Extrapolated(point, j, 0.5);
        }

        var size = best.Max(Math.Abs);
        for (var i = 0; i < d; i++)
        {
            var (at, mirror) = ((i * d) + j, (j * d) + i);
            // Differences that do not settle, as where the curvature is infinite, are no answer.
            var isKnown = error[i] <= Settled * size;
            if (isKnown && (!(Stationarity.Margin * bounds[at] <= error[i]) || !double.IsFinite(hessian[at])))
            {
                (hessian[at], hessian[mirror]) = (best[i], best[i]);
                (bounds[at], bounds[mirror]) = (error[i] / Stationarity.Margin, error[i] / Stationarity.Margin);
            }
        }
    }

    /// <summary>Column j by differences at the distance where they are known best, entry by entry, and how far that may be wrong.</summary>
    private (double[] Best, double[] Error) Extrapolated(double[] point, int j, double beside)
    {
        var unit = UnitAt(j, point[j]);
        var (best, error) = (new double[d], new double[d]);
        Array.Fill(error, double.PositiveInfinity);
        var wider = ((double[] Quotient, double[] Noise)?)null;
        for (var k = 0; k < Distances; k++)
        {
            var narrower = Difference(point, j, Math.ScaleB(unit, -Largest - k), beside);
            if (wider is { } w)
            {
                for (var i = 0; i < d; i++)
                {
                    var bend = (narrower.Quotient[i] - w.Quotient[i]) / 3;
                    var wrong = Math.Abs(bend) + (narrower.Noise[i] * 4 / 3) + (w.Noise[i] / 3);
                    if (wrong < error[i])
                    {
                        (best[i], error[i]) = (narrower.Quotient[i] + bend, wrong);
                    }
                    else if (Math.Abs(narrower.Quotient[i] + bend - best[i]) > wrong + error[i])
                    {
                        // From nearby another function is seen, as beside a kink.
                        error[i] = double.PositiveInfinity;
                    }
                }
            }

            wider = narrower;
        }

        return (best, error);
    }

    /// <summary>(∇f(x + heⱼ) − ∇f(x − heⱼ))/2h, and how much of it is rounding; the mean of two, to either side of the axis by a share of h in all other coordinates.</summary>
    private (double[] Quotient, double[] Noise) Difference(double[] point, int j, double h, double beside)
    {
        var (quotient, noise) = (new double[d], new double[d]);
        var (slopes, errors) = (new double[d], new double[d]);
        double[] offsets = beside == 0 ? [0] : [beside * h, -beside * h];
        foreach (var offset in offsets)
        {
            foreach (var sign in (ReadOnlySpan<int>)[1, -1])
            {
                // The point is known to a rounding, and so is a curvature that depends on where it is, as of x²y² beside an axis.
                Look([.. point.Select((x, i) => x + (i == j ? sign * h : offset))], slopes, errors, isExact: false);
                for (var i = 0; i < d; i++)
                {
                    quotient[i] += sign * slopes[i] / (2 * h * offsets.Length);
                    noise[i] += errors[i] / (2 * h * offsets.Length);
                }
            }
        }

        return (quotient, noise);
    }
}
