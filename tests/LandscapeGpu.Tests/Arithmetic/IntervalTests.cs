namespace LandscapeGpu.Tests.Arithmetic;

public class IntervalTests
{
    private static readonly IntervalArithmetic I = IntervalArithmetic.Instance;

    private static readonly (string Name, Func<Interval, Interval> OnBox, Func<double, double> AtPoint)[] Functions =
    [
        ("abs", I.Abs, Math.Abs), ("sqrt", I.Sqrt, Math.Sqrt), ("exp", I.Exp, Math.Exp), ("log", I.Log, Math.Log),
        ("sin", I.Sin, Math.Sin), ("cos", I.Cos, Math.Cos), ("tan", I.Tan, Math.Tan), ("tanh", I.Tanh, Math.Tanh),
        ("sin 2πu", I.SinTurns, DoubleArithmetic.Instance.SinTurns), ("cos 2πu", I.CosTurns, DoubleArithmetic.Instance.CosTurns),
        ("sigmoid", I.Sigmoid, DoubleArithmetic.Instance.Sigmoid), ("softplus", I.Softplus, DoubleArithmetic.Instance.Softplus),
        ("asin", I.Asin, Math.Asin), ("acos", I.Acos, Math.Acos), ("atan", I.Atan, Math.Atan), ("erf", I.Erf, DoubleArithmetic.Instance.Erf),
        ("square", I.Square, x => x * x), ("reciprocal", I.Reciprocal, x => 1 / x), ("negate", I.Negate, x => -x),
    ];

    public static TheoryData<string> FunctionNames => [.. Functions.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(FunctionNames))]
    public void The_image_of_a_box_holds_the_value_at_every_point_of_it(string name)
    {
        var (_, onBox, atPoint) = Functions.Single(f => f.Name == name);
        var random = new Random(1);
        foreach (var scale in new[] { 1e-9, 0.5, 1, 10, 1e4 })
        {
            for (var trial = 0; trial < 400; trial++)
            {
                var (a, b) = (scale * ((2 * random.NextDouble()) - 1), scale * ((2 * random.NextDouble()) - 1));
                var box = new Interval(Math.Min(a, b), Math.Max(a, b));
                var image = onBox(box);
                foreach (var x in (double[])[box.Lower, box.Upper, box.Lower + (box.Width * random.NextDouble())])
                {
                    var value = atPoint(x);
                    Assert.True(double.IsNaN(value) || image.Contains(value), $"{name}({x:R}) = {value:R} is not in {image}, the image of {box}.");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(FunctionNames))]
    public void The_image_of_a_point_is_narrow(string name)
    {
        var (_, onBox, atPoint) = Functions.Single(f => f.Name == name);
        foreach (var x in (double[])[-0.97, -0.3, 0.123, 0.9])
        {
            var value = atPoint(x);
            // 16 units in the last place of a number of order 1: four on each side, twice where an angle is reduced.
            Assert.True(double.IsNaN(value) || onBox(x).Width <= 16 * Math.BitIncrement(Math.Max(1, Math.Abs(value))) * 2.3e-16, $"{name}({x}) became {onBox(x)}.");
        }
    }

    [Fact]
    public void Division_by_an_interval_that_holds_0_says_nothing() =>
        Assert.Equal(Interval.Entire, new Interval(1, 2) / new Interval(-1, 1));

    [Fact]
    public void A_wave_reaches_its_crest_only_where_the_box_holds_one()
    {
        Assert.Equal(1, I.Sin(new(1.5, 1.6)).Upper);
        Assert.True(I.Sin(new(1.6, 4.6)).Upper < 1);
        Assert.Equal(-1, I.Cos(new(3, 3.2)).Lower);
        Assert.Equal(new Interval(-1, 1), I.Cos(new(0, 7)));
        Assert.Equal(new Interval(-1, 1), I.Sin(new(1e12, 1e12)));
        Assert.Equal(Interval.Entire, I.Tan(new(1.5, 1.6)));
    }

    [Fact]
    public void The_angle_of_a_box_across_the_cut_may_be_any()
    {
        Assert.True(I.Atan2(new(-0.1, 0.1), new(-2, -1)).Contains(3.1));
        Assert.True(I.Atan2(new(-0.1, 0.1), new(-2, -1)).Contains(-3.1));
        Assert.True(I.Atan2(new(-0.1, 0.1), new(1, 2)).Width < 0.21);
    }

    [Fact]
    public void A_power_takes_its_extremes_at_corners()
    {
        var power = I.Power(new(0.5, 2), new(-1, 3));
        // The corners are powers of two, so four units in the last place is all that is added.
        Assert.Equal(0.125, power.Lower, 1e-15);
        Assert.Equal(8, power.Upper, 1e-14);
    }

    [Fact]
    public void A_selection_that_is_not_decided_on_the_box_is_the_hull_of_both_branches()
    {
        var f = Objective.Define("step", 1, x => Select(x[0] < 1, 5, Select((x[0] > 3) | !(x[0] < 4), -1, 2)));
        Assert.Equal(5, f.Evaluate(I, [new Interval(-1, 0.5)]));
        Assert.Equal(new Interval(2, 5), f.Evaluate(I, [new Interval(0, 1)]));
        Assert.Equal(new Interval(-1, 5), f.Evaluate(I, [new Interval(0, 10)]));
        Assert.Equal(-1, f.Evaluate(I, [new Interval(5, 6)]));
    }

    [Fact]
    public void A_square_is_not_negative() =>
        Assert.Equal(0, Objective.Define("square", 1, x => Square(x[0])).Evaluate(I, [new Interval(-2, 1)]).Lower);

    [Fact]
    public void Overflow_gives_an_infinite_bound_and_no_NaN()
    {
        var f = Objective.Define("overflow", 1, x => (Exp(x[0]) * Square(x[0] - 3)) - Exp(x[0]));
        var bounds = f.Evaluate(I, [new Interval(3, 800)]);
        Assert.Equal(Interval.Entire, bounds);
    }

    [Fact]
    public void Softplus_keeps_its_digits_where_it_is_small() =>
        // log(1 + e⁻⁴⁰) = e⁻⁴⁰ − e⁻⁸⁰/2: the second term is below the last digit.
        Assert.Equal(1, DoubleArithmetic.Instance.Softplus(-40) / Math.Exp(-40), 1e-15);

    [Fact]
    public void Arithmetic_rounds_outward()
    {
        var random = new Random(2);
        for (var trial = 0; trial < 1000; trial++)
        {
            var (a, b) = (random.NextDouble(), random.NextDouble());
            var (sum, product, reciprocal, square) = ((Interval)a + b, (Interval)a * b, ((Interval)a).Reciprocal(), ((Interval)a).Square());
            // a + b − bound is exact when the larger number is taken off first; a fused product keeps the sign of the exact difference.
            var (large, small) = (Math.Max(a, b), Math.Min(a, b));
            Assert.True(small - (sum.Lower - large) > 0 && small - (sum.Upper - large) < 0);
            Assert.True(Math.FusedMultiplyAdd(a, b, -product.Lower) > 0 && Math.FusedMultiplyAdd(a, b, -product.Upper) < 0);
            Assert.True(Math.FusedMultiplyAdd(a, a, -square.Lower) > 0 && Math.FusedMultiplyAdd(a, a, -square.Upper) < 0);
            Assert.True(Math.FusedMultiplyAdd(a, reciprocal.Lower, -1) < 0 && Math.FusedMultiplyAdd(a, reciprocal.Upper, -1) > 0);
        }
    }

    [Theory]
    [InlineData(1e-10, 1.1283791670955126e-10)]
    [InlineData(0.05, 0.05637197779701663)]
    [InlineData(0.3, 0.3286267594591274)]
    [InlineData(0.75, 0.7111556336535151)]
    [InlineData(1.3, 0.9340079449406524)]
    [InlineData(2.9, 0.9999589021219005)]
    [InlineData(4.5, 0.9999999998033839)]
    public void The_error_function_is_as_precise_as_its_interval_claims(double x, double exact)
    {
        // The exact values were computed to 40 digits.
        Assert.True(I.Erf(x).Contains(exact));
        Assert.True(I.Erf(-x).Contains(-exact));
    }
}
