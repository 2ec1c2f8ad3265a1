namespace LandscapeGpu.Valleys;

/// <summary>Tells a place on a tail whose slope has drowned in rounding, or underflowed, from one on a floor: by where and how the slope comes out again.</summary>
/// <remarks>A floor that is bounded is left on both sides, and a plateau, as of units that are switched off, ends in a kink or in a slope of ordinary size. A tail fades through every magnitude, one way for ever.</remarks>
/// <param name="slopes">The landscape's.</param>
/// <param name="bounds">Bounds of the gradient's rounding at a point.</param>
/// <param name="d">The number of coordinates.</param>
internal sealed class DrownedTail(PointDerivatives slopes, Func<double[], double[]> bounds, int d)
{
    private const int Bisections = 20;

    private readonly SteepFloor floor = new(slopes, d);

    // A tail is followed to eight times 1 + ‖x‖, along so many axes.
    private const double Beyond = 64;
    private const int MostTailAxes = 16;

    // Of a floor of more dimensions axes say little: samples lie on both sides of units' edges. Across a floor of more than so many it takes long to follow its bends, and only what fades along a
    // straight way is worth it.
    private const int MostFlatAxes = 4;
    private const int MostFollowed = 8;

    // Where a slope has just come out of its rounding it is little more than that; where a plateau ends in a kink it is any number.
    private const double MostAtEdge = 4 * Stationarity.Margin;

    // A slope that is so many times its rounding is clear: e⁴ times shorter, the other side of the place where ln s is looked at, it is known to a hundredth still.
    private const double Clear = 1e4;
    private const double Vague = 100;
    private const int MostDistances = 40;

    // The square root of the least normal number: what an ordinary slope is nowhere near.
    private const double LeastSlope = 1.5e-154;

    /// <summary>Whether a gradient of exactly zero is one that has underflowed, or that rounding has swallowed, as 1 − σ where σ is 1 to rounding: where it is not zero any more, it is still too small to be told from nothing.</summary>
    /// <remarks>A plateau, as of units that are switched off, ends in a kink or in a slope of ordinary size; a tail fades through every magnitude.</remarks>
    /// <param name="point">The point.</param>
    /// <param name="coordinates">Those along which slope and curvature are exactly zero.</param>
    public bool HasUnderflowed(double[] point, IReadOnlyList<int> coordinates)
    {
        var gradient = new double[d];
        foreach (var ray in Ray.From(point, Axes(coordinates), slopes))
        {
            if (EdgeOf(ray, SlopeAt) is var sloping and > 0)
            {
                var edge = SlopeAt(ray, sloping);
                // A formula like x/tanh x is level to rounding beside its minimum too, but it slopes on both sides.
                return edge < LeastSlope || (edge <= BoundAt(ray, sloping) && IsLevelBehind(ray, SlopeAt));
            }
        }

        return false;

        double BoundAt(Ray ray, double radius)
        {
            var rounding = bounds(ray.At(point, radius, slopes));
            return coordinates.Select(i => rounding[i]).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        }

        double SlopeAt(Ray ray, double radius)
        {
            slopes.Gradient(ray.At(point, radius, slopes), gradient);
            return coordinates.Max(i => Math.Abs(gradient[i]));
        }
    }

    /// <summary>Whether a point all of whose slopes and curvatures are rounding lies on a tail: one way the slope comes out of the rounding smoothly, and the other way never.</summary>
    /// <remarks>
    /// A loss of classes that can be told apart, log Σ exp z − z of the class, is rounding wherever all samples are far on the right side; its infimum is at infinity. A bounded
    /// floor is left on both sides, and a plateau ends in a kink, where the slope is far above the rounding at once.
    /// </remarks>
    /// <param name="point">The point.</param>
    public bool IsAt(double[] point)
    {
        // Scores of networks grow along the weights themselves, not along any one of them.
        double[][] directions = [.. Inner.Norm(point) is var norm and > 0 ? [point.Select(e => e / norm).ToArray()] : Array.Empty<double[]>(), .. Axes([.. Enumerable.Range(0, d)])];
        return IsAt(point, directions);
    }

    /// <summary>
    /// Whether along a floor the slope, which is rounding here or no more than a value can show, grows like what fades one way, and the other way fades on: weights into units that have become steps,
    /// where output weights have curvature still.
    /// </summary>
    /// <param name="point">The point.</param>
    /// <param name="steep">Orthonormal directions across the floor.</param>
    public bool FadesAlong(double[] point, double[][] steep) =>
        Along(point, steep).Any(direction => (steep.Length <= MostFollowed || FadesAlong(point, direction, [])) && FadesAlong(point, direction, steep));

    /// <summary>Along a floor: as the point itself lies on it, as scores grow along the weights of units, all of them; and along axes that are on it, which units that are shifted go by.</summary>
    private IEnumerable<double[]> Along(double[] point, double[][] steep)
    {
        var flat = d - steep.Length;
        var ways = Axes([.. Enumerable.Range(0, flat is > 0 and <= MostFlatAxes ? d : 0)]).Select(OnFloor).Where(way => flat == 1 || 1 - Inner.Norm(way) <= Stationarity.HalfTheDigits);
        // A floor of one dimension has one way along it, which the longest shadow of an axis knows best.
        return (flat == 1 ? ways.OrderByDescending(way => Inner.Norm(way)).Take(1) : ways.Prepend(OnFloor(point))).Where(way => Inner.Norm(way) > Stationarity.HalfTheDigits).Select(way => way.Select(e => e / Inner.Norm(way)).ToArray());

        double[] OnFloor(double[] way)
        {
            var shadow = (double[])way.Clone();
            foreach (var across in steep)
            {
                Inner.Add(-Inner.Product(across, shadow), across, shadow);
            }

            return shadow;
        }
    }

    /// <param name="point">The point.</param>
    /// <param name="direction">Along the floor, of length one.</param>
    /// <param name="steep">Directions across it, in which places are taken back to its bottom: on a curved floor a straight way has slopes that the floor does not have.</param>
    private bool FadesAlong(double[] point, double[] direction, double[][] steep)
    {
        return Ray.From(point, [direction], slopes).Any(Fades);

        bool Fades(Ray ray)
        {
            var behind = ray with { Direction = [.. ray.Direction.Select(e => -e)] };
            return Clearly(ray) is var clear and >= 0 && FadesAt(ray, clear) && FadesOn(behind, Known(ray, 0).Size, Known(ray, clear).Slope);
        }

        // The nearest place where the slope is clear, but for a few e-folds; −1 where there is none.
        double Clearly(Ray ray)
        {
            var (vague, clear) = (0.0, Known(ray, 0).Size > Clear ? 0 : -1.0);
            for (var radius = ray.Radii.First(); clear < 0 && radius <= Beyond * ray.Room; radius *= 2)
            {
                (vague, clear) = Known(ray, radius).Size > Clear ? (vague, radius) : (radius, clear);
            }

            for (var k = 0; k < Bisections && clear > 0 && !(Known(ray, clear).Size < Clear * Clear / Vague); k++)
            {
                var middle = 0.5 * (vague + clear);
                (vague, clear) = Known(ray, middle).Size > Clear ? (vague, middle) : (middle, clear);
            }

            return clear;
        }

        bool FadesAt(Ray ray, double place)
        {
            var here = Known(ray, place).Slope;
            var (low, high) = (0.0, double.PositiveInfinity);
            for (var (k, distance) = (0, Math.Max(place, ray.Room) / 8); k < MostDistances && distance <= Beyond * ray.Room; k++)
            {
                var (ahead, back) = (Known(ray, place + distance), Known(ray, place - distance));
                var half = ahead.Slope / here > 0 ? back.Size > Vague && back.Slope / here > 0 ? Math.Log(ahead.Slope / back.Slope) / 2 : double.PositiveInfinity : double.NaN;
                if (half is >= 1 and <= 2)
                {
                    return FadingSlope.Bends(ahead.Slope / here, back.Slope / here, half);
                }

                (low, high) = half < 1 ? (distance, high) : (low, distance);
                distance = double.IsPositiveInfinity(high) ? 2 * distance : low == 0 ? distance / 2 : Math.Sqrt(low * high);
            }

            return false;
        }

        // Down the other side of a minimum the slope has the other sign, so that it leads away from the point as well.
        bool FadesOn(Ray ray, double from, double other)
        {
            var last = Math.Max(from, Stationarity.Margin);
            for (var radius = ray.Radii.First(); radius <= Beyond * ray.Room; radius *= 2)
            {
                var (slope, size) = Known(ray, radius);
                if (size > last || slope * other > 0)
                {
                    return false;
                }

                last = size > 0 ? size : last;
            }

            return true;
        }

        // The slope along the floor, and its size against its rounding; no more than rounding is nothing.
        (double Slope, double Size) Known(Ray ray, double radius)
        {
            var (slope, there) = floor.SlopeAt(point, ray.Direction, radius, steep);
            var (rounding, errors) = (0.0, bounds(there));
            for (var i = 0; i < d; i++)
            {
                rounding += Math.Abs(ray.Direction[i]) * errors[i];
            }

            return Math.Abs(slope) > Stationarity.Margin * rounding ? (slope, Math.Abs(slope) / rounding) : (0, 0);
        }
    }

    private bool IsAt(double[] point, double[][] directions)
    {
        var gradient = new double[d];
        return Ray.From(point, directions, slopes).Any(ray =>
            EdgeOf(ray, Known) is var sloping and > 0 && Known(ray, sloping) <= MostAtEdge && IsLevelBehind(ray, Known));

        // Against its bound, where it is more than that.
        double Known(Ray ray, double radius)
        {
            var there = ray.At(point, radius, slopes);
            slopes.Gradient(there, gradient);
            var rounding = bounds(there);
            var largest = Enumerable.Range(0, d).Max(i => gradient[i] == 0 ? 0 : Math.Abs(gradient[i]) / rounding[i]);
            return largest > Stationarity.Margin ? largest : 0;
        }
    }

    private double[][] Axes(IReadOnlyList<int> coordinates) => [.. coordinates.Take(MostTailAxes).Select(i => Enumerable.Range(0, d).Select(k => k == i ? 1.0 : 0).ToArray())];

    /// <summary>The nearest place along a ray where there is a slope, as far as bisection tells; 0 where it is level as far as tails are followed.</summary>
    private static double EdgeOf(Ray ray, Func<Ray, double, double> slopeAt)
    {
        var (level, sloping) = FirstSlope(ray, slopeAt);
        for (var k = 0; k < Bisections && sloping > 0; k++)
        {
            var middle = 0.5 * (level + sloping);
            (level, sloping) = slopeAt(ray, middle) > 0 ? (level, middle) : (middle, sloping);
        }

        return sloping;
    }

    private static bool IsLevelBehind(Ray ray, Func<Ray, double, double> slopeAt) => FirstSlope(ray with { Direction = [.. ray.Direction.Select(e => -e)] }, slopeAt).Sloping == 0;

    /// <summary>Where the slope is not zero any more, and the last place before.</summary>
    private static (double Level, double Sloping) FirstSlope(Ray ray, Func<Ray, double, double> slopeAt)
    {
        var level = 0.0;
        for (var radius = ray.Radii.First(); radius <= Beyond * ray.Room; radius *= 2)
        {
            if (slopeAt(ray, radius) > 0)
            {
                return (level, radius);
            }

            level = radius;
        }

        return (level, 0);
    }
}
