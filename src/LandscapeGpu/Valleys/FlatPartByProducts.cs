namespace LandscapeGpu.Valleys;

/// <summary>What flat directions have of a way v, by products with the Hessian: v − p, where conjugate gradients find the shortest p with Hp = Hv.</summary>
/// <remarks>They never leave what the Hessian spans, so that p is what curved directions have. What is left of them by the end is softer than all the others, and little on the way back to the floor.</remarks>
/// <param name="derivatives">The landscape's.</param>
internal sealed class FlatPartByProducts(PointDerivatives derivatives) : IFlatPart
{
    private const double Residual = 1e-4;

    private const int MostProducts = 500;

    /// <summary>As many as their products allow, which whoever makes the walks counts.</summary>
    public double MostWalks => double.PositiveInfinity;

    public double[] Of(double[] point, double[] way, int directions)
    {
        var (part, left, product) = (way.ToArray(), new double[way.Length], new double[way.Length]);
        derivatives.Product(point, part, left);
        var search = left.ToArray();
        var square = Inner.Product(left, left);
        var enough = square * Residual * Residual;
        for (var k = 0; k < Math.Min(2 * way.Length, MostProducts) && square > enough; k++)
        {
            derivatives.Product(point, search, product);
            var curvature = Inner.Product(search, product);
            // Less is rounding, as is all of it where the whole way is flat.
            if (!(curvature > Stationarity.UnitRoundoff * Inner.Norm(search) * Inner.Norm(product)))
            {
                break;
            }

            Inner.Add(-square / curvature, search, part);
            Inner.Add(-square / curvature, product, left);
            var next = Inner.Product(left, left);
            Inner.Scale(next / square, search);
            Inner.Add(1, left, search);
            square = next;
        }

        return part;
    }
}
