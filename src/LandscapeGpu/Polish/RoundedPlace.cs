namespace LandscapeGpu.Polish;

/// <summary>Slopes across bounds that are no more than what rounding of the place makes of a zero, as at 2π: there sin x is −2.4e-16.</summary>
/// <remarks>
/// A coordinate is known to half its last digit, u|xⱼ|, over which the slope along another, or itself, moves by |Hᵢⱼ|u|xⱼ|. Whatever is less holds nothing and lets nothing go:
/// what f does beside such a bound its curvature says. A bound of 0 is that number, and the shortest push onto it is one.
/// </remarks>
internal sealed class RoundedPlace(PointDerivatives slopes, int dimension)
{
    private readonly double[] inside = new double[dimension];
    private readonly double[] there = new double[dimension];

    /// <summary>Whether the slope along a coordinate is no more than that.</summary>
    /// <param name="point">The point.</param>
    /// <param name="gradient">∇f there.</param>
    /// <param name="i">The coordinate.</param>
    /// <param name="row">Its row of the Hessian; what is not finite says nothing.</param>
    public bool IsAllOf(double[] point, double[] gradient, int i, ReadOnlySpan<double> row)
    {
        var moved = 0.0;
        for (var j = 0; j < dimension; j++)
        {
            moved += double.IsFinite(row[j]) ? Math.Abs(row[j] * point[j]) : 0;
        }

        return moved > 0 && Stationarity.IsZero(gradient[i], Stationarity.UnitRoundoff * moved) && Agrees(point, gradient[i], i, row);
    }

    /// <summary>Whether the slope a way inside is what the row says: a curvature that ends within a few digits of the place, as that of log(x − 1 + 1e-20) at 1, moves the slope by no more than what it is.</summary>
    private bool Agrees(double[] point, double slope, int i, ReadOnlySpan<double> row)
    {
        point.CopyTo(inside, 0);
        var inwards = slopes.Region.Active(point).Where(side => side.Coordinate is not null).ToDictionary(side => side.First, side => -side.Normal[0]);
        var (reach, change, size) = (slopes.Region.Reach(point), 0.0, 0.0);
        for (var j = 0; j < dimension; j++)
        {
            if (row[j] != 0 && double.IsFinite(row[j]))
            {
                // The geometric mean of the coordinate's last digit and the region: of both it is half the digits away.
                var step = Math.Sqrt(Stationarity.UnitRoundoff * Math.Abs(point[j]) * (slopes.Region.Length(j) ?? reach));
                inside[j] += inwards.GetValueOrDefault(j, point[j] < slopes.Region.Middle(j) ? 1 : -1) * step;
                change += row[j] * (inside[j] - point[j]);
                size += Math.Abs(row[j]) * step;
            }
        }

        slopes.Gradient(inside, there);
        return Math.Abs(there[i] - slope - change) <= 0.5 * size;
    }
}
