using LandscapeGpu.Arithmetic;

namespace LandscapeGpu.Expressions;

/// <summary>The values of the language's functions, in double or in any arithmetic.</summary>
internal static class RealFunctions
{
    public static double Evaluate(Operation function, double x) => Evaluate(DoubleArithmetic.Instance, function, x);

    public static double Evaluate(Operation function, double x, double y) => Evaluate(DoubleArithmetic.Instance, function, x, y);

    /// <summary>xⁿ by repeated squaring.</summary>
    public static T Power<T>(IArithmetic<T> arithmetic, T x, long n) => n switch
    {
        1 => x,
        _ when n % 2 == 0 => Power(arithmetic, arithmetic.Square(x), n / 2),
        _ => arithmetic.Multiply(Power(arithmetic, arithmetic.Square(x), n / 2), x),
    };

    public static T Evaluate<T>(IArithmetic<T> arithmetic, Operation function, T x) => function switch
    {
        Operation.Negate => arithmetic.Negate(x),
        Operation.Reciprocal => arithmetic.Reciprocal(x),
        Operation.Abs => arithmetic.Abs(x),
        Operation.Sqrt => arithmetic.Sqrt(x),
        Operation.Exp => arithmetic.Exp(x),
        Operation.Log => arithmetic.Log(x),
        Operation.Sin => arithmetic.Sin(x),
        Operation.Cos => arithmetic.Cos(x),
        Operation.SinTurns => arithmetic.SinTurns(x),
        Operation.CosTurns => arithmetic.CosTurns(x),
        Operation.Tan => arithmetic.Tan(x),
        Operation.Tanh => arithmetic.Tanh(x),
        Operation.Sigmoid => arithmetic.Sigmoid(x),
        Operation.Softplus => arithmetic.Softplus(x),
        Operation.Asin => arithmetic.Asin(x),
        Operation.Acos => arithmetic.Acos(x),
        Operation.Atan => arithmetic.Atan(x),
        Operation.Erf => arithmetic.Erf(x),
        Operation.Round => arithmetic.Round(x),
        Operation.Not => arithmetic.Not(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function of one number."),
    };

    public static T Evaluate<T>(IArithmetic<T> arithmetic, Operation function, T x, T y) => function switch
    {
        Operation.Add => arithmetic.Add(x, y),
        Operation.Subtract => arithmetic.Subtract(x, y),
        Operation.Multiply => arithmetic.Multiply(x, y),
        Operation.Min => arithmetic.Min(x, y),
        Operation.Max => arithmetic.Max(x, y),
        Operation.Atan2 => arithmetic.Atan2(x, y),
        Operation.Power => arithmetic.Power(x, y),
        Operation.Less => arithmetic.Less(x, y),
        Operation.LessOrEqual => arithmetic.LessOrEqual(x, y),
        Operation.Equal => arithmetic.Equal(x, y),
        Operation.And => arithmetic.And(x, y),
        Operation.Or => arithmetic.Or(x, y),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function of two numbers."),
    };
}
