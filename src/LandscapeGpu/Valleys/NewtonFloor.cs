namespace LandscapeGpu.Valleys;

/// <summary>Whether a point lies on a floor, by Newton's method from beside it along what is flat: from where the value is seen to rise it leads back to a place as low, not back to the point.</summary>
/// <remarks>Steepest descent does not reach a floor between steep walls, such as that of a large molecule which is turned. Where derivatives vanish, as of x⁴, Newton's method comes back to where the value does not show the rise.</remarks>
/// <param name="objective">The landscape.</param>
/// <param name="derivatives">Its derivatives.</param>
/// <param name="slopes">The same at single points.</param>
/// <param name="rounding">Bounds of the value's rounding.</param>
internal sealed class NewtonFloor(Objective objective, Derivatives derivatives, PointDerivatives slopes, HessianRounding rounding)
{
    private const int MostRays = 8;

    // Of the way along what is flat: places are four times as far as where the rise is seen first, and a zero of any order leads back to there.
    private const double Stayed = 0.5;

    /// <param name="point">A point that value and curvature hold for a minimum.</param>
    /// <param name="flat">Orthonormal directions along which there is no curvature.</param>
    public bool Holds(double[] point, IReadOnlyList<double[]> flat)
    {
        if (derivatives.Direction is null)
        {
            return false;
        }

        var (value, bound, d) = (slopes.Value(point), rounding.ValueBound(point), point.Length);
        (Ray Ray, double Radius)[] starts = [.. Ray.From(point, flat, slopes).Take(MostRays).Select(ray => (ray, Radius: ray.Radii.SkipWhile(radius => !IsSeen(ray.At(point, radius, slopes))).Skip(1).FirstOrDefault())).Where(s => s.Radius > 0)];
        if (starts.Length == 0)
        {
            return false;
        }

        var ends = new LanePolish(objective, derivatives, 1) { ByProducts = true, ByOrders = false }.Run(starts.SelectMany(s => s.Ray.At(point, s.Radius, slopes)).ToArray(), starts.Length);
        return Enumerable.Range(0, starts.Length).Any(k => ends.Stationary[k] && Stationarity.AreSame(value, bound, ends.Values[k], ends.Roundings[k]) && Along(k) >= Stayed * starts[k].Radius);

        bool IsSeen(double[] place) => !Stationarity.AreSame(slopes.Value(place), rounding.ValueBound(place), value, bound);

        double Along(int k) => Inner.Product(starts[k].Ray.Direction, [.. ends.Points.AsSpan(k * d, d).ToArray().Zip(point, (e, p) => e - p)]);
    }
}
