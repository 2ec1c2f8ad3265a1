namespace LandscapeGpu.Arithmetic;

/// <summary>The operations of the language of objectives over one kind of number: double, float, intervals.</summary>
/// <remarks>
/// A truth value is a number as well: 1 where it holds, 0 where it does not. An arithmetic of sets may answer with the
/// set of both, which means undecided.
/// </remarks>
/// <typeparam name="T">The kind of number.</typeparam>
public interface IArithmetic<T>
{
    /// <summary>A number of the formula, rounded to this arithmetic if need be.</summary>
    T Constant(double value);

    /// <summary>a + b.</summary>
    T Add(T a, T b);

    /// <summary>a − b.</summary>
    T Subtract(T a, T b);

    /// <summary>a·b.</summary>
    T Multiply(T a, T b);

    /// <summary>x², which an arithmetic of sets knows to be at least 0.</summary>
    T Square(T x);

    /// <summary>−x.</summary>
    T Negate(T x);

    /// <summary>1/x.</summary>
    T Reciprocal(T x);

    /// <summary>The smaller one; NaN where either is.</summary>
    T Min(T a, T b);

    /// <summary>The larger one; NaN where either is.</summary>
    T Max(T a, T b);

    /// <summary>|x|.</summary>
    T Abs(T x);

    /// <summary>The root of x ≥ 0.</summary>
    T Sqrt(T x);

    /// <summary>The nearest whole number, halves to even.</summary>
    T Round(T x);

    /// <summary>eˣ.</summary>
    T Exp(T x);

    /// <summary>The natural logarithm.</summary>
    T Log(T x);

    /// <summary>sin x, x in radians.</summary>
    T Sin(T x);

    /// <summary>cos x, x in radians.</summary>
    T Cos(T x);

    /// <summary>sin 2πu.</summary>
    T SinTurns(T u);

    /// <summary>cos 2πu.</summary>
    T CosTurns(T u);

    /// <summary>tan x, x in radians.</summary>
    T Tan(T x);

    /// <summary>The hyperbolic tangent of x.</summary>
    T Tanh(T x);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    T Sigmoid(T x);

    /// <summary>log(1 + eˣ).</summary>
    T Softplus(T x);

    /// <summary>The angle in [−π/2, π/2] whose sine is x.</summary>
    T Asin(T x);

    /// <summary>The angle in [0, π] whose cosine is x.</summary>
    T Acos(T x);

    /// <summary>The angle in (−π/2, π/2) whose tangent is x.</summary>
    T Atan(T x);

    /// <summary>The angle of the point (x, y).</summary>
    T Atan2(T y, T x);

    /// <summary>(2/√π) ∫₀ˣ e^(−t²) dt.</summary>
    T Erf(T x);

    /// <summary>x^y for x ≥ 0.</summary>
    T Power(T x, T y);

    /// <summary>Whether a &lt; b.</summary>
    T Less(T a, T b);

    /// <summary>Whether a ≤ b.</summary>
    T LessOrEqual(T a, T b);

    /// <summary>Whether a = b.</summary>
    T Equal(T a, T b);

    /// <summary>1 where a and b both hold, otherwise 0.</summary>
    T And(T a, T b);

    /// <summary>1 where a or b holds, otherwise 0.</summary>
    T Or(T a, T b);

    /// <summary>1 where a does not hold, otherwise 0.</summary>
    T Not(T a);

    /// <summary>The second where the first, a truth value, holds; else the third.</summary>
    T Select(T condition, T then, T otherwise);
}
