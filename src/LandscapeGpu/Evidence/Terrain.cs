using LandscapeGpu.Differentiation;
using LandscapeGpu.Objectives;
using LandscapeGpu.Polish;

namespace LandscapeGpu.Evidence;

/// <summary>Value and slope at single points, of coordinates that move: on a manifold the Riemannian gradient and Hessian, at points put back onto it.</summary>
internal sealed class Terrain(Objective objective) : IDisposable
{
    private readonly PointDerivatives slopes = new(objective);
    private readonly Retraction retraction = new(objective);

    public double Value(ReadOnlySpan<double> point) => slopes.At(point).Value;

    /// <summary>f, and the gradient into the given array.</summary>
    public double Gradient(double[] point, double[] gradient) => slopes.Gradient(point, gradient);

    /// <summary>The Hessian times v.</summary>
    public void Product(double[] point, ReadOnlySpan<double> v, Span<double> result) => slopes.Product(point, v, result);

    /// <summary>The point itself, moved onto the manifold if there is one.</summary>
    public double[] Put(double[] point)
    {
        retraction.Apply(point);
        return point;
    }

    public void Dispose()
    {
        slopes.Dispose();
        retraction.Dispose();
    }
}
