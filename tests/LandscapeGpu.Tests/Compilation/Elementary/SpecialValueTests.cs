using System.Numerics;
using LandscapeGpu.Compilation;
using LandscapeGpu.Compilation.Elementary;

namespace LandscapeGpu.Tests.Compilation.Elementary;

/// <summary>What no accuracy in ulp covers: NaN, infinities, zeros, saturation, and arguments beyond the useful range.</summary>
public class SpecialValueTests
{
    public static TheoryData<string, double, double> SpecialValues
    {
        get
        {
            const double inf = double.PositiveInfinity, nan = double.NaN;
            return new()
            {
                { "sin", 0, 0 }, { "sin", inf, nan }, { "sin", -inf, nan },
                { "cos", 0, 1 }, { "cos", inf, nan }, { "cos", -inf, nan },
                { "tan", 0, 0 }, { "tan", inf, nan }, { "tan", -inf, nan },
                { "sinTurns", 0, 0 }, { "sinTurns", 0.5, 0 }, { "sinTurns", -1.5, 0 }, { "sinTurns", 1e30, 0 }, { "sinTurns", inf, nan },
                { "cosTurns", 0, 1 }, { "cosTurns", 0.25, 0 }, { "cosTurns", -1.75, 0 }, { "cosTurns", 1e30, 1 }, { "cosTurns", inf, nan },
                { "exp", 0, 1 }, { "exp", inf, inf }, { "exp", -inf, 0 }, { "exp", 1000, inf }, { "exp", -1000, 0 }, { "exp", 1e30, inf },
                { "exp", -1e30, 0 },
                { "sigmoid", 0, 0.5 }, { "sigmoid", inf, 1 }, { "sigmoid", -inf, 0 }, { "sigmoid", 1e30, 1 }, { "sigmoid", -1e30, 0 },
                { "softplus", inf, inf }, { "softplus", -inf, 0 }, { "softplus", 1024, 1024 }, { "softplus", -1e30, 0 },
                { "log", 1, 0 }, { "log", 0, -inf }, { "log", -0.0, -inf }, { "log", -1, nan }, { "log", -inf, nan }, { "log", inf, inf },
                { "tanh", 0, 0 }, { "tanh", inf, 1 }, { "tanh", -inf, -1 }, { "tanh", 30, 1 }, { "tanh", -30, -1 },
                { "asin", 0, 0 }, { "asin", 1.01, nan }, { "asin", -inf, nan },
                { "acos", 1, 0 }, { "acos", -1.01, nan }, { "acos", inf, nan },
                { "atan", 0, 0 }, { "atan", inf, Math.PI / 2 }, { "atan", -inf, -Math.PI / 2 },
                { "erf", 0, 0 }, { "erf", inf, 1 }, { "erf", -inf, -1 }, { "erf", 30, 1 }, { "erf", -30, -1 },
            };
        }
    }

    [Theory]
    [MemberData(nameof(SpecialValues))]
    public void Special_values_are_exact_in_both_precisions(string name, double x, double expected)
    {
        Assert.Equal(expected + 0.0, Evaluate(default(ScalarPrimitives<double>), name, x) + 0.0);
        Assert.Equal((float)expected + 0f, Evaluate(default(ScalarPrimitives<float>), name, (float)x) + 0f);
    }

    [Theory]
    [InlineData("sin"), InlineData("cos"), InlineData("tan"), InlineData("sinTurns"), InlineData("cosTurns"), InlineData("exp")]
    [InlineData("sigmoid"), InlineData("softplus"), InlineData("log"), InlineData("tanh"), InlineData("asin"), InlineData("acos")]
    [InlineData("atan"), InlineData("erf")]
    public void NaN_stays_NaN(string name)
    {
        Assert.Equal(double.NaN, Evaluate(default(ScalarPrimitives<double>), name, double.NaN));
        Assert.Equal(float.NaN, Evaluate(default(ScalarPrimitives<float>), name, float.NaN));
    }

    [Theory]
    [InlineData("sin"), InlineData("cos"), InlineData("sinTurns"), InlineData("cosTurns"), InlineData("tanh"), InlineData("erf")]
    public void Bounded_functions_never_leave_their_bounds_however_large_the_argument(string name)
    {
        // In double, sine and cosine may round to the neighbour of 1.
        var bound = name is "sin" or "cos" ? Math.BitIncrement(1.0) : 1;
        foreach (var x in Arguments.Floats(float.MinValue, float.MaxValue, 99991).Concat(Arguments.NearMultiples(Math.PI / 2, 1e9, 5000)))
        {
            Assert.InRange(Evaluate(default(ScalarPrimitives<float>), name, (float)x), -1, 1);
            Assert.InRange(Evaluate(default(ScalarPrimitives<double>), name, x), -bound, bound);
        }

        foreach (var x in Arguments.EveryMagnitude(1e8, 1e308, 5000))
        {
            Assert.InRange(Evaluate(default(ScalarPrimitives<double>), name, x), -bound, bound);
        }
    }

    [Theory]
    [InlineData("sin"), InlineData("tan"), InlineData("sinTurns"), InlineData("tanh")]
    [InlineData("asin"), InlineData("atan"), InlineData("erf")]
    public void Odd_functions_are_odd_to_the_last_bit(string name)
    {
        foreach (var x in Arguments.Even(0.001, 1, 1000))
        {
            Assert.Equal(-Evaluate(default(ScalarPrimitives<double>), name, x), Evaluate(default(ScalarPrimitives<double>), name, -x));
            Assert.Equal(-Evaluate(default(ScalarPrimitives<float>), name, (float)x), Evaluate(default(ScalarPrimitives<float>), name, -(float)x));
        }
    }

    [Fact]
    public void The_exponent_of_infinity_is_one_past_the_largest()
    {
        Assert.Equal(128f, default(ScalarPrimitives<float>).Exponent(float.PositiveInfinity));
        Assert.Equal(1024.0, default(ScalarPrimitives<double>).Exponent(double.PositiveInfinity));
    }

    [Fact]
    public void Scaling_by_what_is_no_integer_does_not_trap()
    {
        foreach (var n in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e30, -1e30, 0.5])
        {
            default(ScalarPrimitives<float>).ScaleByPowerOfTwo(1, (float)n);
            default(ScalarPrimitives<double>).ScaleByPowerOfTwo(1, n);
        }
    }

    [Fact]
    public void Angles_of_special_points_are_those_of_the_run_time()
    {
        double[] values = [0, -0.0, 1, -1, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        foreach (var y in values)
        {
            foreach (var x in values)
            {
                // One spacing of doubles at 4: diagonals are not all representable as the nearest double.
                Assert.Equal(Math.Atan2(y, x), ArcTangent.Atan2(default(ScalarPrimitives<double>), y, x), 5e-16);
                Assert.Equal(MathF.Atan2((float)y, (float)x), ArcTangent.Atan2(default(ScalarPrimitives<float>), (float)y, (float)x), 5e-7f);
            }
        }
    }

    [Fact]
    public void Powers_of_special_values_are_those_of_the_run_time()
    {
        const double inf = double.PositiveInfinity;
        double[] bases = [0, -0.0, 1, -1, 2, -2, 0.5, -0.5, inf, -inf, double.NaN];
        double[] exponents = [0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1e5, -1e5, inf, -inf, double.NaN];
        foreach (var x in bases)
        {
            foreach (var y in exponents)
            {
                // A negative base with a fraction for exponent has no real power, also at −∞ and −0 where IEEE 754 defines one.
                if (y == Math.Round(y) || x > 0 || x == 0 || double.IsNaN(x + y))
                {
                    AssertPower(Math.Pow(x, y), Power.Pow(default(ScalarPrimitives<double>), x, y), x, y, 1e-15);
                    AssertPower(MathF.Pow((float)x, (float)y), Power.Pow(default(ScalarPrimitives<float>), (float)x, (float)y), x, y, 5e-7);
                }
                else
                {
                    Assert.Equal(double.NaN, Power.Pow(default(ScalarPrimitives<double>), x, y));
                    Assert.Equal(float.NaN, Power.Pow(default(ScalarPrimitives<float>), (float)x, (float)y));
                }
            }
        }
    }

    private static void AssertPower(double expected, double actual, double x, double y, double relative)
    {
        var same = expected.Equals(actual) || Math.Abs(actual - expected) <= relative * Math.Abs(expected);
        var sign = expected != 0 || double.IsNegative(expected) == double.IsNegative(actual);
        Assert.True(same && sign, $"{x}^{y} is {actual}, not {expected}");
    }

    private static T Evaluate<T>(IPrimitives<T> p, string name, T x)
        where T : INumber<T> => name switch
        {
            "sin" => Trigonometric.Sin(p, x),
            "cos" => Trigonometric.Cos(p, x),
            "tan" => Trigonometric.Tan(p, x),
            "sinTurns" => Turns.Sin(p, x),
            "cosTurns" => Turns.Cos(p, x),
            "exp" => Exponential.Exp(p, x),
            "sigmoid" => Exponential.Sigmoid(p, x),
            "softplus" => Exponential.Softplus(p, x),
            "log" => Logarithm.Log(p, x),
            "tanh" => Hyperbolic.Tanh(p, x),
            "asin" => InverseTrigonometric.Asin(p, x),
            "acos" => InverseTrigonometric.Acos(p, x),
            "atan" => ArcTangent.Atan(p, x),
            _ => ErrorFunction.Erf(p, x),
        };
}
