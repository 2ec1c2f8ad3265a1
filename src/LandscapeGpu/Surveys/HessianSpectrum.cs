namespace LandscapeGpu.Surveys;

/// <summary>Eigenvalues of an objective's Hessian at a point, of the formula, whatever set it is explored on.</summary>
public static class HessianSpectrum
{
    /// <summary>All eigenvalues of ∇²f(x), ascending: the Hessian is formed, which is for up to a few thousand coordinates.</summary>
    /// <param name="objective">f.</param>
    /// <param name="x">A coordinate for each dimension.</param>
    /// <exception cref="ArgumentException">x has another length, or the Hessian is not finite there.</exception>
    public static IReadOnlyList<double> Eigenvalues(Objective objective, ReadOnlySpan<double> x)
    {
        var hessian = objective.Hessian(x);
        double[] entries = [.. hessian.Cast<double>()];
        return Spectrum.OfHessian(entries, x.Length).Known().Eigenvalues;
    }

    /// <summary>The lowest and highest eigenvalues of ∇²f(x) with their eigenvectors, by Lanczos' method: the Hessian is not formed.</summary>
    /// <param name="objective">f.</param>
    /// <param name="x">A coordinate for each dimension.</param>
    /// <param name="count">How many at each end.</param>
    /// <param name="units">A unit s for each coordinate, in which the Hessian is taken: S∇²f(x)S; null for the formula's own.</param>
    /// <exception cref="ArgumentException">x or the units have another length.</exception>
    public static ExtremeEigenvalues Extremes(Objective objective, ReadOnlySpan<double> x, int count = 2, IReadOnlyList<double>? units = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var point = x.ToArray();
        if (point.Length != objective.Dimension || (units is not null && units.Count != point.Length))
        {
            throw new ArgumentException($"The objective {objective.Name} was given a point of {point.Length} coordinates{(units is null ? "" : $" and {units.Count} units")}; it has {objective.Dimension}.");
        }

        using var derivatives = new PointDerivatives(objective with { Region = Region.WholeSpace });
        return Lanczos.Extremes(units is null ? (v, result) => derivatives.Product(point, v, result) : InUnits, point.Length, new() { Lowest = count, Highest = count });

        void InUnits(ReadOnlySpan<double> v, Span<double> result)
        {
            var moved = new double[point.Length];
            for (var i = 0; i < moved.Length; i++)
            {
                moved[i] = units[i] * v[i];
            }

            derivatives.Product(point, moved, result);
            for (var i = 0; i < moved.Length; i++)
            {
                result[i] *= units[i];
            }
        }
    }
}
