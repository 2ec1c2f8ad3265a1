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
}
