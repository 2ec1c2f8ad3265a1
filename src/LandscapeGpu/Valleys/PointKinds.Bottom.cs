namespace LandscapeGpu.Valleys;

// Points on floors, which polish leaves above the bottom by less than their values show.
internal sealed partial class PointKinds
{
    /// <summary>
    /// The place at the bottom of what is steep, where a point on a floor is above it by more than rounding, though its value does not show it; null for others. Beside a curved floor what is left of the
    /// slope across curves the floor itself.
    /// </summary>
    private double[]? AtBottom(double[] point, ReadOnlySpan<double> hessian, ReadOnlySpan<double> eigenvalues)
    {
        if (derivatives.Normals > 0 || objective.Region.HasGeneralSides || objective.Region.Active(point).Count > 0 || !HasFlat(eigenvalues))
        {
            return null;
        }

        var steep = Tails.Steep(hessian, d);
        slopes.Gradient(point, gradient);
        var errors = rounding.UnsureBounds(point);
        if (steep.Length is 0 or > Tails.MostSettled || steep.All(v => Math.Abs(Inner.Product(v, gradient)) <= Stationarity.Margin * Enumerable.Range(0, d).Sum(i => Math.Abs(v[i]) * errors[i])))
        {
            return null;
        }

        var place = floor.SlopeAt(point, steep[0], 0, steep).Place;
        return Math.Sqrt(Projection.SquaredDistance(place, point)) <= Stationarity.QuarterOfTheDigits * (1 + Inner.Norm(point)) ? place : null;
    }

    private static bool HasFlat(ReadOnlySpan<double> eigenvalues)
    {
        var (least, largest) = (double.PositiveInfinity, 0.0);
        foreach (var value in eigenvalues)
        {
            (least, largest) = (Math.Min(least, Math.Abs(value)), Math.Max(largest, Math.Abs(value)));
        }

        return least <= Stationarity.HalfTheDigits * largest;
    }

    /// <summary>Whether places that a point was joined with are that point itself, as far as the value tells: level on the way there, and rising beyond as all round.</summary>
    /// <remarks>About a minimum like xⁿ endpoints lie as far apart as the value does not show. A floor has places farther off, or goes on behind them.</remarks>
    /// <param name="point">A point that the value rises all round.</param>
    /// <param name="places">Places that a level path leads to.</param>
    public bool IsOne(double[] point, IEnumerable<double[]> places) => places
        .Select(place => (Place: place, Distance: Math.Sqrt(Projection.SquaredDistance(place, point)))).Where(p => p.Distance > 0).OrderByDescending(p => p.Distance).Take(MostPlaces)
        .All(p =>
        {
            double[] away = [.. p.Place.Zip(point, (a, b) => (a - b) / p.Distance)];
            return surroundings.IsLevel(point, slopes.Retract([.. p.Place.Zip(point, (a, b) => 0.5 * (a + b))])) && surroundings.Of(point, [away]) == Around.Rising && !newtonFloor.Holds(point, [away]);
        });

    /// <summary>Whether the floor that a point lies on leads down to below the point from another place on it: at a crease a point shows the floor of one side only.</summary>
    public bool IsLeftDownhill(double[] point, double[] place)
    {
        if (walk?.DownAlongFlat(place) is not { } down)
        {
            return false;
        }

        var at = new FloorPlace(point, slopes.Value(point), rounding.ExactValueBound(point));
        // About a minimum like x⁴ of value 0 all places are above it by something.
        return down.End.IsBelow(at) && at.Value - down.End.Value > walk.Hidden(down);
    }
}
