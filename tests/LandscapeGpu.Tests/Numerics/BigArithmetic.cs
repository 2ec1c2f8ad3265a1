namespace LandscapeGpu.Tests.Numerics;

/// <summary>The language of objectives in 256 bits: what a formula is worth but for the rounding of double precision.</summary>
internal sealed class BigArithmetic : IArithmetic<BigFloat>
{
    public static BigArithmetic Instance { get; } = new();

    public BigFloat Constant(double value) => value;

    public BigFloat Add(BigFloat a, BigFloat b) => a + b;

    public BigFloat Subtract(BigFloat a, BigFloat b) => a - b;

    public BigFloat Multiply(BigFloat a, BigFloat b) => a * b;

    public BigFloat Square(BigFloat x) => x * x;

    public BigFloat Negate(BigFloat x) => -x;

    public BigFloat Reciprocal(BigFloat x) => BigFloat.One / x;

    public BigFloat Min(BigFloat a, BigFloat b) => (a - b).Sign <= 0 ? a : b;

    public BigFloat Max(BigFloat a, BigFloat b) => (a - b).Sign >= 0 ? a : b;

    public BigFloat Abs(BigFloat x) => x.Magnitude;

    public BigFloat Sqrt(BigFloat x) => x.Sqrt();

    public BigFloat Round(BigFloat x) => new(x.ToInteger(), 0);

    public BigFloat Exp(BigFloat x) => BigFunctions.Exp(x);

    public BigFloat Log(BigFloat x) => BigFunctions.Log(x);

    public BigFloat Sin(BigFloat x) => BigFunctions.Sin(x);

    public BigFloat Cos(BigFloat x) => BigFunctions.Cos(x);

    public BigFloat SinTurns(BigFloat u) => BigFunctions.SinTurns(u);

    public BigFloat CosTurns(BigFloat u) => BigFunctions.CosTurns(u);

    public BigFloat Tan(BigFloat x) => BigFunctions.Tan(x);

    public BigFloat Tanh(BigFloat x) => BigFunctions.Tanh(x);

    public BigFloat Sigmoid(BigFloat x) => BigFunctions.Sigmoid(x);

    public BigFloat Softplus(BigFloat x) => BigFunctions.Softplus(x);

    public BigFloat Asin(BigFloat x) => BigFunctions.Asin(x);

    public BigFloat Acos(BigFloat x) => BigFunctions.Acos(x);

    public BigFloat Atan(BigFloat x) => BigFunctions.Atan(x);

    public BigFloat Atan2(BigFloat y, BigFloat x) => BigFunctions.Atan2(y, x);

    public BigFloat Erf(BigFloat x) => BigFunctions.Erf(x);

    public BigFloat Power(BigFloat x, BigFloat y) => BigFunctions.Pow(x, y);

    public BigFloat Less(BigFloat a, BigFloat b) => Truth((a - b).Sign < 0);

    public BigFloat LessOrEqual(BigFloat a, BigFloat b) => Truth((a - b).Sign <= 0);

    public BigFloat Equal(BigFloat a, BigFloat b) => Truth((a - b).Sign == 0);

    public BigFloat And(BigFloat a, BigFloat b) => a * b;

    public BigFloat Or(BigFloat a, BigFloat b) => Max(a, b);

    public BigFloat Not(BigFloat a) => 1 - a;

    public BigFloat Select(BigFloat condition, BigFloat then, BigFloat otherwise) => condition.Sign != 0 ? then : otherwise;

    private static BigFloat Truth(bool holds) => holds ? 1 : 0;
}
