namespace LandscapeGpu.Differentiation;

/// <summary>An objective's derivatives at a point, in double precision: those of its formula, whatever set it is explored on.</summary>
/// <remarks>They are derived from the formula by reverse and forward mode, compiled at the first call, and exact but for rounding.</remarks>
public static class ObjectiveDerivatives
{
    /// <summary>f at many points, a point a lane: far faster than one after another.</summary>
    /// <param name="objective">f.</param>
    /// <param name="points">Points of d coordinates, as the formula is given them, one after another.</param>
    /// <returns>A value for each point.</returns>
    /// <exception cref="ArgumentException">They are not a whole number of points.</exception>
    public static double[] Values(this Objective objective, ReadOnlySpan<double> points)
    {
        ArgumentNullException.ThrowIfNull(objective);
        if (points.Length % objective.Dimension != 0)
        {
            throw new ArgumentException($"The objective {objective.Name} was given {points.Length} numbers; a point has {objective.Dimension}.");
        }

        using var lanes = new LaneValues(objective with { Region = Region.WholeSpace });
        var values = new double[points.Length / objective.Dimension];
        lanes.At(points, values);
        return values;
    }

    /// <summary>∇f(x), d numbers.</summary>
    /// <param name="objective">f.</param>
    /// <param name="x">A coordinate for each dimension, as the formula is given them.</param>
    /// <exception cref="ArgumentException">x has another length.</exception>
    public static double[] Gradient(this Objective objective, ReadOnlySpan<double> x)
    {
        using var derivatives = Of(objective, x.Length);
        var gradient = new double[x.Length];
        derivatives.Gradient(x, gradient);
        return gradient;
    }

    /// <summary>∇²f(x), d × d, symmetric to rounding.</summary>
    /// <param name="objective">f.</param>
    /// <param name="x">A coordinate for each dimension.</param>
    /// <exception cref="ArgumentException">x has another length.</exception>
    public static double[,] Hessian(this Objective objective, ReadOnlySpan<double> x)
    {
        using var derivatives = Of(objective, x.Length);
        var d = x.Length;
        var (hessian, unit, row) = (new double[d, d], new double[d], new double[d]);
        for (var i = 0; i < d; i++)
        {
            unit[i] = 1;
            derivatives.Product(x, unit, row);
            unit[i] = 0;
            for (var j = 0; j < d; j++)
            {
                hessian[i, j] = row[j];
            }
        }

        return hessian;
    }

    /// <summary>∇²f(x)·v, d numbers: the Hessian itself is not formed where there are many coordinates.</summary>
    /// <param name="objective">f.</param>
    /// <param name="x">A coordinate for each dimension.</param>
    /// <param name="v">As many numbers.</param>
    /// <exception cref="ArgumentException">x or v has another length.</exception>
    public static double[] HessianProduct(this Objective objective, ReadOnlySpan<double> x, ReadOnlySpan<double> v)
    {
        using var derivatives = Of(objective, x.Length);
        if (v.Length != x.Length)
        {
            throw new ArgumentException($"The objective {objective.Name} was given a vector of {v.Length} entries; it has {objective.Dimension} coordinates.");
        }

        var product = new double[x.Length];
        derivatives.Product(x, v, product);
        return product;
    }

    private static PointDerivatives Of(Objective objective, int length)
    {
        return length == objective.Dimension
            ? new(objective with { Region = Region.WholeSpace })
            : throw new ArgumentException($"The objective {objective.Name} was given a point of {length} coordinates; it has {objective.Dimension}.");
    }
}
