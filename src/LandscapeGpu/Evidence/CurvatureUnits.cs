namespace LandscapeGpu.Evidence;

/// <summary>Units of coordinates in which curvatures are alike: what is zero beside what is decided in them.</summary>
/// <remarks>
/// By Sylvester's law S∇²fS has as many negative, zero and positive eigenvalues as ∇²f, and no unit of a coordinate is left in it where Sᵢ is one over the root of
/// how much f curves along it. Powers of two, so that nothing is rounded.
/// </remarks>
internal sealed class CurvatureUnits(double[] lengths)
{
    /// <summary>The coordinates' own.</summary>
    public static CurvatureUnits Own { get; } = new([]);

    public bool AreOwn => lengths.Length == 0;

    /// <summary>From Hessians: along each coordinate the middle curvature, or the largest where the middle one is zero.</summary>
    /// <param name="batches">Hessians, d × d each, one after the other.</param>
    /// <param name="d">The number of coordinates.</param>
    public static CurvatureUnits Of(IReadOnlyList<double[]> batches, int d)
    {
        var sizes = new double[d];
        for (var i = 0; i < d; i++)
        {
            double[] curvatures = [.. batches.SelectMany(b => Enumerable.Range(0, b.Length / (d * d)).Select(k => Math.Abs(b[(k * d * d) + (i * d) + i]))).Where(double.IsFinite).Order()];
            var middle = curvatures.Length == 0 ? 0 : curvatures[curvatures.Length / 2];
            sizes[i] = middle > 0 || curvatures.Length == 0 ? middle : curvatures[^1];
        }

        return Of([.. sizes.Select(s => s > 0 ? 1 / Math.Sqrt(s) : double.NaN)]);
    }

    /// <summary>Those that the objective is explored in, where whole Hessians are too large to look at.</summary>
    public static CurvatureUnits OfExploration(Objective objective) => Of(UnitChoice.Of(objective, null).Lengths);

    private static CurvatureUnits Of(double[] lengths)
    {
        double[] known = [.. lengths.Where(l => l > 0 && double.IsFinite(l))];
        // Within that, plain curvatures keep three quarters of the digits to be told from zero by.
        if (known.Length == 0 || Stationarity.QuarterOfTheDigits * known.Max() * known.Max() < known.Min() * known.Min())
        {
            return Own;
        }

        // What f does not depend on has no unit of its own.
        return new([.. lengths.Select(l => Objectives.Units.PowerOfTwo(l > 0 && double.IsFinite(l) ? l : known.Max()))]);
    }

    /// <summary>‖Sg‖², of a gradient.</summary>
    public double SquareOfSlope(IReadOnlyList<double> gradient) => gradient.Select((g, i) => g * Length(i)).Sum(slope => slope * slope);

    /// <summary>‖S⁻¹v‖², of a step.</summary>
    public double SquareOfStep(IReadOnlyList<double> step) => step.Select((v, i) => v / Length(i)).Sum(length => length * length);

    /// <summary>SHS, of Hessians one after the other.</summary>
    public double[] Scaled(double[] hessians, int d) => [.. hessians.Select((h, e) => h * Length(e / d % d) * Length(e % d))];

    /// <summary>SHS, of products with a Hessian.</summary>
    public SymmetricOperator Scaled(SymmetricOperator hessian) => (v, result) =>
    {
        double[] scaled = [.. v];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] *= Length(i);
        }

        hessian(scaled, result);
        for (var i = 0; i < scaled.Length; i++)
        {
            result[i] *= Length(i);
        }
    };

    private double Length(int i) => lengths.Length == 0 ? 1 : lengths[i];
}
