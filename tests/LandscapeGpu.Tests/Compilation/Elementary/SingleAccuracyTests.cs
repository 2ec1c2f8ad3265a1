using LandscapeGpu.Compilation;
using LandscapeGpu.Compilation.Elementary;
using Xunit.Abstractions;
using static LandscapeGpu.Tests.Compilation.Elementary.Arguments;

namespace LandscapeGpu.Tests.Compilation.Elementary;

/// <summary>Every function in single precision against the run time's double precision, striding through all floats.</summary>
public class SingleAccuracyTests(ITestOutputHelper output)
{
    // What a user is promised; each function's own summary gives the measured worst case.
    private const double Promise = 4;
    private const float Useful = 1e5f;
    private static readonly IPrimitives<float> s_p = default(ScalarPrimitives<float>);

    private static IEnumerable<double> Angles =>
        [.. Floats(-Useful, Useful), .. Even(-10, 10, 50_000), .. NearMultiples(Math.PI / 2, Useful, 20_000)];

    // Subnormal turns excepted: the product with ¼ drops their last bits.
    private static IEnumerable<double> AllTurns =>
        ((double[])[.. Floats(-1e7f, 1e7f), .. Even(-2, 2, 50_000), .. NearMultiples(0.25, 100, 200)])
            .Where(u => Math.Abs(u) is 0 or > 1e-36);

    [Fact]
    public void Sine_is_within_four_ulp_over_its_useful_range() => Check(x => Trigonometric.Sin(s_p, x), Math.Sin, Angles);

    [Fact]
    public void Cosine_is_within_four_ulp_over_its_useful_range() => Check(x => Trigonometric.Cos(s_p, x), Math.Cos, Angles);

    [Fact]
    public void Tangent_is_within_four_ulp_over_its_useful_range() => Check(x => Trigonometric.Tan(s_p, x), Math.Tan, Angles);

    [Fact]
    public void Sine_of_turns_is_within_four_ulp_everywhere() =>
        Check(x => Turns.Sin(s_p, x), u => double.SinPi(2 * (u - Math.Round(u))), AllTurns);

    [Fact]
    public void Cosine_of_turns_is_within_four_ulp_everywhere() =>
        Check(x => Turns.Cos(s_p, x), u => double.CosPi(2 * (u - Math.Round(u))), AllTurns);

    [Fact]
    public void Exponential_is_within_four_ulp_over_its_range() =>
        Check(x => Exponential.Exp(s_p, x), Math.Exp, [.. Floats(-87.3365f, 88.7228317f), .. Even(-87.3365, 88.7228317, 50_000)]);

    [Fact]
    public void Sigmoid_is_within_four_ulp_over_its_range() =>
        Check(x => Exponential.Sigmoid(s_p, x), x => 1 / (1 + Math.Exp(-x)), [.. Floats(-87, float.MaxValue), .. Even(-87, 20, 50_000)]);

    [Fact]
    public void Softplus_is_within_four_ulp_over_its_range() =>
        Check(
            x => Exponential.Softplus(s_p, x),
            x => x < -20 ? Math.Exp(x) : x > 40 ? x : Math.Log(1 + Math.Exp(x)),
            [.. Floats(-87, float.MaxValue), .. Even(-87, 20, 50_000)]);

    [Fact]
    public void Logarithm_is_within_four_ulp_of_every_normal_number() =>
        Check(x => Logarithm.Log(s_p, x), Math.Log, [.. Floats(1.17549435e-38f, float.MaxValue, 4999), .. Even(0.5, 2, 50_000)]);

    [Fact]
    public void Hyperbolic_tangent_is_within_four_ulp_everywhere() =>
        Check(x => Hyperbolic.Tanh(s_p, x), Math.Tanh, [.. Normal, .. Even(-10, 10, 50_000)]);

    [Fact]
    public void Arc_sine_is_within_four_ulp_everywhere() =>
        Check(x => InverseTrigonometric.Asin(s_p, x), Math.Asin, [.. Floats(-1, 1), .. Even(-1, 1, 50_000)]);

    [Fact]
    public void Arc_cosine_is_within_four_ulp_everywhere() =>
        Check(x => InverseTrigonometric.Acos(s_p, x), Math.Acos, [.. Floats(-1, 1), .. Even(-1, 1, 50_000)]);

    [Fact]
    public void Arc_tangent_is_within_four_ulp_everywhere() =>
        Check(x => ArcTangent.Atan(s_p, x), Math.Atan, [.. Normal, .. Even(-3, 3, 50_000)]);

    [Fact]
    public void Angle_of_a_point_is_within_four_ulp_in_every_direction() =>
        Check(
            a => ArcTangent.Atan2(s_p, MathF.Sin(a), 3 * MathF.Cos(a)),
            a => Math.Atan2(MathF.Sin((float)a), 3 * MathF.Cos((float)a)),
            Even(-4, 4, 50_000));

    /// <remarks>The run time has no error function: the truth is ours in double, itself judged against 256 bits.</remarks>
    [Fact]
    public void Error_function_is_within_four_ulp_everywhere() =>
        Check(x => ErrorFunction.Erf(s_p, x), x => ErrorFunction.Erf(default(ScalarPrimitives<double>), x), [.. Normal, .. Even(-5, 5, 50_000)]);

    [Fact]
    public void Power_is_within_four_ulp_wherever_the_result_is_normal()
    {
        // The exponent comes from the base, so that results fill the whole range.
        static float Exponent(float x) => (float)(Math.Sin(1e6 * x) * 87 / Math.Abs(Math.Log(x)));
        Check(
            x => Power.Pow(s_p, x, Exponent(x)),
            x => Math.Pow(x, Exponent((float)x)),
            [.. Floats(1.2e-38f, 1e38f).Where(x => x != 1), .. Even(0.3, 3, 50_000)]);
    }

    // Subnormal arguments have subnormal results: their relative error means nothing.
    private static IEnumerable<double> Normal => Floats(-float.MaxValue, float.MaxValue).Where(x => Math.Abs(x) >= 1.2e-38);

    private void Check(Func<float, float> function, Func<double, double> truth, IEnumerable<double> arguments)
    {
        var worst = Accuracy.OfSingle(function, truth, arguments);
        output.WriteLine($"{worst.Ulp:F2} ulp at {worst.Argument:R}");
        Assert.True(worst.Ulp <= Promise, $"{worst.Ulp:F2} ulp at {worst.Argument:R}");
    }
}
