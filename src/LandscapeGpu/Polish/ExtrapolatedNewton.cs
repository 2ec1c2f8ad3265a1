namespace LandscapeGpu.Polish;

/// <summary>Newton's method on gradients that are extrapolated from around a point, where those at the point itself are all rounding.</summary>
/// <param name="region">Where the points are.</param>
/// <param name="slopes">Values and gradients.</param>
/// <param name="d">The number of coordinates.</param>
/// <param name="shortest">How long the region is where it is shortest.</param>
internal sealed class ExtrapolatedNewton(Region region, PointDerivatives slopes, int d, double shortest)
{
    private const int MostSteps = 20;

    /// <summary>How far away slopes are looked at: a quarter of a region's length.</summary>
    public static double FarOf(double length) => 0.25 * length;

    /// <summary>The stationary point that is seen from a distance around a point; null where there is none.</summary>
    /// <param name="from">The point.</param>
    /// <param name="h">The distance.</param>
    /// <param name="rounding">Bounds of the rounding there.</param>
    public Found? Find(double[] from, double h, (double Value, double[] Slope) rounding)
    {
        var (gradient, hessian) = (new double[d], new double[d * d]);
        double[] point = [.. from];
        for (var step = 0; step < MostSteps; step++)
        {
            var (value, truncation, isSeen) = new Extrapolation(slopes, d).At(point, h, rounding.Value, gradient, hessian);
            // Besides what is left out, what the values there were made of.
            value.Error += rounding.Value;
            var residual = Inner.Norm(gradient);
            if (!double.IsFinite(value.Value) || !double.IsFinite(residual))
            {
                return null;
            }

            // Curvatures may differ by all digits, as where coordinates have units of their own.
            double[] scale = [.. Equilibration.Of(hessian, d).Select(s => s > 0 ? s : 1)];
            var scaled = Equilibration.Apply(scale, hessian);
            var (move, moved, isLevel) = Step(SymmetricEigenvalues.Decompose(scaled, d), scale, gradient, [.. rounding.Slope.Zip(truncation, (r, t) => r + t)], slope => IsNothing(slope / h, value.Error, point));
            var uncertainty = Inner.Norm(move);
            var doubt = Math.Max(Nothing(point), Inner.Norm(moved));
            if (uncertainty <= doubt)
            {
                return isLevel ? new(point, value, doubt, residual, isSeen) : null;
            }

            var share = Math.Min(1, 4 * h / uncertainty);
            for (var i = 0; i < d; i++)
            {
                point[i] += share * move[i];
            }

            if (!(Inner.Norm([.. point.Zip(from, (a, b) => a - b)]) <= region.Reach(from)))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Whether a curvature changes the value by no more than its error, as far as the region goes or a unit of length.</summary>
    private bool IsNothing(double curvature, double error, double[] point) => Math.Min(FarOf(shortest), region.Reach(point)) is var length && 0.5 * curvature * length * length <= Stationarity.Margin * error;

    /// <summary>Newton's step, how far each of its coordinates is moved by what is not known of the slope, and whether there is no slope along what is flat.</summary>
    /// <remarks>Along the least curvatures the most is unknown; along a floor, as of xy/sin xy beside an axis, there is no place to be known.</remarks>
    private (double[] Move, double[] Moved, bool IsLevel) Step(SymmetricEigenvectors basis, double[] scale, double[] gradient, double[] doubts, Func<double, bool> isFlat)
    {
        var (move, moved, isLevel) = (new double[d], new double[d], true);
        var flat = Stationarity.HalfTheDigits * basis.Values.Max(Math.Abs);
        for (var k = 0; k < d; k++)
        {
            var (v, slope, along) = (basis.Vector(k).ToArray(), 0.0, 0.0);
            for (var j = 0; j < d; j++)
            {
                slope += v[j] * scale[j] * gradient[j];
                along += Math.Abs(v[j]) * scale[j] * doubts[j];
            }

            if (Math.Abs(basis.Values[k]) <= flat)
            {
                // What no curvature was found along for rounding may have any.
                isLevel &= Math.Abs(slope) <= Stationarity.Margin * along && isFlat(along / Inner.Norm([.. v.Zip(scale, (e, s) => e * s)]));
                continue;
            }

            for (var i = 0; i < d; i++)
            {
                move[i] -= scale[i] * v[i] * slope / basis.Values[k];
                moved[i] += scale[i] * Math.Abs(v[i]) * along / Math.Abs(basis.Values[k]);
            }
        }

        return (move, moved, isLevel);
    }

    /// <summary>A distance that is none, of a unit or of the region: nobody asks for the place any better, and from farther away the value would be known worse.</summary>
    public double Nothing(double[] point) => Stationarity.HalfTheDigits * Math.Max(region.Reach(point), double.IsFinite(shortest) ? shortest : 0);

    /// <summary>A stationary point that was seen from away; whether it is one, or rounding hides a kink, is seen as well or not.</summary>
    public sealed record Found(double[] Point, (double Value, double Error) Value, double Uncertainty, double Residual, bool IsSmooth);
}
