using LandscapeGpu.Compilation;
using LandscapeGpu.Compilation.Elementary;
using LandscapeGpu.Tests.Numerics;
using Xunit.Abstractions;
using static LandscapeGpu.Tests.Compilation.Elementary.Arguments;

namespace LandscapeGpu.Tests.Compilation.Elementary;

/// <summary>Every function in double precision against the 256-bit reference.</summary>
public class DoubleAccuracyTests(ITestOutputHelper output)
{
    // What a user is promised; each function's own summary gives the measured worst case.
    private const double Promise = 4;
    private const double Useful = 1e9;
    private static readonly IPrimitives<double> s_p = default(ScalarPrimitives<double>);

    private static IEnumerable<double> Angles =>
        [.. Even(-10, 10, 4000), .. EveryMagnitude(1e-12, Useful, 4000), .. NearMultiples(Math.PI / 2, Useful, 600)];

    private static IEnumerable<double> Turns =>
        [.. Even(-2, 2, 4000), .. EveryMagnitude(1e-12, 1e15, 2000), .. NearMultiples(0.25, 100, 200)];

    [Fact]
    public void Sine_is_within_four_ulp_over_its_useful_range() => Check(x => Trigonometric.Sin(s_p, x), x => BigFunctions.Sin(x), Angles);

    [Fact]
    public void Cosine_is_within_four_ulp_over_its_useful_range() =>
        Check(x => Trigonometric.Cos(s_p, x), x => BigFunctions.Cos(x), Angles);

    [Fact]
    public void Tangent_is_within_four_ulp_over_its_useful_range() =>
        Check(x => Trigonometric.Tan(s_p, x), x => BigFunctions.Tan(x), Angles);

    [Fact]
    public void Sine_of_turns_is_within_four_ulp_everywhere() =>
        Check(
            x => LandscapeGpu.Compilation.Elementary.Turns.Sin(s_p, x),
            x => BigFunctions.SinTurns(x),
            Turns.Where(u => Math.Abs(u) > 1e-300 && 2 * u != Math.Round(2 * u)));

    [Fact]
    public void Cosine_of_turns_is_within_four_ulp_everywhere() =>
        Check(
            x => LandscapeGpu.Compilation.Elementary.Turns.Cos(s_p, x),
            x => BigFunctions.CosTurns(x),
            Turns.Where(u => Math.Abs(u - Math.Round(u)) != 0.25));

    [Fact]
    public void Exponential_is_within_four_ulp_over_its_range() =>
        Check(
            x => Exponential.Exp(s_p, x),
            x => BigFunctions.Exp(x),
            [.. Even(-708.39, 709.782712893384, 5000), .. Even(-1, 1, 4000), .. EveryMagnitude(1e-18, 700, 3000)]);

    [Fact]
    public void Sigmoid_is_within_four_ulp_over_its_range() =>
        Check(
            x => Exponential.Sigmoid(s_p, x),
            x => BigFunctions.Sigmoid(x),
            [.. Even(-708, 708, 3000), .. Even(-40, 40, 6000), .. EveryMagnitude(1e-18, 700, 2000)]);

    [Fact]
    public void Softplus_is_within_four_ulp_over_its_range() =>
        Check(
            x => Exponential.Softplus(s_p, x),
            x => BigFunctions.Softplus(x),
            [.. Even(-708, 708, 1000), .. Even(-40, 40, 4000), .. EveryMagnitude(1e-18, 700, 1000)]);

    [Fact]
    public void Logarithm_is_within_four_ulp_of_every_normal_number() =>
        Check(
            x => Logarithm.Log(s_p, x),
            x => BigFunctions.Log(x),
            [
                .. EveryMagnitude(2.3e-308, 1.7e308, 4000).Select(Math.Abs), .. Even(0.5, 2, 5000),
                .. EveryMagnitude(1e-15, 0.1, 1000).Select(d => 1 + d),
            ]);

    [Fact]
    public void Hyperbolic_tangent_is_within_four_ulp_everywhere() =>
        Check(x => Hyperbolic.Tanh(s_p, x), x => BigFunctions.Tanh(x), [.. Even(-3, 3, 5000), .. EveryMagnitude(1e-20, 40, 5000)]);

    [Fact]
    public void Arc_sine_is_within_four_ulp_everywhere() =>
        Check(
            x => InverseTrigonometric.Asin(s_p, x),
            x => BigFunctions.Asin(x),
            [.. Even(-1, 1, 5000), .. EveryMagnitude(1e-20, 1, 2000), .. NearOne]);

    [Fact]
    public void Arc_cosine_is_within_four_ulp_everywhere() =>
        Check(
            x => InverseTrigonometric.Acos(s_p, x),
            x => BigFunctions.Acos(x),
            [.. Even(-1, 1, 5000), .. EveryMagnitude(1e-20, 1, 2000), .. NearOne]);

    [Fact]
    public void Arc_tangent_is_within_four_ulp_everywhere() =>
        Check(x => ArcTangent.Atan(s_p, x), x => BigFunctions.Atan(x), [.. Even(-3, 3, 5000), .. EveryMagnitude(1e-20, 1e20, 4000)]);

    [Fact]
    public void Angle_of_a_point_is_within_four_ulp_in_every_direction() =>
        Check(
            a => ArcTangent.Atan2(s_p, Math.Sin(a), 3 * Math.Cos(a)),
            a => BigFunctions.Atan2(Math.Sin(a), 3 * Math.Cos(a)),
            Even(-4, 4, 6000));

    [Fact]
    public void Error_function_is_within_four_ulp_everywhere() =>
        Check(
            x => ErrorFunction.Erf(s_p, x),
            x => BigFunctions.Erf(x),
            [.. Even(-6.5, 6.5, 3000), .. Even(-1, 1, 2000), .. EveryMagnitude(1e-20, 6, 1000)]);

    [Fact]
    public void Power_is_within_four_ulp_wherever_the_result_is_normal()
    {
        // The base comes from the sample and the exponent from the base, so that results fill the whole range.
        static double Exponent(double x) => Math.Sin(1e6 * x) * 707 / Math.Abs(Math.Log(x));
        Check(
            x => Power.Pow(s_p, x, Exponent(x)),
            x => BigFunctions.Pow(x, Exponent(x)),
            [
                .. EveryMagnitude(1e-300, 1e300, 2000).Select(Math.Abs), .. Even(0.3, 3, 4000),
                .. EveryMagnitude(1e-15, 0.1, 500).Select(d => 1 + d),
            ]);
    }

    private static IEnumerable<double> NearOne => EveryMagnitude(1e-16, 0.1, 1000).Select(d => d > 0 ? 1 - d : -1 - d);

    private void Check(Func<double, double> function, Func<double, BigFloat> truth, IEnumerable<double> arguments)
    {
        var worst = Accuracy.OfDouble(function, truth, arguments);
        output.WriteLine($"{worst.Ulp:F2} ulp at {worst.Argument:R}");
        Assert.True(worst.Ulp <= Promise, $"{worst.Ulp:F2} ulp at {worst.Argument:R}");
    }
}
