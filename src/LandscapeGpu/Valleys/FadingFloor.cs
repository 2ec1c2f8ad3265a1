namespace LandscapeGpu.Valleys;

/// <summary>Tells a place on a floor that fades, beside curvature in other directions, from one on a level floor: by where and how the slope along the floor comes out of its rounding.</summary>
/// <remarks>
/// Weights into units that have become steps fade where output weights have curvature still. What is steep is kept at its bottom all the way: along a straight way beside a curved floor there are slopes
/// that the floor does not have, and they fade, too, where all places of the floor are minima.
/// </remarks>
/// <param name="slopes">The landscape's.</param>
/// <param name="bounds">Bounds of the gradient's rounding at a place whose coordinates are known to a rounding.</param>
/// <param name="d">The number of coordinates.</param>
internal sealed class FadingFloor(PointDerivatives slopes, Func<double[], double[]> bounds, int d)
{
    // Along axes where a floor has no more dimensions: of more, as of the weights of a layer, samples lie on both sides of units' edges. Across a floor of more than so many it takes long to follow
    // its bends, and only what fades along a straight way is worth it.
    private const int MostFlatAxes = 4;
    private const int MostFollowed = 8;

    // A slope that is so many times its rounding is clear: e⁴ times shorter, the other side of the place where ln s is looked at, it is known to a hundredth still.
    private const double Clear = 1e4;
    private const double Vague = 100;
    private const int MostDistances = 40;
    private const int Bisections = 20;

    private readonly SteepFloor floor = new(slopes, d);

    /// <summary>Whether along the floor the slope, which is rounding here or no more than a value can show, grows like what fades one way, and the other way fades on.</summary>
    /// <param name="point">The point.</param>
    /// <param name="steep">Orthonormal directions across the floor.</param>
    public bool IsAt(double[] point, double[][] steep) =>
        Along(point, steep).Any(direction => (steep.Length <= MostFollowed || Fades(point, direction, [])) && Fades(point, direction, steep));

    /// <summary>Whether a floor has so many dimensions that the ways along it that are looked at are not all there are.</summary>
    public bool IsWide(double[][] steep) => d - steep.Length > MostFlatAxes;

    /// <summary>The same along a straight way: across a floor between very many walls its bends are not followed.</summary>
    /// <param name="point">The point.</param>
    /// <param name="direction">Of length one.</param>
    public bool IsAlong(double[] point, double[] direction) => Fades(point, direction, []);

    /// <summary>Whether there is a slope anywhere along the floor, by one of some axes.</summary>
    /// <param name="point">The point.</param>
    /// <param name="coordinates">The axes.</param>
    /// <param name="steep">Orthonormal directions across the floor.</param>
    public bool IsLeft(double[] point, IReadOnlyList<int> coordinates, double[][] steep) =>
        steep.Length > MostFollowed || Ray.From(point, [.. coordinates.Select(Axis)], slopes).Any(ray => Clearly(new(point, ray, steep, LeastCurvature(point, steep))) >= 0);

    /// <summary>Along a floor: as the point itself lies on it, as scores grow along the weights of units, all of them; and along axes that are on it, which units that are shifted go by.</summary>
    private IEnumerable<double[]> Along(double[] point, double[][] steep)
    {
        var flat = d - steep.Length;
        var axes = Enumerable.Range(0, flat is > 0 and <= MostFlatAxes ? d : 0).Select(i => OnFloor(Axis(i), steep));
        // A floor of one dimension has one way along it, which the longest shadow of an axis knows best.
        var ways = flat == 1 ? axes.OrderByDescending(way => Inner.Norm(way)).Take(1) : axes.Where(way => 1 - Inner.Norm(way) <= Stationarity.HalfTheDigits).Prepend(OnFloor(point, steep));
        return ways.Where(way => Inner.Norm(way) > Stationarity.HalfTheDigits).Select(way => way.Select(e => e / Inner.Norm(way)).ToArray());
    }

    /// <summary>What of a way leads along a floor.</summary>
    /// <param name="way">d coordinates.</param>
    /// <param name="steep">Orthonormal directions across the floor.</param>
    public static double[] OnFloor(double[] way, double[][] steep)
    {
        var shadow = (double[])way.Clone();
        foreach (var across in steep)
        {
            Inner.Add(-Inner.Product(across, shadow), across, shadow);
        }

        return shadow;
    }

    private double[] Axis(int i) => [.. Enumerable.Range(0, d).Select(k => k == i ? 1.0 : 0)];

    private bool Fades(double[] point, double[] direction, double[][] steep) => Ray.From(point, [direction], slopes).Select(ray => new Way(point, ray, steep, LeastCurvature(point, steep))).Any(way =>
        Clearly(way) is var clear and >= 0 && FadesAt(way, clear) && FadesOn(way.Back, SlopeAt(way, 0), SlopeAt(way, clear).Slope));

    /// <summary>The nearest place where the slope is clear, but for a few e-folds; −1 where there is none.</summary>
    private double Clearly(Way way)
    {
        var (vague, clear) = (0.0, SlopeAt(way, 0).Size > Clear ? 0 : -1.0);
        foreach (var radius in way.Ray.FarRadii(way.Point).TakeWhile(_ => clear < 0))
        {
            (vague, clear) = SlopeAt(way, radius).Size > Clear ? (vague, radius) : (radius, clear);
        }

        for (var k = 0; k < Bisections && clear > 0 && !(SlopeAt(way, clear).Size < Clear * Clear / Vague); k++)
        {
            var middle = 0.5 * (vague + clear);
            (vague, clear) = SlopeAt(way, middle).Size > Clear ? (vague, middle) : (middle, clear);
        }

        return clear;
    }

    /// <summary>Whether at a place the slope bends as on a tail.</summary>
    private bool FadesAt(Way way, double place)
    {
        var here = SlopeAt(way, place).Slope;
        var (low, high) = (0.0, double.PositiveInfinity);
        for (var (k, distance) = (0, Math.Max(place, way.Ray.Room) / 8); k < MostDistances && double.IsFinite(distance); k++)
        {
            var (ahead, back) = (SlopeAt(way, place + distance), SlopeAt(way, place - distance));
            var half = !(ahead.Slope / here > 0) ? double.NaN : back.Size > Vague && back.Slope / here > 0 ? Math.Log(ahead.Slope / back.Slope) / 2 : double.PositiveInfinity;
            if (half is >= 1 and <= 2)
            {
                return FadingSlope.Bends(ahead.Slope / here, back.Slope / here, half);
            }

            (low, high) = half < 1 ? (distance, high) : (low, distance);
            distance = double.IsPositiveInfinity(high) ? 2 * distance : low == 0 ? distance / 2 : Math.Sqrt(low * high);
        }

        return false;
    }

    /// <summary>Whether the slope gets no longer any more. Down the other side of a minimum it has the other sign, so that it leads away from the point there, too.</summary>
    private bool FadesOn(Way way, Seen from, double other)
    {
        var last = Math.Max(from.Size, Stationarity.Margin);
        foreach (var radius in way.Ray.FarRadii(way.Point))
        {
            var seen = SlopeAt(way, radius);
            if (seen.IsLost)
            {
                return radius > way.Ray.Room;
            }

            if (seen.Size > last || seen.Slope * other > 0)
            {
                return false;
            }

            last = seen.Size > 0 ? seen.Size : last;
        }

        return true;
    }

    private Seen SlopeAt(Way way, double radius)
    {
        var (slope, there) = floor.SlopeAt(way.Point, way.Ray.Direction, radius, way.Steep, way.Least);
        var (rounding, errors) = (0.0, bounds(there));
        for (var i = 0; i < d; i++)
        {
            rounding += Math.Abs(way.Ray.Direction[i]) * errors[i];
        }

        return new(Math.Abs(slope) <= Stationarity.Margin * rounding ? 0 : slope, rounding);
    }

    /// <summary>What is seen at a place.</summary>
    /// <param name="Slope">The slope along the floor; what is no more than rounding is nothing.</param>
    /// <param name="Rounding">A bound of its rounding.</param>
    private readonly record struct Seen(double Slope, double Rounding)
    {
        /// <summary>There is no floor any more.</summary>
        public bool IsLost => double.IsNaN(Slope);

        /// <summary>The slope against its rounding.</summary>
        public double Size => Slope == 0 ? 0 : Math.Abs(Slope) / Rounding;
    }

    /// <summary>What is steep is steep all along a floor: least curvatures that are nothing beside the point's own are none.</summary>
    private double LeastCurvature(double[] point, double[][] steep)
    {
        var (product, largest) = (new double[d], 0.0);
        foreach (var v in steep)
        {
            slopes.Product(point, v, product);
            largest = Math.Max(largest, Math.Abs(Inner.Product(v, product)));
        }

        return Stationarity.HalfTheDigits * largest;
    }

    /// <summary>A way along a floor.</summary>
    private sealed record Way(double[] Point, Ray Ray, double[][] Steep, double Least)
    {
        public Way Back => this with { Ray = Ray with { Direction = [.. Ray.Direction.Select(e => -e)] } };
    }
}
