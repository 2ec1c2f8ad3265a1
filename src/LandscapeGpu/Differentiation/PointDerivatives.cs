namespace LandscapeGpu.Differentiation;

/// <summary>Value, gradient and Hessian-vector products at single points, in double precision; on a manifold the Riemannian ones, at points put back onto it.</summary>
/// <param name="objective">Whose derivatives.</param>
/// <param name="derivatives">Its programs.</param>
/// <param name="threads">How many threads compute one product together, where it is of matrices; the bits are the same.</param>
internal sealed class PointDerivatives(Objective objective, Derivatives derivatives, int threads = 1) : IDisposable
{
    private readonly Lanes slope = objective.OnLanes(derivatives.Slope, threads);
    private readonly Lanes curvature = objective.OnLanes(derivatives.Curvature, threads);
    private readonly Retraction retraction = new(objective, derivatives.Bits);
    private double[]? curved;

    public PointDerivatives(Objective objective, int? bits = null)
        : this(objective, Derivatives.Of(objective, bits))
    {
    }

    /// <summary>Where the points are.</summary>
    public Region Region { get; } = objective.Region;

    /// <summary>f.</summary>
    public double Value(ReadOnlySpan<double> point)
    {
        slope.Write(derivatives.X, 0, point);
        slope.Run();
        return slope.Read(derivatives.Value, 0, 0);
    }

    /// <summary>The point itself, moved onto the manifold if there is one.</summary>
    public double[] Retract(double[] point)
    {
        retraction.Apply(point);
        return point;
    }

    /// <summary>f and ‖∇f‖.</summary>
    public (double Value, double GradientNorm) At(ReadOnlySpan<double> point)
    {
        var g = new double[derivatives.Dimension];
        var value = Gradient(point, g);
        return (value, Math.Sqrt(g.Sum(e => e * e)));
    }

    /// <summary>f, and ∇f into the given span.</summary>
    public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        slope.Write(derivatives.X, 0, point);
        slope.Run();
        slope.Read(derivatives.Gradient, 0, gradient);
        return slope.Read(derivatives.Value, 0, 0);
    }

    /// <summary>The Hessian times v; on a manifold its tangent part only, plus a multiple of the normal part of v.</summary>
    public void Product(ReadOnlySpan<double> point, ReadOnlySpan<double> v, Span<double> result, double normal = 0)
    {
        if (derivatives.Direction is { } direction)
        {
            curvature.Write(direction, 0, v);
            if (curved is not null && point.SequenceEqual(curved))
            {
                // A product with another vector at the same point.
                curvature.RunAgain();
            }
            else
            {
                curvature.Write(derivatives.At, 0, point);
                curvature.Run();
                curved = point.ToArray();
            }

            curvature.Read(derivatives.Result, 0, result);
            for (var i = 0; normal != 0 && derivatives.Normal is { } n && i < result.Length; i++)
            {
                result[i] += normal * curvature.Read(n, i, 0);
            }

            return;
        }

        var d = derivatives.Dimension;
        var h = new double[d * d];
        curvature.Write(derivatives.At, 0, point);
        curvature.Run();
        curvature.Read(derivatives.Result, 0, h);
        for (var i = 0; i < d; i++)
        {
            result[i] = 0;
            for (var j = 0; j < d; j++)
            {
                result[i] += h[(i * d) + j] * v[j];
            }
        }
    }

    public void Dispose()
    {
        slope.Dispose();
        curvature.Dispose();
        retraction.Dispose();
    }
}
