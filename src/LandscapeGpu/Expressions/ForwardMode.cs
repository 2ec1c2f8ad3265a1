namespace LandscapeGpu.Expressions;

/// <summary>Derivatives along a direction, by passing tangents from the point to the value.</summary>
internal sealed class ForwardMode
{
    private readonly Dictionary<Real, Real> tangents = [];
    private readonly Dictionary<Vector, Vector?> vectors = [];

    private ForwardMode(Vector x, Vector direction) => vectors[x] = direction;

    /// <summary>(d/dt) value(x + t·direction) at t = 0.</summary>
    public static Real Along(Real value, Vector x, Vector direction) => new ForwardMode(x, direction).Tangent(value);

    /// <summary>The same for every element of a vector; null where it does not depend on x.</summary>
    public static Vector? Along(Vector value, Vector x, Vector direction) => new ForwardMode(x, direction).Tangent(value);

    private Real Tangent(Real n)
    {
        if (!tangents.TryGetValue(n, out var tangent))
        {
            // Operands first, without recursion: formulas written out are deep.
            foreach (var node in Traversal.From(n))
            {
                if (node is Real r)
                {
                    tangents.TryAdd(r, Compute(r));
                }
                else
                {
                    Tangent((Vector)node);
                }
            }

            tangent = tangents[n];
        }

        return tangent;
    }

    private Real Compute(Real n)
    {
        switch (n.Operation)
        {
            case Operation.Element:
                return Tangent(n.Vector)?.Element(n.Index) ?? Real.Constant(0);
            case Operation.Sum:
                return Algebra.Sum(n.Index, tangents[n.A]);
            case >= Operation.Less:
                return Real.Constant(0);
            default:
                var sum = Real.Constant(0);
                var k = 0;
                foreach (var operand in n.Operands)
                {
                    var t = tangents[operand];
                    if (!(t.IsConstant && t.Value == 0))
                    {
                        sum = Algebra.Add(sum, Partials.Along(n, k, t));
                    }

                    k++;
                }

                return sum;
        }
    }

    private Vector? Tangent(Vector v)
    {
        if (!vectors.TryGetValue(v, out var tangent))
        {
            tangent = v switch
            {
                LoopVector loop => Nonzero(Tangent(loop.Body)) is { } body ? Vectors.Loop(loop.Variable, body) : null,
                ComponentVector components => new ComponentVector([.. components.Components.Select(Tangent)]),
                ScatterVector scatter => Scattered(scatter),
                _ => null,
            };
            vectors[v] = tangent;
        }

        return tangent;
    }

    private ScatterVector Scattered(ScatterVector scatter)
    {
        var contributions = scatter.Contributions
            .Select(c => new Contribution(c.Loops, c.Index, Tangent(c.Value)))
            .Where(c => Nonzero(c.Value) is not null);
        return new ScatterVector(scatter.Length, [.. contributions], scatter.Free);
    }

    private static Real? Nonzero(Real r) => r.IsConstant && r.Value == 0 ? null : r;
}
