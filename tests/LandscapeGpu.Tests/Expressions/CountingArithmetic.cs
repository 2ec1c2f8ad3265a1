namespace LandscapeGpu.Tests.Expressions;

/// <summary>Double arithmetic that counts its exponentials.</summary>
internal sealed class CountingArithmetic : IArithmetic<double>
{
    private static DoubleArithmetic Doubles => DoubleArithmetic.Instance;

    public int Exponentials { get; private set; }

    public double Exp(double x)
    {
        Exponentials++;
        return Math.Exp(x);
    }

    public double Constant(double value) => value;

    public double Add(double a, double b) => Doubles.Add(a, b);

    public double Subtract(double a, double b) => Doubles.Subtract(a, b);

    public double Multiply(double a, double b) => Doubles.Multiply(a, b);

    public double Min(double a, double b) => Doubles.Min(a, b);

    public double Max(double a, double b) => Doubles.Max(a, b);

    public double Less(double a, double b) => Doubles.Less(a, b);

    public double LessOrEqual(double a, double b) => Doubles.LessOrEqual(a, b);

    public double Equal(double a, double b) => Doubles.Equal(a, b);

    public double And(double a, double b) => Doubles.And(a, b);

    public double Or(double a, double b) => Doubles.Or(a, b);

    public double Atan2(double y, double x) => Doubles.Atan2(y, x);

    public double Power(double x, double y) => Doubles.Power(x, y);

    public double Square(double x) => Doubles.Square(x);

    public double Negate(double x) => Doubles.Negate(x);

    public double Reciprocal(double x) => Doubles.Reciprocal(x);

    public double Abs(double x) => Doubles.Abs(x);

    public double Sqrt(double x) => Doubles.Sqrt(x);

    public double Round(double x) => Doubles.Round(x);

    public double Log(double x) => Doubles.Log(x);

    public double Sin(double x) => Doubles.Sin(x);

    public double Cos(double x) => Doubles.Cos(x);

    public double SinTurns(double u) => Doubles.SinTurns(u);

    public double CosTurns(double u) => Doubles.CosTurns(u);

    public double Tan(double x) => Doubles.Tan(x);

    public double Tanh(double x) => Doubles.Tanh(x);

    public double Sigmoid(double x) => Doubles.Sigmoid(x);

    public double Softplus(double x) => Doubles.Softplus(x);

    public double Asin(double x) => Doubles.Asin(x);

    public double Acos(double x) => Doubles.Acos(x);

    public double Atan(double x) => Doubles.Atan(x);

    public double Erf(double x) => Doubles.Erf(x);

    public double Not(double a) => Doubles.Not(a);

    public double Select(double condition, double then, double otherwise) => Doubles.Select(condition, then, otherwise);
}
