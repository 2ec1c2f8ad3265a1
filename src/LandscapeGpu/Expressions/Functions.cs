namespace LandscapeGpu.Expressions;

/// <summary>The functions objectives are written with; meant for <c>using static</c>.</summary>
/// <remarks>A loop's body is traced once with a symbolic index; it is not repeated by the trace.</remarks>
public static class Functions
{
    private const int MostFactors = 10_000;

    /// <summary>Σ body(i) for i = 0 … n−1. The extent may depend on the index of an outer loop.</summary>
    public static Real Sum(Index n, Func<Index, Real> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        RequireExtent(n);
        var (variable, value) = Trace.Loop(n, body);
        return Algebra.Sum(variable, value);
    }

    /// <summary>The sum of a vector's elements.</summary>
    public static Real Sum(Vector v)
    {
        ArgumentNullException.ThrowIfNull(v);
        return Sum(v.Length, i => v[i]);
    }

    /// <summary>(1/n) Σ body(i) for i = 0 … n−1; n ≥ 1.</summary>
    public static Real Mean(int n, Func<Index, Real> body) => n >= 1
        ? Sum(n, body) / n
        : throw new ArgumentException(FormattableString.Invariant($"A mean over {n} terms was asked for; it needs at least one."));

    /// <summary>The product of body(i) for i = 0 … n−1, written out factor by factor; 0 ≤ n ≤ 10,000.</summary>
    public static Real Product(int n, Func<Index, Real> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (n is < 0 or > MostFactors)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A product of {n} factors was asked for; factors are written out one by one, and there can be 0 to {MostFactors}. More positive factors are Exp(Sum({n}, i => Log(factor)))."));
        }

        return Enumerable.Range(0, n).Aggregate(Real.Constant(1), (product, i) => product * body(i));
    }

    /// <summary>The vector (body(0), …, body(n−1)); computed once and kept, so that its elements can be used many times.</summary>
    public static Vector Vector(int n, Func<Index, Real> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (n < 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"A vector of {n} elements was asked for; it needs at least one."));
        }

        var (variable, value) = Trace.Loop((Index)n, body);
        return Vectors.Loop(variable, value);
    }

    /// <summary>A vector of the given reals.</summary>
    public static Vector Vector(params Real[] components) => new ComponentVector([.. components]);

    /// <summary>Σ aᵢbᵢ.</summary>
    public static Real Dot(Vector a, Vector b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Length == b.Length
            ? Sum(a.Length, i => a[i] * b[i])
            : throw new ArgumentException($"A dot product of vectors with {a.Length} and {b.Length} elements was asked for; they must be equally long.");
    }

    /// <summary>log Σ eᵛⁱ, without overflow and smooth: a + log(1 + e^(b−a)) of halves, over and over. Written out: one node for each element.</summary>
    public static Real LogSumExp(Vector v)
    {
        ArgumentNullException.ThrowIfNull(v);
        return Of(0, v.Length);

        Real Of(int begin, int count)
        {
            if (count == 1)
            {
                return v[begin];
            }

            var (a, b) = (Of(begin, count / 2), Of(begin + (count / 2), count - (count / 2)));
            return a + Softplus(b - a);
        }
    }

    /// <summary>Where the condition holds, the second; elsewhere the third.</summary>
    /// <remarks>Both are evaluated; neither the value nor the derivative of the one left out, whatever they are, is seen in the result.</remarks>
    public static Real Select(Condition condition, Real then, Real otherwise)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(then);
        ArgumentNullException.ThrowIfNull(otherwise);
        return Algebra.Select(condition.Mask, then, otherwise);
    }

    /// <summary>True where two indices are the same.</summary>
    public static Condition Equal(Index a, Index b) => Condition.Compare(Operation.IndexEqual, a, b);

    /// <summary>True where two reals are the same.</summary>
    public static Condition Equal(Real a, Real b) => Condition.Compare(Operation.Equal, a, b);

    /// <summary>The smaller one; NaN where either is.</summary>
    public static Real Min(Real a, Real b) => Algebra.Apply(Operation.Min, a, b);

    /// <summary>The larger one; NaN where either is.</summary>
    public static Real Max(Real a, Real b) => Algebra.Apply(Operation.Max, a, b);

    /// <summary>|x|, with derivative 0 at 0.</summary>
    public static Real Abs(Real x) => Algebra.Apply(Operation.Abs, x);

    /// <summary>x².</summary>
    public static Real Square(Real x) => x * x;

    /// <summary>The root of x; NaN below 0.</summary>
    public static Real Sqrt(Real x) => Algebra.Apply(Operation.Sqrt, x);

    /// <summary>eˣ.</summary>
    public static Real Exp(Real x) => Algebra.Apply(Operation.Exp, x);

    /// <summary>The natural logarithm.</summary>
    public static Real Log(Real x) => Algebra.Apply(Operation.Log, x);

    /// <summary>The logarithm to base 10.</summary>
    public static Real Log10(Real x) => Log(x) / Math.Log(10);

    /// <summary>The logarithm to base 2.</summary>
    public static Real Log2(Real x) => Log(x) / Math.Log(2);

    /// <summary>sin x, x in radians.</summary>
    public static Real Sin(Real x) => Algebra.Apply(Operation.Sin, x);

    /// <summary>cos x, x in radians.</summary>
    public static Real Cos(Real x) => Algebra.Apply(Operation.Cos, x);

    /// <summary>tan x, x in radians.</summary>
    public static Real Tan(Real x) => Algebra.Apply(Operation.Tan, x);

    /// <summary>The hyperbolic cosine of x.</summary>
    public static Real Cosh(Real x) => 0.5 * (Exp(x) + Exp(-x));

    /// <summary>The hyperbolic sine of x.</summary>
    /// <remarks>tanh x · cosh x: of the difference of two exponentials nothing is left beside 0.</remarks>
    public static Real Sinh(Real x) => Tanh(x) * Cosh(x);

    /// <summary>The hyperbolic tangent of x.</summary>
    public static Real Tanh(Real x) => Algebra.Apply(Operation.Tanh, x);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static Real Sigmoid(Real x) => Algebra.Apply(Operation.Sigmoid, x);

    /// <summary>log(1 + eˣ).</summary>
    public static Real Softplus(Real x) => Algebra.Apply(Operation.Softplus, x);

    /// <summary>max(x, 0), with derivative 0 at 0.</summary>
    public static Real Relu(Real x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Select(x > 0, x, 0);
    }

    /// <summary>The angle in [−π/2, π/2] whose sine is x; NaN outside [−1, 1].</summary>
    public static Real Asin(Real x) => Algebra.Apply(Operation.Asin, x);

    /// <summary>The angle in [0, π] whose cosine is x; NaN outside [−1, 1].</summary>
    public static Real Acos(Real x) => Algebra.Apply(Operation.Acos, x);

    /// <summary>The angle in (−π/2, π/2) whose tangent is x.</summary>
    public static Real Atan(Real x) => Algebra.Apply(Operation.Atan, x);

    /// <summary>The angle of the point (x, y), in (−π, π].</summary>
    public static Real Atan2(Real y, Real x) => Algebra.Apply(Operation.Atan2, y, x);

    /// <summary>(2/√π) ∫₀ˣ e^(−t²) dt.</summary>
    public static Real Erf(Real x) => Algebra.Apply(Operation.Erf, x);

    /// <summary>xⁿ for a whole number n, by multiplications.</summary>
    public static Real Pow(Real x, int n) => Algebra.Power(x, n);

    /// <summary>x^y for x ≥ 0; whole constant exponents become multiplications, ½ becomes a square root.</summary>
    public static Real Pow(Real x, Real y)
    {
        ArgumentNullException.ThrowIfNull(y);
        return y switch
        {
            { IsConstant: true } when y.Value == Math.Round(y.Value) && Math.Abs(y.Value) <= 64 => Algebra.Power(x, (int)y.Value),
            { IsConstant: true, Value: 0.5 } => Sqrt(x),
            _ => Algebra.Apply(Operation.Power, x, y),
        };
    }

    private static void RequireExtent(Index n)
    {
        ArgumentNullException.ThrowIfNull(n);
        if (n.Greatest < 0 || (n.IsConstant && n.Value < 0))
        {
            throw new ArgumentException($"A sum over {n} terms was asked for; the number of terms must not be negative.");
        }
    }
}
