namespace LandscapeGpu.Valleys;

/// <summary>Tells a valley that runs to infinity from a flat minimum: follows what slope there is along the flat directions, far out.</summary>
/// <remarks>
/// Steps double from a thousandth of 1 + ‖x‖ to sixteen times it; after each, steepest descent leads back to the valley's floor, and the next goes on in
/// the direction of the last. A valley is one where the value never rises on the way, still falls at its end, and began to fall by the slope
/// that was there: a minimum that is left by passing a flat stretch is none.
/// </remarks>
internal static class FallingValley
{
    private const int Doublings = 14;
    private const int StepsBack = 60;

    /// <param name="slopes">The landscape.</param>
    /// <param name="point">A point whose Hessian has zero eigenvalues.</param>
    /// <param name="hessian">d × d.</param>
    /// <param name="threshold">The largest |λ| that counts as zero.</param>
    /// <param name="rounding">A bound of the value's rounding.</param>
    public static bool RunsFrom(PointDerivatives slopes, ReadOnlySpan<double> point, ReadOnlySpan<double> hessian, double threshold, double rounding)
    {
        var x = point.ToArray();
        var gradient = new double[x.Length];
        var value = slopes.Gradient(x, gradient);
        var direction = AlongFlat(gradient, hessian, threshold);
        var (slope, step) = (Inner.Norm(direction), SteepestDescent.FirstStep * slopes.Region.Reach(x));
        // Falls smaller than this are nothing in the value's unit, or rounding; a slope that cannot make one all the way out is none.
        var floor = Math.Max(8 * Stationarity.SumOfRoundings, Stationarity.Margin * rounding);
        if (!(slope * step * (1 << Doublings) > floor))
        {
            return false;
        }

        var (at, last) = (x, value);
        var seen = false;
        var falling = 0;
        direction = [.. direction.Select(e => e / slope)];
        for (var k = 0; k < Doublings; k++, step *= 2)
        {
            double[] next = [.. at.Zip(direction, (a, u) => a + (step * u))];
            var reached = SteepestDescent.Run(slopes, next, last, StepsBack);
            if (!(reached <= last))
            {
                return false;
            }

            // The slope explains the first fall that can be seen; four times is room for its curvature.
            if (!seen && value - reached > floor)
            {
                seen = true;
                if (value - reached > 4 * slope * Inner.Norm([.. next.Zip(x, (b, a) => b - a)]))
                {
                    return false;
                }
            }

            falling = reached < last ? falling + 1 : 0;
            double[] moved = [.. next.Zip(at, (b, a) => b - a)];
            var length = Inner.Norm(moved);
            direction = [.. moved.Select(e => e / length)];
            (at, last) = (next, reached);
        }

        return seen && falling >= 3;
    }

    /// <summary>−∇f, projected onto the Hessian's kernel.</summary>
    private static double[] AlongFlat(double[] gradient, ReadOnlySpan<double> hessian, double threshold)
    {
        var basis = SymmetricEigenvalues.Decompose(hessian, gradient.Length);
        var along = new double[gradient.Length];
        for (var k = 0; k < gradient.Length; k++)
        {
            if (Math.Abs(basis.Values[k]) <= threshold)
            {
                var v = basis.Vector(k);
                var part = 0.0;
                for (var i = 0; i < along.Length; i++)
                {
                    part += v[i] * gradient[i];
                }

                for (var i = 0; i < along.Length; i++)
                {
                    along[i] -= part * v[i];
                }
            }
        }

        return along;
    }
}
