namespace LandscapeGpu.Expressions;

/// <summary>The values of the language's functions in ordinary double arithmetic.</summary>
internal static class RealFunctions
{
    public static double Evaluate(Operation function, double x) => function switch
    {
        Operation.Negate => -x,
        Operation.Reciprocal => 1 / x,
        Operation.Abs => Math.Abs(x),
        Operation.Sqrt => Math.Sqrt(x),
        Operation.Exp => Math.Exp(x),
        Operation.Log => Math.Log(x),
        Operation.Sin => Math.Sin(x),
        Operation.Cos => Math.Cos(x),
        Operation.SinTurns => Math.Sin(2 * Math.PI * (x - Math.Round(x))),
        Operation.CosTurns => Math.Cos(2 * Math.PI * (x - Math.Round(x))),
        Operation.Tan => Math.Tan(x),
        Operation.Tanh => Math.Tanh(x),
        Operation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        Operation.Softplus => Math.Max(x, 0) + double.LogP1(Math.Exp(-Math.Abs(x))),
        Operation.Asin => Math.Asin(x),
        Operation.Acos => Math.Acos(x),
        Operation.Atan => Math.Atan(x),
        Operation.Round => Math.Round(x),
        Operation.Erf => MathNet.Numerics.SpecialFunctions.Erf(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function of one number."),
    };

    public static double Evaluate(Operation function, double x, double y) => function switch
    {
        Operation.Min => Math.Min(x, y),
        Operation.Max => Math.Max(x, y),
        Operation.Atan2 => Math.Atan2(x, y),
        Operation.Power => Math.Pow(x, y),
        Operation.Less => x < y ? 1 : 0,
        Operation.LessOrEqual => x <= y ? 1 : 0,
        Operation.Equal => x == y ? 1 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function of two numbers."),
    };
}
