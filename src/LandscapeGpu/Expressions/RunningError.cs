namespace LandscapeGpu.Expressions;

/// <summary>From an expression, an expression that bounds what rounding does to it: running error analysis.</summary>
/// <remarks>
/// <para>
/// With u the unit roundoff, a computed z = a ∘ b is wrong by at most u·E(z), and E follows the expression: E(a + b) = E(a) + E(b) + |z|;
/// E(a·b) = |a|E(b) + |b|E(a) + |z|; E(f(a)) = |f′(a)|E(a) + c|z|, where c counts the roundings within the function. Terms in u² are kept in
/// products only, where the first order vanishes with the factors: the square of a residual that is all rounding is rounding. What does not
/// round adds nothing: signs, comparisons, choices, multiplication by powers of two. N. Higham, Accuracy and Stability of Numerical
/// Algorithms (2nd edition, 2002), §3.3; J. Wilkinson, Error analysis revisited (IMA Bulletin 22, 1986).
/// </para>
/// <para>
/// A sum over a loop of n terms is wrong by at most (n − 1)·u·Σ|terms|, and hardly ever by more than 4√n·u·Σ|terms|: roundings are not all
/// of one sign. N. Higham, T. Mary, A new approach to probabilistic rounding error analysis (SIAM J. Sci. Comput. 41, 2019), with λ = 4.
/// </para>
/// </remarks>
internal sealed class RunningError
{
    /// <summary>u of double precision: half the distance from 1 to the next number.</summary>
    public const double UnitRoundoff = 1.0 / (1L << 53);

    // Elementary functions are right to four units in the last place, each of at most two u.
    private const double FunctionRoundings = 8;

    private readonly Dictionary<Real, Real> errors = [];
    private readonly Dictionary<Vector, Vector?> vectors = [];

    /// <param name="x">The point.</param>
    /// <param name="inputs">By how many u each of its coordinates may be wrong; null where they are exact.</param>
    public RunningError(Vector x, Vector? inputs) => vectors[x] = inputs;

    /// <summary>A bound of a real's rounding error.</summary>
    public Real Bound(Real value) => UnitRoundoff * Of(value);

    /// <summary>A bound of the rounding error of each element.</summary>
    public Vector Bound(Vector vector) => Scaled(vector, UnitRoundoff);

    /// <summary>The same in u: how many roundings of a number near 1 it is.</summary>
    public Vector InRoundings(Vector vector) => Scaled(vector, 1);

    private Vector Scaled(Vector vector, double unit) => Of(vector) is not { } error
        ? new ComponentVector([.. Enumerable.Repeat(Exact, vector.Length)])
        : error is ComponentVector components ? new ComponentVector([.. components.Components.Select(c => unit * c)])
        : Vector(vector.Length, i => unit * error[i]);

    private static Real Exact => Real.Constant(0);

    private Real Of(Real n)
    {
        if (!errors.TryGetValue(n, out var error))
        {
            // Operands first, without recursion: formulas written out are deep.
            foreach (var node in Traversal.From(n))
            {
                if (node is Real r)
                {
                    errors.TryAdd(r, Compute(r));
                }
                else
                {
                    Of((Vector)node);
                }
            }

            error = errors[n];
        }

        return error;
    }

    private Real Compute(Real n)
    {
        switch (n.Operation)
        {
            case Operation.Constant or Operation.Parameter or Operation.FromIndex or Operation.Round or >= Operation.Less:
                return Exact;
            case Operation.Element:
                return Of(n.Vector)?.Element(n.Index) ?? Exact;
            case Operation.Sum:
                return Algebra.Sum(n.Index, errors[n.A] + (Growth(n.Index.Extent.Greatest) * Abs(n.A)));
            case Operation.Multiply:
                return Product(n);
            case Operation.Sqrt:
                // |√(a + e) − √a| is at most e/√a and at most √e.
                var e = errors[n.A];
                return IsExact(e) ? Abs(n) : Abs(n) + Select(e > 0, e / Max(n, Sqrt(UnitRoundoff * e)), Exact);
            default:
                return Passed(n) + (RoundingsOf(n) * Abs(n));
        }
    }

    /// <summary>What the operands' errors become.</summary>
    private Real Passed(Real n)
    {
        var sum = Exact;
        var k = 0;
        foreach (var operand in n.Operands)
        {
            if (errors[operand] is var e && !IsExact(e))
            {
                var along = Partials.Along(n, k, e);
                sum += n.Operation is Operation.Add or Operation.Subtract or Operation.Negate or Operation.Abs ? e
                    : n.Operation is Operation.Select or Operation.Min or Operation.Max ? along
                    : Abs(along);
            }

            k++;
        }

        return sum;
    }

    private Real Product(Real n)
    {
        var (a, b) = (errors[n.A], errors[n.B]);
        var own = IsPowerOfTwo(n.A) || IsPowerOfTwo(n.B) ? Exact : Abs(n);
        var passed = ReferenceEquals(n.A, n.B) ? 2 * (Abs(n.A) * a) : (Abs(n.A) * b) + (Abs(n.B) * a);
        return own + passed + (UnitRoundoff * (a * b));
    }

    /// <summary>How many roundings an operation makes, each of u times its result.</summary>
    private static double RoundingsOf(Real n) => n.Operation switch
    {
        Operation.Negate or Operation.Abs or Operation.Min or Operation.Max or Operation.Select => 0,
        Operation.Add or Operation.Subtract or Operation.Reciprocal => 1,
        Operation.WholePower => n.Exponent - 1,
        _ => FunctionRoundings,
    };

    private Vector? Of(Vector v)
    {
        if (!vectors.TryGetValue(v, out var error))
        {
            error = v switch
            {
                LoopVector loop => Of(loop.Body) is var body && IsExact(body) ? null : Vectors.Loop(loop.Variable, Of(loop.Body)),
                ComponentVector components => new ComponentVector([.. components.Components.Select(Of)]),
                ScatterVector scatter => Scattered(scatter),
                _ => null,
            };
            vectors[v] = error;
        }

        return error;
    }

    private ScatterVector Scattered(ScatterVector scatter)
    {
        var additions = scatter.Contributions.Sum(c => c.Loops.Aggregate(1.0, (product, loop) => product * loop.Extent.Greatest));
        var growth = Growth(Math.Max(scatter.Contributions.Count + 1, additions / scatter.Length));
        return new(scatter.Length, [.. scatter.Contributions.Select(c => c with { Value = Of(c.Value) + (growth * Abs(c.Value)) })], scatter.Free);
    }

    private static double Growth(double terms) => Math.Max(0, Math.Min(terms - 1, 4 * Math.Sqrt(terms)));

    private static bool IsExact(Real error) => error.IsConstant && error.Value == 0;

    private static bool IsPowerOfTwo(Real r) => r.IsConstant && r.Value != 0 && Math.Abs(r.Value) == Math.ScaleB(1, Math.ILogB(r.Value));
}
