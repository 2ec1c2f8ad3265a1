namespace LandscapeGpu.Tests.Numerics;

/// <summary>The elementary functions in 256 bits, from their series: slow, simple, and independent of what they judge.</summary>
internal static class BigFunctions
{
    public static readonly BigFloat Pi = (ArcTangentOfInverse(5).Scale(2) - ArcTangentOfInverse(239)).Scale(2);

    /// <summary>ln 2 = 2·artanh(1/3).</summary>
    public static readonly BigFloat LogOfTwo = Series(BigFloat.One / 3, k => BigFloat.One / 9, k => 2 * k + 1).Scale(1);

    public static BigFloat Exp(BigFloat x)
    {
        var n = (int)(x / LogOfTwo).ToInteger();
        const int halvings = 8;
        var r = (x - LogOfTwo * n).Scale(-halvings);
        var sum = BigFloat.One;
        var term = BigFloat.One;
        for (var k = 1; term.Sign != 0 && term.Order > -BigFloat.Precision - 16; k++)
        {
            term = term * r / k;
            sum += term;
        }

        for (var i = 0; i < halvings; i++)
        {
            sum *= sum;
        }

        return sum.Scale(n);
    }

    public static BigFloat Log(BigFloat x)
    {
        // Halley's iteration on e^y = x triples the 53 correct bits twice.
        BigFloat y = Math.Log((double)x);
        for (var i = 0; i < 2; i++)
        {
            var power = Exp(y);
            y += ((x - power) / (x + power)).Scale(1);
        }

        return y;
    }

    public static BigFloat Sin(BigFloat x) => Reduce(x, 0);

    public static BigFloat Cos(BigFloat x) => Reduce(x, 1);

    public static BigFloat Tan(BigFloat x) => Sin(x) / Cos(x);

    public static BigFloat SinTurns(BigFloat u) => Sin(Pi.Scale(1) * Fraction(u));

    public static BigFloat CosTurns(BigFloat u) => Cos(Pi.Scale(1) * Fraction(u));

    public static BigFloat Atan(BigFloat x)
    {
        if (x.Sign == 0)
        {
            return x;
        }

        // The angle's double and the arc tangent of what it misses: 10⁻¹⁶ to the seventh is beyond 256 bits of the result.
        if (x.Magnitude.Order >= 1)
        {
            return (x.Sign > 0 ? Pi : -Pi).Scale(-1) - Atan(BigFloat.One / x);
        }

        BigFloat angle = Math.Atan((double)x);
        var tangent = Tan(angle);
        var rest = (x - tangent) / (1 + x * tangent);
        var square = rest * rest;
        return angle + rest * (1 - square / 3 + square * square / 5);
    }

    public static BigFloat Atan2(BigFloat y, BigFloat x)
    {
        if (x.Sign == 0)
        {
            return (y.Sign > 0 ? Pi : -Pi).Scale(-1);
        }

        var angle = Atan(y / x);
        return x.Sign > 0 ? angle : y.Sign >= 0 ? angle + Pi : angle - Pi;
    }

    public static BigFloat Asin(BigFloat x) =>
        (x.Magnitude - 1).Sign == 0 ? Pi.Scale(-1) * x.Sign : Atan(x / ((1 - x) * (1 + x)).Sqrt());

    public static BigFloat Acos(BigFloat x) => (x + 1).Sign == 0 ? Pi : Atan(((1 - x) / (1 + x)).Sqrt()).Scale(1);

    public static BigFloat Tanh(BigFloat x)
    {
        var power = Exp(x * 2);
        return (power - 1) / (power + 1);
    }

    public static BigFloat Sigmoid(BigFloat x) => BigFloat.One / (1 + Exp(-x));

    /// <summary>log(1 + t) by artanh(t/(2 + t)) where t is small, so that nothing cancels.</summary>
    public static BigFloat Softplus(BigFloat x)
    {
        if (x.Sign > 0)
        {
            return x + Softplus(-x);
        }

        var power = Exp(x);
        var s = power / (2 + power);
        return Series(s, _ => s * s, k => 2 * k + 1).Scale(1);
    }

    /// <summary>2/√π·e^−x²·Σ 2ᵏx²ᵏ⁺¹/(2k + 1)!!, whose terms are all of one sign.</summary>
    public static BigFloat Erf(BigFloat x)
    {
        var square = x * x;
        var sum = Series(x, k => square.Scale(1) / (2 * k + 1), _ => 1);
        return (sum * Exp(-square)).Scale(1) / Pi.Sqrt();
    }

    public static BigFloat Pow(BigFloat x, BigFloat y) => Exp(y * Log(x));

    /// <summary>u less the nearest whole number.</summary>
    private static BigFloat Fraction(BigFloat u) => u - new BigFloat(u.ToInteger(), 0);

    /// <summary>Σ termₖ/divisorₖ with termₖ = termₖ₋₁·ratioₖ, until a term is below the last bit of the first.</summary>
    private static BigFloat Series(BigFloat first, Func<int, BigFloat> ratio, Func<int, int> divisor)
    {
        var sum = first;
        var term = first;
        for (var k = 1; term.Sign != 0 && term.Order > sum.Order - BigFloat.Precision - 8; k++)
        {
            term *= ratio(k);
            sum += term / divisor(k);
        }

        return sum;
    }

    private static BigFloat ArcTangentOfInverse(int n) =>
        Series(BigFloat.One / n, _ => BigFloat.One / (-n * n), k => 2 * k + 1);

    /// <summary>sin(x + quarter·π/2): the multiple of π/2 is exact enough, as |x| stays far below 2¹⁰⁰.</summary>
    private static BigFloat Reduce(BigFloat x, int quarter)
    {
        var n = (x / Pi.Scale(-1)).ToInteger();
        var r = x - Pi.Scale(-1) * new BigFloat(n, 0);
        quarter = (int)(((n + quarter) % 4 + 4) % 4);
        var square = -(r * r);
        var odd = quarter % 2 == 0;
        var result = odd
            ? Series(r, k => square / (2 * k * (2 * k + 1)), _ => 1)
            : Series(BigFloat.One, k => square / (2 * k * (2 * k - 1)), _ => 1);
        return quarter < 2 ? result : -result;
    }
}
