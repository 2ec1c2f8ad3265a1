namespace LandscapeGpu.Valleys;

/// <summary>A way from a point into the region.</summary>
/// <param name="Direction">d coordinates, of length one.</param>
/// <param name="Room">How far it is looked along: an eighth of what steps are short against, or as far as the region goes.</param>
internal sealed record Ray(double[] Direction, double Room)
{
    // From a ten-thousandth of that to an eighth, four times as far each time: x⁸ beside a value of 1 is seen from 0.02 on.
    private const int Looks = 6;
    private const double Farthest = 0.125;

    // A tail is followed to eight times 1 + ‖x‖, or across the region where that is farther, and to a four-thousandth of the way to the origin.
    private const double Beyond = 64;
    private const int Approaches = 12;

    private const int MostAxes = 16;
    private const int Mixtures = 16;

    // Beyond a side of the region points are brought back to it: of a ray along which they come less than half as far, no more is in the region.
    private const double Followed = 0.5;

    /// <summary>How far along the region goes, where its coordinates have lengths; 0 where not.</summary>
    public double Across { get; init; }

    /// <summary>How far along it is looked, the nearest first.</summary>
    public IEnumerable<double> Radii => Enumerable.Range(1 - Looks, Looks).Select(k => Math.ScaleB(Room, 2 * k));

    /// <summary>How far along it tails are looked for, the nearest first: twice as far each time, and nearer and nearer to where it passes the origin, about which functions are written.</summary>
    /// <param name="point">The point.</param>
    public IEnumerable<double> FarRadii(double[] point)
    {
        var (nearest, origin) = (Radii.First(), -Inner.Product(point, Direction));
        var farthest = Math.Max(Beyond * Room, Across);
        var doubled = Enumerable.Range(0, int.MaxValue).Select(k => Math.ScaleB(nearest, k)).TakeWhile(radius => radius <= farthest);
        var approached = Enumerable.Range(1, Approaches).SelectMany(k => new[] { origin - Math.ScaleB(origin, -k), origin + Math.ScaleB(origin, -k) }).Where(radius => radius >= nearest && radius <= farthest);
        return doubled.Concat(approached).Order();
    }

    /// <summary>The point of the region that is so far along.</summary>
    public double[] At(double[] point, double radius, PointDerivatives slopes) => slopes.Retract([.. point.Zip(Direction, (x, r) => x + (radius * r))]);

    /// <summary>Whether what is so far along is in the region as it is.</summary>
    public bool IsWithin(Region region, double[] point, double radius) => region.Contains([.. point.Zip(Direction, (x, r) => x + (radius * r))]);

    /// <summary>Both ways along each axis, and along mixtures of all; those that lead out of the region at once are left out.</summary>
    /// <param name="point">The point.</param>
    /// <param name="axes">Orthonormal directions.</param>
    /// <param name="slopes">Puts points back into the region.</param>
    public static List<Ray> From(double[] point, IReadOnlyList<double[]> axes, PointDerivatives slopes)
    {
        var reach = slopes.Region.Reach(point);
        var rays = Directions(axes, point.Length).Select(direction => Within(point, direction, reach, slopes)).ToList();
        // Where there is room on one side only, what is less than its nearest look is none.
        var least = rays.Select(ray => ray.Radii.First()).DefaultIfEmpty(0).Max();
        return [.. rays.Where(ray => ray.Room > 0 && ray.Room >= least)];
    }

    private static Ray Within(double[] point, double[] direction, double reach, PointDerivatives slopes)
    {
        for (var room = Farthest * reach; room > Stationarity.HalfTheDigits * reach; room /= 2)
        {
            var ray = new Ray(direction, room) { Across = AcrossOf(slopes.Region, direction) };
            if (Math.Sqrt(Projection.SquaredDistance(ray.At(point, room, slopes), point)) >= Followed * room)
            {
                return ray;
            }
        }

        return new(direction, 0);
    }

    private static double AcrossOf(Region region, double[] direction)
    {
        var across = Enumerable.Range(0, direction.Length).Where(i => direction[i] != 0).Min(i => (region.Length(i) ?? double.PositiveInfinity) / Math.Abs(direction[i]));
        return double.IsFinite(across) ? across : 0;
    }

    private static IEnumerable<double[]> Directions(IReadOnlyList<double[]> axes, int d)
    {
        foreach (var axis in axes.Take(MostAxes))
        {
            yield return axis;
            yield return [.. axis.Select(e => -e)];
        }

        var random = new Random(1);
        for (var k = 0; k < Mixtures && axes.Count > 1; k++)
        {
            var mixture = new double[d];
            foreach (var axis in axes)
            {
                // A sum of twelve uniform numbers is normal enough for a direction.
                var weight = Enumerable.Range(0, 12).Sum(_ => random.NextDouble() - 0.5);
                Inner.Add(weight, axis, mixture);
            }

            Inner.Scale(1 / Inner.Norm(mixture), mixture);
            yield return mixture;
        }
    }
}
