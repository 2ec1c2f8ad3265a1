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

    T Add(T a, T b);

    T Subtract(T a, T b);

    T Multiply(T a, T b);

    /// <summary>x², which an arithmetic of sets knows to be at least 0.</summary>
    T Square(T x);

    T Negate(T x);

    /// <summary>1/x.</summary>
    T Reciprocal(T x);

    T Min(T a, T b);

    T Max(T a, T b);

    T Abs(T x);

    T Sqrt(T x);

    /// <summary>The nearest whole number, halves to even.</summary>
    T Round(T x);

    T Exp(T x);

    /// <summary>The natural logarithm.</summary>
    T Log(T x);

    T Sin(T x);

    T Cos(T x);

    /// <summary>sin 2πu.</summary>
    T SinTurns(T u);

    /// <summary>cos 2πu.</summary>
    T CosTurns(T u);

    T Tan(T x);

    T Tanh(T x);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    T Sigmoid(T x);

    /// <summary>log(1 + eˣ).</summary>
    T Softplus(T x);

    T Asin(T x);

    T Acos(T x);

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

    T And(T a, T b);

    T Or(T a, T b);

    T Not(T a);

    /// <summary>The second where the first, a truth value, holds; else the third.</summary>
    T Select(T condition, T then, T otherwise);
}
