namespace LandscapeGpu.Valleys;

/// <summary>What flat directions have of a way, by the Hessian's eigenvectors.</summary>
/// <param name="hessianAt">The Hessian at a point, row by row.</param>
/// <param name="dimension">d.</param>
internal sealed class FlatPartByHessian(Func<double[], double[]> hessianAt, int dimension) : IFlatPart
{
    // About a second of a core in all.
    private const double MostWork = 1e9;

    // A walk is about ten factorisations, d³/3 each.
    private const double WorkOfOne = 3.5;

    public double MostWalks => MostWork / (WorkOfOne * Math.Pow(dimension, 3));

    public double[] Of(double[] point, double[] way, int directions)
    {
        var basis = SymmetricEigenvalues.Decompose(hessianAt(point), dimension);
        var part = new double[dimension];
        foreach (var k in Enumerable.Range(0, dimension).OrderBy(k => Math.Abs(basis.Values[k])).Take(directions))
        {
            var direction = basis.Vector(k).ToArray();
            Inner.Add(Inner.Product(direction, way), direction, part);
        }

        return part;
    }
}
