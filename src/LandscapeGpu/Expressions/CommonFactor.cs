namespace LandscapeGpu.Expressions;

/// <summary>What all contributions to a vector have as a factor and no loop changes: multiplied once an element, not once a contribution.</summary>
internal static class CommonFactor
{
    public static (Real Factor, List<Contribution> Others) Of(List<Contribution> contributions)
    {
        var split = contributions.ConvertAll(Split);
        var (first, magnitude) = (split[0].Outside, Math.Abs(split[0].Constant));
        var alike = split.TrueForAll(s => s.Outside.SequenceEqual(first));
        var scaled = split.TrueForAll(s => Math.Abs(s.Constant) == magnitude);
        if (!alike && !scaled)
        {
            return (Real.Constant(1), contributions);
        }

        var factor = Multiply(scaled ? magnitude : 1, alike ? first : []);
        return (factor, [.. contributions.Select((c, k) => c with
        {
            Value = Multiply(
                scaled ? Math.Sign(split[k].Constant) : split[k].Constant,
                alike ? split[k].Inside : [.. split[k].Outside, .. split[k].Inside]),
        })]);
    }

    private static (double Constant, Real[] Outside, Real[] Inside) Split(Contribution c)
    {
        var (constant, value) = (1.0, c.Value);
        if (value.Operation == Operation.Negate)
        {
            (constant, value) = (-1, value.A);
        }

        var factors = Product.Factors(value);
        var known = factors.Where(f => f.IsConstant).Aggregate(constant, (product, f) => product * f.Value);
        bool Changes(Real f) => c.Loops.Any(f.Free.Contains);
        return (known, [.. factors.Where(f => !f.IsConstant && !Changes(f)).OrderBy(f => f.Number)], [.. factors.Where(f => !f.IsConstant && Changes(f))]);
    }

    private static Real Multiply(double constant, Real[] factors) => Algebra.Multiply(Real.Constant(constant), Product.Of(factors));
}
