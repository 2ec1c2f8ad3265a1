namespace LandscapeGpu.Expressions;

/// <summary>What is carried through an expression from the point to the value: a real for each real, and for each vector a vector, or null where it is all nothing.</summary>
/// <param name="x">The point.</param>
/// <param name="atPoint">What it has.</param>
internal abstract class Propagation(Vector x, Vector? atPoint)
{
    private readonly Dictionary<Real, Real> reals = [];
    private readonly Dictionary<Vector, Vector?> vectors = new() { [x] = atPoint };

    protected static Real Nothing => Real.Constant(0);

    protected static bool IsNothing(Real r) => r.IsConstant && r.Value == 0;

    /// <summary>What a real has.</summary>
    protected Real Of(Real n)
    {
        if (!reals.TryGetValue(n, out var carried))
        {
            // Operands first, without recursion: formulas written out are deep.
            foreach (var node in Traversal.From(n))
            {
                if (node is Real r)
                {
                    reals.TryAdd(r, Compute(r));
                }
                else
                {
                    Of((Vector)node);
                }
            }

            carried = reals[n];
        }

        return carried;
    }

    /// <summary>What a vector has; null for nothing.</summary>
    protected Vector? Of(Vector v)
    {
        if (!vectors.TryGetValue(v, out var carried))
        {
            carried = v switch
            {
                LoopVector loop => Of(loop.Body) is var body && IsNothing(body) ? null : Vectors.Loop(loop.Variable, body),
                ComponentVector components => new ComponentVector([.. components.Components.Select(Of)]),
                ScatterVector scatter => Scattered(scatter),
                _ => null,
            };
            vectors[v] = carried;
        }

        return carried;
    }

    /// <summary>What an operand has, of a node whose turn it is.</summary>
    protected Real Known(Real operand) => reals[operand];

    /// <summary>What a real has, from what its operands have.</summary>
    protected abstract Real Compute(Real n);

    /// <summary>What a vector has that contributions are added up to.</summary>
    protected abstract Vector Scattered(ScatterVector scatter);
}
