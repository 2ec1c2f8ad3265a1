namespace LandscapeGpu.Evidence;

/// <summary>Whether f curves down from a stationary point by as much as its Hessian says: by the values beside it, above their rounding.</summary>
/// <remarks>
/// A bound of the rounding of a Hessian may be far above what rounding does, as where hidden units are saturated; a point with negative curvature is then one that
/// only the values around it can tell. (f(x + hv) + f(x − hv) − 2f(x))/h² along the lowest eigenvector v is λ but for h².
/// </remarks>
internal sealed class NegativeCurvature(Objective objective) : IDisposable
{
    // Of the point's size; each a quarter of the one before.
    private const double Farthest = 0.1;
    private const int Quarterings = 12;

    // Two quotients at lengths that are four times apart, both this near to λ: neither terms of fourth order nor rounding made them.
    private const double Near = 0.05;

    private readonly PointDerivatives slopes = new(objective);
    private readonly RoundingTest rounding = new(objective, Derivatives.Of(objective), 1);

    /// <summary>Whether the lowest eigenvalue at a point is below 0.</summary>
    public bool IsSeenAt(StationaryPoint point)
    {
        var d = objective.Dimension;
        if (point.Eigenvalues.Count == 0 || d > LanePolish.MostCoordinates || objective.Surface is not null || StrictSaddle.Cleared(point.Eigenvalues[0], point.Eigenvalues[^1]) >= 0)
        {
            return false;
        }

        double[] x = [.. point.Place];
        var v = Lowest(x, d);
        var (curvature, origin, size, near) = (Along(x, v), slopes.Value(x), 1 + Inner.Norm(x), 0);
        var h = Farthest * size;
        for (var k = 0; k < Quarterings && near < 2; k++, h *= 0.25)
        {
            double[] forth = [.. x.Zip(v, (a, b) => a + (h * b))], back = [.. x.Zip(v, (a, b) => a - (h * b))];
            var bend = slopes.Value(forth) + slopes.Value(back) - (2 * origin);
            var blur = Stationarity.Margin * rounding.ValueBounds((double[])[.. forth, .. back, .. x], 3).Sum();
            near = bend < -blur && Math.Abs((bend / (h * h)) - curvature) <= (Near * Math.Abs(curvature)) + (blur / (h * h)) ? near + 1 : 0;
        }

        return near == 2;
    }

    public void Dispose() => slopes.Dispose();

    private double[] Lowest(double[] x, int d)
    {
        var (matrix, unit) = (new double[d * d], new double[d]);
        for (var j = 0; j < d; j++)
        {
            unit[j] = 1;
            slopes.Product(x, unit, matrix.AsSpan(j * d, d));
            unit[j] = 0;
        }

        return SymmetricEigenvalues.Decompose(matrix, d).Vector(0).ToArray();
    }

    private double Along(double[] x, double[] v)
    {
        var product = new double[x.Length];
        slopes.Product(x, v, product);
        return Inner.Product(v, product);
    }
}
