using LandscapeGpu.Minima;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Evidence;

/// <summary>Value and slope at single points: of a landscape on spheres the Riemannian gradient P∇f, at points put back onto them.</summary>
internal sealed class Terrain(Objective objective) : IDisposable
{
    private readonly Slopes slopes = new(objective);
    private readonly Manifold? manifold = objective.Manifold;

    public double Value(ReadOnlySpan<double> point) => slopes.At(point).Value;

    /// <summary>f, and the gradient into the given array.</summary>
    public double Gradient(double[] point, double[] gradient)
    {
        var value = slopes.Gradient(point, gradient);
        if (manifold is not null)
        {
            RiemannianHessian.Project(gradient, point, manifold.BlockLength);
        }

        return value;
    }

    /// <summary>The Hessian of the surrounding space times v.</summary>
    public void Product(double[] point, ReadOnlySpan<double> v, Span<double> result) => slopes.Product(point, v, result);

    /// <summary>The point itself, moved onto the spheres if there are any.</summary>
    public double[] Put(double[] point)
    {
        if (manifold is not null)
        {
            RiemannianHessian.Retract(point, manifold);
        }

        return point;
    }

    public void Dispose() => slopes.Dispose();
}
