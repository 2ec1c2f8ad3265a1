namespace LandscapeGpu.Expressions;

/// <summary>From an expression, an expression that bounds what rounding does to it: running error analysis.</summary>
/// <remarks>
/// <para>
/// With u the unit roundoff, a computed z = a ∘ b is wrong by at most u·E(z), and E follows the expression: E(a + b) = E(a) + E(b) + |z|;
/// E(a·b) = |a|E(b) + |b|E(a) + |z|; E(f(a)) = |f′(a)|E(a) + c|z|, where c counts the roundings within the function. Terms in u² are kept in
/// products and whole powers only, where the first order vanishes with the factors: the square of a residual that is all rounding is rounding. Underflow counts in products of exponentials. What does not
/// round adds nothing: signs, comparisons, choices, multiplication by powers of two. N. Higham, Accuracy and Stability of Numerical
/// Algorithms (2nd edition, 2002), §3.3; J. Wilkinson, Error analysis revisited (IMA Bulletin 22, 1986).
/// </para>
/// <para>
/// A sum over a loop of n terms is wrong by at most (n − 1)·u·Σ|terms|, and hardly ever by more than 4√n·u·Σ|terms|: roundings are not all
/// of one sign. N. Higham, T. Mary, A new approach to probabilistic rounding error analysis (SIAM J. Sci. Comput. 41, 2019), with λ = 4.
/// </para>
/// </remarks>
internal sealed class RunningError : Propagation
{
    /// <summary>u of double precision: half the distance from 1 to the next number.</summary>
    public const double UnitRoundoff = 1.0 / (1L << 53);

    private readonly HashSet<Real> maybeInfinite = [];
    private readonly HashSet<Real> maybeSunken = [];
    private readonly Dictionary<Vector, bool> sunkenVectors = [];

    // What is smaller has fewer digits, or none: it is rounded by u times this. That counts where exponentials bring it back, as (1 + eˣ)⁻² times e²ˣ.
    private const double LeastNormal = 2.2250738585072014e-308;

    // Elementary functions are right to four units in the last place, each of at most two u.
    private const double FunctionRoundings = 8;

    /// <param name="x">The point.</param>
    /// <param name="inputs">By how many u each of its coordinates may be wrong; null where they are exact.</param>
    public RunningError(Vector x, Vector? inputs)
        : base(x, inputs)
    {
    }

    /// <summary>
    /// Whether the bound holds beside poles too, where a divisor has no digits. Of values it has to: a place is none where they are all rounding. Derivatives beside a side may have poles on it, and
    /// what pushes the point there is known to the first order.
    /// </summary>
    public bool BoundsPoles { get; init; }

    /// <summary>A bound of a real's rounding error.</summary>
    public Real Bound(Real value) => UnitRoundoff * Of(value);

    /// <summary>A bound of the rounding error of each element.</summary>
    public Vector Bound(Vector vector) => Scaled(vector, UnitRoundoff);

    /// <summary>The same in u: how many roundings of a number near 1 it is.</summary>
    public Vector InRoundings(Vector vector) => Scaled(vector, 1);

    private Vector Scaled(Vector vector, double unit) => Of(vector) is not { } error
        ? VectorForm.Of(vector).Each(vector.Length, _ => Nothing)
        : error is ComponentVector components ? new ComponentVector([.. components.Components.Select(c => unit * c)])
        : Vector(vector.Length, i => unit * error[i]);

    protected override Real Compute(Real n)
    {
        if (GivenFactors.MayMakeInfinite(n) || (n.Operation is Operation.Add or Operation.Subtract or Operation.Negate or Operation.Multiply && n.Operands.Any(maybeInfinite.Contains)))
        {
            maybeInfinite.Add(n);
        }

        if (n.Operation is Operation.Exp or Operation.Power || n.Operands.Any(maybeSunken.Contains) || (n.Operation == Operation.Element && HasSunken(n.Vector)))
        {
            maybeSunken.Add(n);
        }

        switch (n.Operation)
        {
            case Operation.Constant or Operation.Parameter or Operation.FromIndex or Operation.Round or >= Operation.Less:
                return Nothing;
            case Operation.Element:
                return Of(n.Vector)?.Element(n.Index) ?? Nothing;
            case Operation.Sum:
                return Algebra.Sum(n.Index, ErrorOf(n.A) + (Growth(n.Index.Extent.Greatest) * Abs(n.A)));
            case Operation.Multiply:
                return Product(n);
            case Operation.Sqrt:
                // |√(a + e) − √a| is at most e/√a and at most √e.
                var e = ErrorOf(n.A);
                return IsNothing(e) ? Abs(n) : Abs(n) + Select(e > 0, e / Max(n, Sqrt(UnitRoundoff * e)), Nothing);
            case Operation.Asin or Operation.Acos:
                // At most e/√(1 − a²), but for what is nearer to ±1 than a is known, and at most π/√2 times √e.
                var near = ErrorOf(n.A);
                var known = FunctionRoundings * Abs(n);
                return IsNothing(near) ? known : known + Select(!Equal(near, 0), 2 * near / Max(Sqrt(Max(1 - Square(n.A), 0)), (Math.Sqrt(2) / Math.PI) * Sqrt(UnitRoundoff * near)), Nothing);
            case Operation.Min or Operation.Max when BoundsPoles && Known(n.A) is var a && Known(n.B) is var b && !(IsNothing(a) && IsNothing(b)):
                // Of two that cannot be told apart rounding chose one, and the other may be it.
                return Select(Abs(n.A - n.B) <= UnitRoundoff * (a + b), Max(a, b), Passed(n));
            default:
                return Passed(n) + (RoundingsOf(n) * Size(n));
        }
    }

    /// <summary>What rounding an operation's result is proportional to.</summary>
    private Real Size(Real n) => n.Operation is not (Operation.Multiply or Operation.WholePower) || !maybeSunken.Contains(n) ? Abs(n)
        : Select(n.Operands.Distinct().Select(o => !Equal(o, 0)).Aggregate(Abs(n) < LeastNormal, (all, one) => all & one), LeastNormal, Abs(n));

    private bool HasSunken(Vector vector)
    {
        if (!sunkenVectors.TryGetValue(vector, out var has))
        {
            sunkenVectors.Add(vector, has = Traversal.DependenciesOf(vector).OfType<Real>().Any(maybeSunken.Contains));
        }

        return has;
    }

    /// <summary>An operand's error. What a given zero makes infinite is so whatever is rounded, and 1/∞ is 0.</summary>
    private Real ErrorOf(Real operand) => maybeInfinite.Contains(operand) ? Select(Abs(operand) <= double.MaxValue, Known(operand), Nothing) : Known(operand);

    /// <summary>What the operands' errors become.</summary>
    private Real Passed(Real n)
    {
        var sum = Nothing;
        var k = 0;
        foreach (var operand in n.Operands)
        {
            if (ErrorOf(operand) is var e && !IsNothing(e))
            {
                if (n.Operation == Operation.WholePower && n.Exponent > 1)
                {
                    // By the mean value theorem: of what is all rounding, the first order vanishes with it.
                    return n.Exponent * (e * Algebra.Power(Abs(operand) + (UnitRoundoff * e), n.Exponent - 1));
                }

                var along = Partials.Along(n, k, e);
                sum += n.Operation is Operation.Add or Operation.Subtract or Operation.Negate or Operation.Abs ? e
                    : BoundsPoles && n.Operation is Operation.Reciprocal ? Abs(along) * BeyondFirstOrder(n, e)
                    : n.Operation is Operation.Select or Operation.Min or Operation.Max ? along
                    // What an exact operand makes infinite is as exact.
                    : n.Operation is Operation.Log or Operation.Power or Operation.Asin or Operation.Acos ? Select(!Equal(e, 0), Abs(along), Nothing)
                    : Abs(along);
            }

            k++;
        }

        return sum;
    }

    /// <summary>How many times the first order an inverse may be wrong by.</summary>
    /// <remarks>
    /// |1/(a + δ) − 1/a| is at most δ/a² times 1/(1 − |δ/a|): twice the first order where half of a's digits of the first place are known. Where not even those are, a may be 0, and
    /// nothing bounds its inverse: 1/u times the first order is more than the inverse itself, and still a number.
    /// </remarks>
    private static Real BeyondFirstOrder(Real inverse, Real e) => Select(UnitRoundoff * e * Abs(inverse) < 0.5, 1, 1 / UnitRoundoff);

    private Real Product(Real n)
    {
        var (a, b) = (ErrorOf(n.A), ErrorOf(n.B));
        var own = IsPowerOfTwo(n.A) || IsPowerOfTwo(n.B) ? Nothing : Size(n);
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

    protected override Vector Scattered(ScatterVector scatter)
    {
        var additions = scatter.Contributions.Sum(c => c.Loops.Aggregate(1.0, (product, loop) => product * loop.Extent.Greatest));
        var growth = Growth(Math.Max(scatter.Contributions.Count + 1, additions / scatter.Length));
        return new ScatterVector(scatter.Length, [.. scatter.Contributions.Select(c => c with { Value = Of(c.Value) + (growth * Abs(c.Value)) })], scatter.Free);
    }

    private static double Growth(double terms) => Math.Max(0, Math.Min(terms - 1, 4 * Math.Sqrt(terms)));

    private static bool IsPowerOfTwo(Real r) => r.IsConstant && r.Value != 0 && Math.Abs(r.Value) == Math.ScaleB(1, Math.ILogB(r.Value));
}
