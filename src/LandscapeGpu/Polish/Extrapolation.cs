namespace LandscapeGpu.Polish;

/// <summary>f, ∇f and ∇²f at a point from gradients around it, where the formula itself cancels.</summary>
/// <remarks>L. F. Richardson, The approximate arithmetical solution by finite differences (Phil. Trans. A 210, 1911, 307).</remarks>
internal sealed class Extrapolation(PointDerivatives slopes, int d)
{
    private const double Settled = 1.0 / 16;

    /// <summary>f, its error, ∇f and ∇²f from h, 2h and 4h, what extrapolation leaves in ∇f, and whether f is seen to be smooth through the rounding; entries of ∇²f that are no more than what a distance of h makes of them are nothing.</summary>
    /// <param name="point">Where.</param>
    /// <param name="h">The distance.</param>
    /// <param name="rounding">A bound of the rounding of values there.</param>
    /// <param name="gradient">Receives ∇f.</param>
    /// <param name="hessian">Receives ∇²f.</param>
    public ((double Value, double Error) Value, double[] Truncation, bool IsSeen) At(double[] point, double h, double rounding, double[] gradient, double[] hessian)
    {
        // What cancels h² and h⁴: (64, −20, 1)/45.
        ReadOnlySpan<double> weights = [64.0 / 45, -20.0 / 45, 1.0 / 45];
        Array.Clear(gradient);
        Array.Clear(hessian);
        var wider = new double[d * d];
        var (value, means, there) = (0.0, new double[3], new double[d]);
        double[][] levels = [new double[d], new double[d], new double[d]];
        for (var level = 0; level < 3; level++)
        {
            var length = Math.ScaleB(h, level);
            for (var i = 0; i < d; i++)
            {
                foreach (var sign in (ReadOnlySpan<int>)[1, -1])
                {
                    // Not along the axis alone: on the others the formula may be singular too.
                    means[level] += slopes.Gradient(Around(point, sign * length, j => j == i ? 1 : 0.5), there) / (2 * d);
                    for (var j = 0; j < d; j++)
                    {
                        levels[level][j] += there[j] / (2 * d);
                        gradient[j] += weights[level] * there[j] / (2 * d);
                        hessian[(i * d) + j] += level == 0 ? sign * there[j] / length : 0;
                        wider[(i * d) + j] += level == 1 ? sign * there[j] / length : 0;
                    }
                }
            }

            value += weights[level] * means[level];
        }

        // Columns are 2H(e + ½ Σ others): e's share is half of what is added, the sum of all is known from all.
        ToHessian(hessian);
        ToHessian(wider);
        for (var e = 0; e < hessian.Length; e++)
        {
            // Along a floor, as of xy/sin xy beside an axis, all the curvature there is lies beside the point.
            var bend = (hessian[e] - wider[e]) / 3;
            hessian[e] = Math.Abs(hessian[e] + bend) <= Math.Abs(bend) ? 0 : hessian[e] + bend;
        }

        var (first, second) = (((4 * means[0]) - means[1]) / 3, Math.Abs(value - (((4 * means[0]) - means[1]) / 3)));
        // Of a smooth function what is left falls from order to order; at a cusp or a kink it does not, and nothing is stationary there.
        var (most, noise) = (Settled * Math.Abs(first - means[0]), Stationarity.Margin * rounding);
        // Each order leaves of ∇f the same share of what the one before left, or less.
        double[] left = [.. levels[0].Zip(levels[1], gradient).Select(slope =>
        {
            var once = ((4 * slope.First) - slope.Second) / 3;
            var (change, last) = (Math.Abs(once - slope.First), Math.Abs(slope.Third - once));
            return last < change ? last * last / change : last;
        })];
        return ((second <= most + (Stationarity.HalfTheDigits * Math.Abs(value)) ? value : double.NaN, second), left, second + noise <= most);
    }

    /// <summary>H from rows 2·H·(½eᵢ + ½·1): with r the sum of all rows, 2·H·½·1 = r/(d + 1).</summary>
    private void ToHessian(double[] rows)
    {
        var all = new double[d];
        for (var e = 0; e < rows.Length; e++)
        {
            all[e % d] += rows[e] / (d + 1);
        }

        for (var e = 0; e < rows.Length; e++)
        {
            rows[e] -= all[e % d];
        }

        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < i; j++)
            {
                rows[(i * d) + j] = rows[(j * d) + i] = 0.5 * (rows[(i * d) + j] + rows[(j * d) + i]);
            }
        }
    }

    /// <summary>The point at a distance, of which each coordinate has its share.</summary>
    public static double[] Around(double[] point, double h, Func<int, double> share)
    {
        var at = (double[])point.Clone();
        for (var i = 0; i < at.Length; i++)
        {
            at[i] += h * share(i);
        }

        return at;
    }
}
