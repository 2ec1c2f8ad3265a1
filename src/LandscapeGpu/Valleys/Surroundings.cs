namespace LandscapeGpu.Valleys;

/// <summary>Looks around a point along given directions, at the distance where the value first can be seen to change, and descends from there.</summary>
/// <remarks>
/// Where the Hessian has zeros, first and second order say nothing along them: x² + y³ has a vanishing gradient and no negative curvature at 0, and no
/// minimum. A point is a minimum there only if descents that start all round it, at the scale of its flat directions, do not fall below it.
/// </remarks>
internal sealed class Surroundings(Objective objective, Derivatives derivatives) : IDisposable
{
    private const int MostDescents = 24;

    // Whether there is a floor is asked from as far out as is looked, and from there a few say it: where many directions are flat they have descents of their own.
    private const int MostFromAfar = 8;

    // The way down along a valley's floor may show only where it is some times as far as the rise across it.
    private const int Looks = 3;
    private const int DescentSteps = 60;

    // Between the distances whose rises are compared.
    private const double Farther = 4;

    // To a millionth of where it is looked next.
    private const int EdgeBisections = 20;

    // Half of a double's digits, in so many parts each time: to a hundredth of how far away it is. Slopes there are what two places a quarter farther each show.
    private const int EdgeSections = 7;
    private const int EdgeRounds = 4;
    private const double AtEdge = 1.25;

    /// <summary>About how many gradients a look around a point takes at most.</summary>
    public const int MostLooks = MostDescents * DescentSteps;

    /// <summary>What rises like less than this power of the distance is not smooth: a smooth minimum rises like its square at least, a little less where a cubic term falls.</summary>
    public const double LikeTheSquare = 1.9;

    private readonly int d = derivatives.Dimension;
    private readonly Region region = objective.Region;
    private readonly bool isSurface = derivatives.Normals > 0;
    private readonly RoundedDerivatives rounded = derivatives.Rounded;
    private readonly PointDerivatives slopes = new(objective, derivatives);
    private readonly Lanes lanes = objective.OnLanes(derivatives.Rounded.Slope);

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
            slope = slope with { Most = Math.Min(slope.Most, rays.Select((ray, k) => SlopeLeft(ray.At(point, radii[k][0], slopes)).Most).Order().ElementAt(rays.Count / 2)) };
        }

        // Where x log x is 0 nothing bounds its rounding: what can be seen is seen from the nearest places where something does.
        at = double.IsFinite(at.Bound) ? at : Nearest(point, rays, radii) ?? at;
        // Along how many places of a ray there is a value, and at how many it differs from the point's.
        var (known, seen, first) = (new int[rays.Count], new int[rays.Count], 0.0);
        // The nearest look at which a ray has risen.
        var rises = new double[rays.Count];
        var (isLevel, near, far) = (false, 0, 0);
        // A ray that a side cuts short may end before anything can be seen along it, but not where it is some times as long as all others are until there is.
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
                var noise = Stationarity.Margin * (bound + at.Bound);
                if (!(Math.Abs(value - at.Value) > noise))
                {
                    continue;
                }

                (rises[open[k]], first) = seen[open[k]]++ == 0 ? (radii[open[k]][look], Math.Max(first, radii[open[k]][look])) : (rises[open[k]], first);
                var radius = Math.Sqrt(Projection.SquaredDistance(around[k], point));
                var isLooked = seen[open[k]] == Looks ? far++ < MostFromAfar : near++ < MostDescents;
                var end = value < at.Value - slope.FallTo(around[k]) ? Around.Falling : isLooked ? FromThere(around[k], point, at, slope, radius, whole) : Around.Rising;
                if (end == Around.Falling)
                {
                    return Around.Falling;
                }

                // Nearer by, what is within rounding of the value is not much smaller than the radius.
                isLevel |= end == Around.Level && seen[open[k]] == Looks;
            }
        }

        return isLevel || Enumerable.Range(0, rays.Count).Any(k => seen[k] == 0 && known[k] > 0 && (rays[k].Room > whole || (first > 0 && rays[k].Room > 4 * first))) || Enumerable.Range(0, rays.Count).Any(k => seen[k] > 0 && BeginsLevel(point, rays[k], at, rises[k])) ? Around.Level : Around.Rising;
    }

    /// <summary>Whether a ray is level as far as some place and rises from there on by more than any power of the distance would that rounding hides there: it leaves a floor, and no zero of a high order.</summary>
    /// <remarks>Beside xⁿ, as far from 0 as rounding hides, the power that two places show is half of n at least.</remarks>
    private bool BeginsLevel(double[] point, Ray ray, (double Value, double Bound) at, double seen)
    {
        var (level, beyond) = (Stationarity.HalfTheDigits * ray.Room, seen);
        for (var round = 0; round < EdgeRounds; round++)
        {
            double[] radii = [.. Enumerable.Range(0, EdgeSections).Select(k => level * Math.Pow(beyond / level, (k + 1.0) / (EdgeSections + 1)))];
            var first = Array.FindIndex(Looked(radii), look => !(look.Rise <= look.Noise));
            (level, beyond) = (first == 0 ? level : radii[first < 0 ? ^1 : first - 1], first < 0 ? beyond : radii[first]);
        }

        var edge = Looked([level, AtEdge * level, AtEdge * AtEdge * level]);
        return edge[0].Rise <= edge[0].Noise && (isSurface || ray.IsWithin(region, point, AtEdge * AtEdge * level)) && edge[1].Rise * Math.Pow(edge[1].Rise / edge[2].Rise, 2) > 100 * edge[0].Noise;

        (double Rise, double Noise)[] Looked(double[] radii) =>
            [.. Values([.. radii.Select(radius => ray.At(point, radius, slopes))]).Select(there => (Math.Abs(there.Value - at.Value), Stationarity.Margin * (there.Bound + at.Bound)))];
    }

    /// <summary>Whether level ground around a point ends, along any direction that is followed as far as tails are, where the value falls: a plateau is no minimum then.</summary>
    public bool IsLeftDownhill(double[] point, IReadOnlyList<double[]> directions)
    {
        var at = Values([point])[0];
        return Ray.From(point, directions, slopes).Any(ray =>
        {
            double[] radii = [0, .. ray.FarRadii(point).Where(radius => ray.IsWithin(region, point, radius))];
            double[] changes = [0, .. Values([.. radii.Skip(1).Select(radius => ray.At(point, radius, slopes))]).Select(ChangeTo)];
            var first = Array.FindIndex(changes, change => change != 0);
            if (first < 0)
            {
                return false;
            }

            // What is lower farther off may lie beyond a ridge: how the level ground ends is seen at its end.
            var (level, beyond, change) = (radii[first - 1], radii[first], changes[first]);
            for (var k = 0; k < EdgeBisections; k++)
            {
                var middle = 0.5 * (level + beyond);
                var found = ChangeTo(Values([ray.At(point, middle, slopes)])[0]);
                (level, beyond, change) = found == 0 ? (middle, beyond, change) : (level, middle, found);
            }

            return change < 0;
        });

        // 0 where it cannot be told from the point's.
        double ChangeTo((double Value, double Bound) there) =>
            !double.IsFinite(there.Value) || Math.Abs(there.Value - at.Value) <= Stationarity.Margin * (there.Bound + at.Bound) ? 0 : there.Value - at.Value;
    }

    /// <summary>Whether the value at a place is that at the point, as values along a floor are.</summary>
    public bool IsLevel(double[] point, double[] place)
    {
        var values = Values([point, place]);
        return FlatPaths.AreEqual(values[0].Value, values[1].Value, values[0].Bound + values[1].Bound);
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

    /// <summary>The least power of the distance that the value rises like along any ray, between the nearest distance where the rise is known to a hundredth and four times that.</summary>
    /// <remarks>Farther out walls have come to an end, as of a peak that fits one sample: what no longer rises there is smooth.</remarks>
    public double LeastExponent(double[] point, IReadOnlyList<double[]> directions)
    {
        var at = Values([point])[0];
        var least = double.PositiveInfinity;
        foreach (var ray in Ray.From(point, directions, slopes))
        {
            var seen = ray.Radii.FirstOrDefault(radius => IsSeen(ray, radius));
            while (seen > Stationarity.HalfTheDigits * ray.Room && IsSeen(ray, seen / Farther))
            {
                seen /= Farther;
            }

            // Beyond a side places are brought back: they are not four times as far, nor in the same direction.
            if (seen > 0 && Farther * seen <= ray.Room && Rise(ray, Farther * seen).Rise is var next && double.IsFinite(next) && (isSurface || ray.IsWithin(region, point, Farther * seen)))
            {
                least = Math.Min(least, Math.Log(next / Rise(ray, seen).Rise, Farther));
            }
        }

        return least;

        (double Rise, double Bound) Rise(Ray ray, double radius) => Values([ray.At(point, radius, slopes)])[0] is var (value, bound) ? (value - at.Value, bound) : default;

        bool IsSeen(Ray ray, double radius) => Rise(ray, radius) is var (rise, bound) && rise > 100 * (bound + at.Bound);
    }

    public void Dispose()
    {
        slopes.Dispose();
        lanes.Dispose();
    }

    /// <summary>Where steepest descent comes to: below the point (as far from it as it began at most four times), back to it, or to as low a place beside it.</summary>
    private Around FromThere(double[] start, double[] point, (double Value, double Bound) at, Slope slope, double radius, double whole)
    {
        var end = (double[])start.Clone();
        SteepestDescent.Run(slopes, end, at.Value - (2 * Stationarity.Margin * at.Bound) - (4 * slope.Most * radius), DescentSteps);
        var (value, bound) = Values([end])[0];
        var distance = Math.Sqrt(Projection.SquaredDistance(end, point));
        var room = Stationarity.Margin * (bound + at.Bound);
        if (value < at.Value - room - slope.FallTo(end) && distance <= 4 * radius)
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
    private Slope SlopeLeft(double[] point)
    {
        rounded.WriteExact(lanes, point);
        lanes.Run();
        var (gradient, errors) = (new double[d], new double[d]);
        lanes.Read(rounded.Gradient, 0, gradient);
        lanes.Read(rounded.GradientError, 0, errors);
        foreach (var side in new HeldSides(region, d).HoldingAt(point, [.. gradient]))
        {
            side.Remove(gradient);
            side.Remove(errors);
        }

        var most = Inner.Norm(gradient) + Inner.Norm(errors);
        return double.IsFinite(most) ? new(point, gradient, errors, most) : new(point, new double[d], new double[d], 0);
    }

    /// <summary>What is left of the slope at a point.</summary>
    /// <remarks>
    /// In a bowl f(a) − f(b) ≤ ∇f(a)·(a − b): a minimum where more than two derivatives vanish is not met quite at its bottom, and what is below is no way out. A slope across a valley, or what is not known of it,
    /// says nothing of how far f may fall along it. What the last digits of coordinates do to the slope is in it: the point is meant as it is.
    /// </remarks>
    private readonly record struct Slope(double[] Point, double[] Gradient, double[] Errors, double Most)
    {
        /// <summary>How far f may fall from there to a place, at most.</summary>
        public double FallTo(double[] place)
        {
            var (slope, error, square) = (0.0, 0.0, 0.0);
            for (var i = 0; i < place.Length; i++)
            {
                var apart = place[i] - Point[i];
                (slope, error, square) = (slope + (Gradient[i] * apart), error + (Errors[i] * Math.Abs(apart)), square + (apart * apart));
            }

            return Math.Min(Math.Abs(slope) + error, Most * Math.Sqrt(square));
        }
    }

    private (double Value, double Bound)[] Values(double[][] points)
    {
        var values = new (double, double)[points.Length];
        lanes.ForEach(points.Length, (k, lane) => rounded.Write(lanes, lane, points[k]), (k, lane) => values[k] = (lanes.Read(rounded.Value, 0, lane), lanes.Read(rounded.ValueError, 0, lane)));
        return values;
    }
}
