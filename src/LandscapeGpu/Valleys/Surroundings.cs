namespace LandscapeGpu.Valleys;

/// <summary>How the value is around a point that derivatives do not decide about.</summary>
internal enum Around
{
    /// <summary>Somewhere it does not change as far as was looked: along a ray, or along the floor that descents from a ray come to.</summary>
    Level,

    /// <summary>It rises everywhere, and descents from there come back to the point.</summary>
    Rising,

    /// <summary>It falls, or a descent from nearby comes below the point.</summary>
    Falling,
}

/// <summary>Looks around a point along given directions, at the distance where the value first can be seen to change, and descends from there.</summary>
/// <remarks>
/// Where the Hessian has zeros, first and second order say nothing along them: x² + y³ has a vanishing gradient and no negative curvature at 0, and no
/// minimum. A point is a minimum there only if descents that start all round it, at the scale of its flat directions, do not fall below it.
/// </remarks>
internal sealed class Surroundings : IDisposable
{
    private const int MostDescents = 24;

    // Whether there is a floor is asked from as far out as is looked, and from there a few say it: where many directions are flat they have descents of their own.
    private const int MostFromAfar = 8;

    // The way down along a valley's floor may show only where it is some times as far as the rise across it.
    private const int Looks = 3;
    private const int DescentSteps = 60;
    private const int Bisections = 20;

    // A tail is followed to eight times 1 + ‖x‖, along so many axes.
    private const double Beyond = 64;
    private const int MostTailAxes = 16;

    /// <summary>What rises like less than this power of the distance is not smooth: a smooth minimum rises like its square at least, a little less where a cubic term falls.</summary>
    public const double LikeTheSquare = 1.9;

    // Where a slope has just come out of its rounding it is little more than that; where a plateau ends in a kink it is any number.
    private const double MostAtEdge = 4 * Stationarity.Margin;

    // A slope that is so many times what it came out of its rounding with is clear, and looked for in such steps. The logarithm of what fades exponentially grows as much over
    // the second half of a way as over the first; that of the sixteenth power by three quarters of it.
    private const double Clear = 1e4;
    private const double Farther = 1.25;
    private const double Steadily = 0.8;

    // The square root of the least normal number: what an ordinary slope is nowhere near.
    private const double LeastSlope = 1.5e-154;

    private readonly int d;
    private readonly Region region;
    private readonly bool isSurface;
    private readonly RoundedDerivatives rounded;
    private readonly PointDerivatives slopes;
    private readonly Lanes lanes;
    private readonly AlignedMemory data;

    public Surroundings(Objective objective, Derivatives derivatives)
    {
        (d, region, isSurface, rounded) = (derivatives.Dimension, objective.Region, derivatives.Normals > 0, derivatives.Rounded);
        slopes = new(objective, derivatives);
        lanes = new(rounded.Slope);
        data = rounded.Slope.NewData(objective.Parameters, objective.Replaced);
    }

    /// <param name="point">The point.</param>
    /// <param name="directions">Orthonormal directions, d coordinates each, that span what is to be looked at.</param>
    /// <param name="isSingular">Whether the Hessian is not finite there: rounding of the gradient may then be bounded by nothing of use, as beside x log x, and a slope is no more than those nearby.</param>
    public Around Of(double[] point, IReadOnlyList<double[]> directions, bool isSingular = false)
    {
        var rays = Ray.From(point, directions, slopes);
        double[][] radii = [.. rays.Select(ray => ray.Radii.ToArray())];
        var (at, slope) = (Values([point])[0], SlopeLeft(point));
        if (isSingular && rays.Count > 0)
        {
            // The middle one: along an axis other coordinates stay where nothing bounds the rounding.
            slope = Math.Min(slope, rays.Select((ray, k) => SlopeLeft(ray.At(point, radii[k][0], slopes))).Order().ElementAt(rays.Count / 2));
        }

        // Where x log x is 0 nothing bounds its rounding: what can be seen is seen from the nearest places where something does.
        at = double.IsFinite(at.Bound) ? at : Nearest(point, rays, radii) ?? at;
        // Along how many places of a ray there is a value, and at how many it differs from the point's.
        var (known, seen) = (new int[rays.Count], new int[rays.Count]);
        var (isLevel, near, far) = (false, 0, 0);
        // A ray that a side cuts short may end before anything can be seen along it.
        var whole = rays.Select(r => r.Room).DefaultIfEmpty(0).Max() / 4;
        for (var look = 0; look < radii.Select(r => r.Length).FirstOrDefault(); look++)
        {
            var open = Enumerable.Range(0, rays.Count).Where(k => seen[k] < Looks).ToArray();
            double[][] around = [.. open.Select(k => rays[k].At(point, radii[k][look], slopes))];
            var values = Values(around);
            for (var k = 0; k < around.Length; k++)
            {
                var (value, bound) = values[k];
                if (!double.IsFinite(value))
                {
                    continue;
                }

                known[open[k]]++;
                if (!(Math.Abs(value - at.Value) > Stationarity.Margin * (bound + at.Bound)))
                {
                    continue;
                }

                seen[open[k]]++;
                var radius = Math.Sqrt(Projection.SquaredDistance(around[k], point));
                var isLooked = seen[open[k]] == Looks ? far++ < MostFromAfar : near++ < MostDescents;
                var end = value < at.Value - (slope * radius) ? Around.Falling : isLooked ? FromThere(around[k], point, at, slope, radius, whole) : Around.Rising;
                if (end == Around.Falling)
                {
                    return Around.Falling;
                }

                // Nearer by, what is within rounding of the value is not much smaller than the radius.
                isLevel |= end == Around.Level && seen[open[k]] == Looks;
            }
        }

        return isLevel || Enumerable.Range(0, rays.Count).Any(k => seen[k] == 0 && known[k] > 0 && rays[k].Room > whole) ? Around.Level : Around.Rising;
    }

    /// <summary>The lowest value of the nearest places along rays where it is known; null where there is none.</summary>
    private (double Value, double Bound)? Nearest(double[] point, IReadOnlyList<Ray> rays, double[][] radii)
    {
        for (var look = 0; look < radii.Select(r => r.Length).FirstOrDefault(); look++)
        {
            var known = Values([.. rays.Select((ray, k) => ray.At(point, radii[k][look], slopes))]).Where(v => double.IsFinite(v.Value) && double.IsFinite(v.Bound)).ToArray();
            if (known.Length > 0)
            {
                return known.MinBy(v => v.Value);
            }
        }

        return null;
    }

    /// <summary>The least power of the distance that the value rises like along any ray, between the nearest radius where the rise is known to a hundredth and the next.</summary>
    public double LeastExponent(double[] point, IReadOnlyList<double[]> directions)
    {
        var at = Values([point])[0];
        var least = double.PositiveInfinity;
        foreach (var ray in Ray.From(point, directions, slopes))
        {
            var rises = Values([.. ray.Radii.Select(radius => ray.At(point, radius, slopes))]).Select(v => (Rise: v.Value - at.Value, v.Bound)).ToArray();
            var seen = Array.FindIndex(rises, r => r.Rise > 100 * (r.Bound + at.Bound));
            // Beyond a side places are brought back: they are not four times as far, nor in the same direction.
            if (seen >= 0 && seen + 1 < rises.Length && double.IsFinite(rises[seen + 1].Rise) && (isSurface || ray.IsWithin(region, point, ray.Radii.ElementAt(seen + 1))))
            {
                least = Math.Min(least, Math.Log(rises[seen + 1].Rise / rises[seen].Rise, 4));
            }
        }

        return least;
    }

    /// <summary>Whether a gradient of exactly zero is one that has underflowed, or that rounding has swallowed, as 1 − σ where σ is 1 to rounding: where it is not zero any more, it is still too small to be told from nothing.</summary>
    /// <remarks>A plateau, as of units that are switched off, ends in a kink or in a slope of ordinary size; a tail fades through every magnitude.</remarks>
    /// <param name="point">The point.</param>
    /// <param name="coordinates">Those along which slope and curvature are exactly zero.</param>
    /// <param name="bounds">Bounds of the gradient's rounding at a point.</param>
    public bool HasUnderflowed(double[] point, IReadOnlyList<int> coordinates, Func<double[], double[]> bounds)
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
    /// <param name="bounds">Bounds of the gradient's rounding at a point.</param>
    public bool IsOnDrownedTail(double[] point, Func<double[], double[]> bounds)
    {
        // Scores of networks grow along the weights themselves, not along any one of them.
        double[][] directions = [.. Inner.Norm(point) is var norm and > 0 ? [point.Select(e => e / norm).ToArray()] : Array.Empty<double[]>(), .. Axes([.. Enumerable.Range(0, d)])];
        return IsOnDrownedTail(point, directions, bounds);
    }

    /// <summary>
    /// Whether the slope along a direction, which is rounding here, grows faster than any power one way, and stays rounding the other way for longer: what has curvature beside the direction bends a
    /// straight way off in the end.
    /// </summary>
    public bool FadesAlong(double[] point, double[] direction, Func<double[], double[]> bounds)
    {
        var gradient = new double[d];
        return Ray.From(point, [direction], slopes).Any(Fades);

        bool Fades(Ray ray)
        {
            if (!(EdgeOf(ray, Known) is var edge and > 0 && Known(ray, edge) is var first && first <= MostAtEdge))
            {
                return false;
            }

            var far = edge;
            while (!(Known(ray, far) > Clear * first) && far < Beyond * ray.Room)
            {
                far *= Farther;
            }

            // The logarithm of a power grows less and less.
            var (middle, last) = (Known(ray, 0.5 * (edge + far)), Known(ray, far));
            var behind = ray with { Direction = [.. ray.Direction.Select(e => -e)] };
            return last > Clear * first && Math.Log(last / middle) > Steadily * Math.Log(middle / first) && new[] { 0.25, 0.5, 1, 1.5 }.All(share => Known(behind, share * far) == 0);
        }

        double Known(Ray ray, double radius)
        {
            var there = ray.At(point, radius, slopes);
            slopes.Gradient(there, gradient);
            var (along, rounding, errors) = (Inner.Product(gradient, ray.Direction), 0.0, bounds(there));
            for (var i = 0; i < d; i++)
            {
                rounding += Math.Abs(ray.Direction[i]) * errors[i];
            }

            return Math.Abs(along) > Stationarity.Margin * rounding ? Math.Abs(along) / rounding : 0;
        }
    }

    private bool IsOnDrownedTail(double[] point, double[][] directions, Func<double[], double[]> bounds)
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

    public void Dispose()
    {
        slopes.Dispose();
        lanes.Dispose();
        data.Dispose();
    }

    /// <summary>Where steepest descent comes to: below the point (as far from it as it began at most four times), back to it, or to as low a place beside it.</summary>
    private Around FromThere(double[] start, double[] point, (double Value, double Bound) at, double slope, double radius, double whole)
    {
        var end = (double[])start.Clone();
        SteepestDescent.Run(slopes, end, at.Value - (2 * Stationarity.Margin * at.Bound) - (4 * slope * radius), DescentSteps);
        var (value, bound) = Values([end])[0];
        var distance = Math.Sqrt(Projection.SquaredDistance(end, point));
        var room = Stationarity.Margin * (bound + at.Bound);
        if (value < at.Value - room - (slope * distance) && distance <= 4 * radius)
        {
            return Around.Falling;
        }

        // Of x to the twentieth such a fall leaves a quarter of x.
        return value <= at.Value + Math.Max(room, Stationarity.ThreeQuartersOfTheDigits * (Values([start])[0].Value - at.Value)) && distance > 0.25 * radius && IsFloor(end, point, at, whole / distance) ? Around.Level : Around.Rising;
    }

    /// <summary>Whether two places of one value lie on a floor, and not both where a minimum without curvature cannot be told from its surroundings: the floor bends away from the straight way between them, or goes on as far as is looked.</summary>
    private bool IsFloor(double[] end, double[] point, (double Value, double Bound) at, double farthest)
    {
        double[] half = Along(0.5), far = Along(farthest);
        return IsSeen(half) || ((isSurface || region.Contains(far)) && !IsSeen(far));

        double[] Along(double share) => [.. point.Zip(end, (p, e) => p + (share * (e - p)))];

        bool IsSeen(double[] place) => Values([slopes.Retract(place)])[0] is var (value, bound) && !(Math.Abs(value - at.Value) <= Stationarity.Margin * (bound + at.Bound));
    }

    /// <summary>How steeply f may fall from a point, along what no side holds, and be no sign of a saddle: as its gradient says, and what that may be wrong by.</summary>
    /// <remarks>In a bowl f(a) − f(b) ≤ ‖∇f(a)‖·‖a − b‖: a minimum where more than two derivatives vanish is not met quite at its bottom, and what is below is no way out.</remarks>
    private double SlopeLeft(double[] point)
    {
        Values([point]);
        var (gradient, errors) = (new double[d], new double[d]);
        lanes.Read(rounded.Gradient, 0, gradient);
        lanes.Read(rounded.GradientError, 0, errors);
        foreach (var side in new HeldSides(region, d).HoldingAt(point, [.. gradient]))
        {
            side.Remove(gradient);
            side.Remove(errors);
        }

        var slope = Inner.Norm(gradient) + Inner.Norm(errors);
        return double.IsFinite(slope) ? slope : 0;
    }

    private (double Value, double Bound)[] Values(double[][] points)
    {
        var values = new (double, double)[points.Length];
        for (var begin = 0; begin < points.Length; begin += lanes.Count)
        {
            for (var l = 0; l < lanes.Count; l++)
            {
                rounded.Write(lanes, l, points[Math.Min(begin + l, points.Length - 1)]);
            }

            lanes.Run(data);
            for (var l = 0; l < lanes.Count && begin + l < points.Length; l++)
            {
                values[begin + l] = (lanes.Read(rounded.Value, 0, l), lanes.Read(rounded.ValueError, 0, l));
            }
        }

        return values;
    }
}
