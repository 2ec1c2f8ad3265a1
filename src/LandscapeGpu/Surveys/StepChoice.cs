namespace LandscapeGpu.Surveys;

/// <summary>The step along the slope that a landscape asks for where nobody gave one.</summary>
/// <remarks>
/// A step is stable up to 2/λ, λ being the largest curvature. What λ is where descents end is asked of the ends of a few by L-BFGS, which need no step; what it is on the way there, of the gentler starts: steep ones are on walls that
/// descents leave at once. So a step that nobody gave follows the units of the value and of the coordinates.
/// </remarks>
internal static class StepChoice
{
    private const int Descents = 16;

    // Enough to come near to where they end: no minimum is wanted, only the curvature there.
    private const int Steps = 100;

    // The ratio of lengths grows to the largest curvature; within a factor of two it is soon.
    private const int Products = 10;

    // Fewer where points are long.
    private const int MostNumbers = 1 << 18;

    /// <summary>1/(2λ), in these units; null where nothing is curved.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="starts">Where descents begin.</param>
    /// <param name="units">The units to descend in.</param>
    /// <param name="bits">The width of vectors; null for the widest there is.</param>
    public static double? Of(Objective objective, Sampler starts, Units units, int? bits)
    {
        var d = objective.Dimension;
        var range = new RestartRange(starts, 0, 0, Math.Clamp(MostNumbers / d, 2, Descents));
        var ends = DescentInUnits.Compile(new LaneDevice(1, bits), objective, new() { IsDouble = true, Stop = new() { Iterations = Steps } }, units).Run(range);
        using var derivatives = new PointDerivatives(objective, bits);
        var (first, last) = (new List<double>(), new List<double>());
        for (var k = 0; k < ends.Count; k++)
        {
            var start = new double[d];
            starts.Draw(0, k, start);
            var slope = new double[d];
            derivatives.Gradient(derivatives.Retract(start), slope);
            // In y the slope is Sg.
            double[] along = [.. slope.Select((g, i) => g * units.Length(i))];
            first.Add(Curvature(derivatives, start, along, units, 1));
            last.Add(Curvature(derivatives, ends.Points[(k * d)..((k + 1) * d)], along, units, Products));
        }

        var curvature = units.Value * Math.Max(Quartile(first, 1), Quartile(last, 3));
        return curvature > 0 ? 1 / (2 * curvature) : null;
    }

    /// <summary>The length of the Hessian's product with a vector over the vector's, in y, and so the largest after some products.</summary>
    private static double Curvature(PointDerivatives derivatives, double[] point, double[] v, Units units, int products)
    {
        var (ratio, product) = (double.NaN, new double[v.Length]);
        for (var k = 0; k < products && Inner.Norm(v) is var length && length > 0; k++)
        {
            // In y the Hessian is SHS.
            derivatives.Product(point, [.. v.Select((e, i) => e / length * units.Length(i))], product);
            v = [.. product.Select((h, i) => h * units.Length(i))];
            ratio = Inner.Norm(v);
        }

        return ratio;
    }

    /// <summary>What so many quarters of the finite positive ones do not exceed; 0 where there are none.</summary>
    private static double Quartile(List<double> curvatures, int quarters) =>
        curvatures.Where(c => double.IsFinite(c) && c > 0).Order().ToList() is { Count: > 0 } known ? known[quarters * known.Count / 4] : 0;
}
