namespace LandscapeGpu.Valleys;

/// <summary>Tells a valley that runs to infinity from a flat minimum: follows what slope there is along the flat directions, far out.</summary>
/// <remarks>
/// Steps double from a thousandth of 1 + ‖x‖ to sixteen times it; after each, Newton's method across what is steep leads back to the valley's floor, or steepest descent where that does not,
/// and the next goes on in the direction of the last. A valley is one where the value never rises on the way, still falls at its end, and began to fall by the slope
/// that was there: a minimum that is left by passing a flat stretch is none.
/// </remarks>
internal static class FallingValley
{
    private const int Doublings = 14;
    private const int StepsBack = 60;

    // Newton's method doubles its digits: after so many corrections there are none left to double.
    private const int MostCorrections = 8;

    /// <param name="slopes">The landscape.</param>
    /// <param name="point">A point whose Hessian has zero eigenvalues.</param>
    /// <param name="hessian">d × d.</param>
    /// <param name="flat">How many eigenvalues count as zero, which are the smallest.</param>
    /// <param name="rounding">A bound of the value's rounding.</param>
    public static bool RunsFrom(PointDerivatives slopes, ReadOnlySpan<double> point, ReadOnlySpan<double> hessian, int flat, double rounding)
    {
        var x = point.ToArray();
        var gradient = new double[x.Length];
        var value = slopes.Gradient(x, gradient);
        var basis = SymmetricEigenvalues.Decompose(hessian, x.Length);
        var direction = AlongFlat(gradient, basis, flat);
        var (slope, step) = (Inner.Norm(direction), SteepestDescent.FirstStep * slopes.Region.Reach(x));
        // Falls smaller than this are rounding; a slope that cannot make one all the way out is none.
        var floor = Stationarity.Margin * rounding;
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
            var reached = Settled(slopes, next, x.Length - flat);
            if (!(reached <= last))
            {
                reached = SteepestDescent.Run(slopes, next, last, StepsBack);
            }

            // At a side the valley ends.
            if (!(reached <= last) || !slopes.Region.Contains(next))
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
    private static double[] AlongFlat(double[] gradient, SymmetricEigenvectors basis, int flat)
    {
        var along = new double[gradient.Length];
        foreach (var k in Enumerable.Range(0, gradient.Length).OrderBy(k => Math.Abs(basis.Values[k])).Take(flat))
        {
            Inner.Add(-Inner.Product(basis.Vector(k), gradient), basis.Vector(k), along);
        }

        return along;
    }

    /// <summary>Takes a place to the bottom of as many directions as are steep, unless it is higher there; the value.</summary>
    public static double Settled(PointDerivatives slopes, double[] place, int steep)
    {
        var d = place.Length;
        var (gradient, unit, hessian) = (new double[d], new double[d], new double[d * d]);
        var value = slopes.Gradient(place, gradient);
        for (var k = 0; k < MostCorrections; k++)
        {
            for (var i = 0; i < d; i++)
            {
                unit[i] = 1;
                slopes.Product(place, unit, hessian.AsSpan(i * d, d));
                unit[i] = 0;
            }

            if (!hessian.All(double.IsFinite))
            {
                break;
            }

            var basis = SymmetricEigenvalues.Decompose(hessian, d);
            double[] next = [.. place];
            foreach (var v in basis.Values.Index().OrderByDescending(l => Math.Abs(l.Item)).Take(steep).Where(l => l.Item > 0))
            {
                Inner.Add(-Inner.Product(basis.Vector(v.Index), gradient) / v.Item, basis.Vector(v.Index), next);
            }

            var reached = slopes.Gradient(next, gradient);
            if (!(reached < value))
            {
                break;
            }

            next.CopyTo(place, 0);
            value = reached;
        }

        return value;
    }
}
