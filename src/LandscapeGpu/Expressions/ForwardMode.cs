namespace LandscapeGpu.Expressions;

/// <summary>Derivatives along a direction, by passing tangents from the point to the value.</summary>
internal sealed class ForwardMode : Propagation
{
    private ForwardMode(Vector x, Vector direction)
        : base(x, direction)
    {
    }

    /// <summary>(d/dt) value(x + t·direction) at t = 0.</summary>
    public static Real Along(Real value, Vector x, Vector direction) => new ForwardMode(x, direction).Of(value);

    /// <summary>The same for every element of a vector; null where it does not depend on x.</summary>
    public static Vector? Along(Vector value, Vector x, Vector direction) => new ForwardMode(x, direction).Of(value);

    protected override Real Compute(Real n)
    {
        switch (n.Operation)
        {
            case Operation.Element:
                return Of(n.Vector)?.Element(n.Index) ?? Nothing;
            case Operation.Sum:
                return Algebra.Sum(n.Index, Known(n.A));
            case >= Operation.Less:
                return Nothing;
            default:
                var sum = Nothing;
                var k = 0;
                foreach (var operand in n.Operands)
                {
                    if (Known(operand) is var t && !IsNothing(t))
                    {
                        sum = Algebra.Add(sum, Partials.Along(n, k, t));
                    }

                    k++;
                }

                return sum;
        }
    }

    protected override Vector Scattered(ScatterVector scatter) => new ScatterVector(
        scatter.Length,
        [.. scatter.Contributions.Select(c => new Contribution(c.Loops, c.Index, Of(c.Value))).Where(c => !IsNothing(c.Value))],
        scatter.Free);
}
