using System.Numerics;

namespace LandscapeGpu.Arithmetic;

/// <summary>Ordinary floating-point arithmetic in one of the machine's precisions.</summary>
internal abstract class FloatingPointArithmetic<T> : IArithmetic<T>
    where T : IBinaryFloatingPointIeee754<T>
{
    private protected FloatingPointArithmetic()
    {
    }

    public T Constant(double value) => T.CreateChecked(value);

    public T Add(T a, T b) => a + b;

    public T Subtract(T a, T b) => a - b;

    public T Multiply(T a, T b) => a * b;

    public T Square(T x) => x * x;

    public T Negate(T x) => -x;

    public T Reciprocal(T x) => T.One / x;

    public T Min(T a, T b) => T.Min(a, b);

    public T Max(T a, T b) => T.Max(a, b);

    public T Abs(T x) => T.Abs(x);

    public T Sqrt(T x) => T.Sqrt(x);

    public T Round(T x) => T.Round(x);

    public T Exp(T x) => T.Exp(x);

    public T Log(T x) => T.Log(x);

    public T Sin(T x) => T.Sin(x);

    public T Cos(T x) => T.Cos(x);

    // Whole turns are taken off exactly, before the rounding of 2π matters.
    public T SinTurns(T u) => T.Sin(T.Tau * (u - T.Round(u)));

    public T CosTurns(T u) => T.Cos(T.Tau * (u - T.Round(u)));

    public T Tan(T x) => T.Tan(x);

    public T Tanh(T x) => T.Tanh(x);

    public T Sigmoid(T x) => T.One / (T.One + T.Exp(-x));

    // Written so that e^|x| never overflows.
    public T Softplus(T x) => T.Max(x, T.Zero) + LogOnePlus(T.Exp(-T.Abs(x)));

    public T Asin(T x) => T.Asin(x);

    public T Acos(T x) => T.Acos(x);

    public T Atan(T x) => T.Atan(x);

    public T Atan2(T y, T x) => T.Atan2(y, x);

    public T Erf(T x) => T.CreateChecked(MathNet.Numerics.SpecialFunctions.Erf(double.CreateChecked(x)));

    public T Power(T x, T y) => T.Pow(x, y);

    public T Less(T a, T b) => Truth(a < b);

    public T LessOrEqual(T a, T b) => Truth(a <= b);

    public T Equal(T a, T b) => Truth(a == b);

    public T And(T a, T b) => a * b;

    public T Or(T a, T b) => T.Max(a, b);

    public T Not(T a) => T.One - a;

    public T Select(T condition, T then, T otherwise) => T.IsZero(condition) ? otherwise : then;

    private static T Truth(bool holds) => holds ? T.One : T.Zero;

    /// <summary>log(1 + y) for y ≥ 0, to a few units in the last place also where 1 + y rounds y away.</summary>
    /// <remarks>Kahan's correction; .NET's own LogP1 is Log(1 + y), which has no correct digit left below 10⁻¹⁶.</remarks>
    private static T LogOnePlus(T y)
    {
        var sum = T.One + y;
        return sum == T.One ? y : T.Log(sum) * (y / (sum - T.One));
    }
}

/// <summary>Double precision.</summary>
internal sealed class DoubleArithmetic : FloatingPointArithmetic<double>
{
    private DoubleArithmetic()
    {
    }

    /// <summary>The arithmetic; it has no state.</summary>
    public static DoubleArithmetic Instance { get; } = new();
}
