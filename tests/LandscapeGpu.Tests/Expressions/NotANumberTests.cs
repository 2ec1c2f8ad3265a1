using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Expressions;

/// <summary>The smaller and the larger of two numbers are no number where either is none, whatever the order and the device.</summary>
public class NotANumberTests
{
    public static TheoryData<string> Extremes => [.. Written.Keys];

    private static Dictionary<string, Func<Real, Real, Real>> Written { get; } = new()
    {
        ["Max(a, b)"] = Max,
        ["Max(b, a)"] = (a, b) => Max(b, a),
        ["Min(a, b)"] = Min,
        ["Min(b, a)"] = (a, b) => Min(b, a),
        ["Max(a, Max(b, a))"] = (a, b) => Max(a, Max(b, a)),
        ["Min(Max(b, a), b)"] = (a, b) => Min(Max(b, a), b),
    };

    /// <summary>What a number can be beside: a constant, a parameter, data, an index, another number.</summary>
    private static Func<Point, Real>[] Others { get; } =
        [x => 0, x => 1.5, x => new Parameter("p", 0.5), x => new Data("d", [2.0, 3])[(LandscapeGpu.Expressions.Index)1], x => Sum(2, i => new Data("d", [2.0, 3])[i]), x => x[1], x => Square(x[1]) - 2];

    [Theory]
    [MemberData(nameof(Extremes))]
    public void No_number_is_passed_on(string extreme)
    {
        var of = Written[extreme];
        foreach (var other in LongTests.Slice(Others, Written.Keys.ToList().IndexOf(extreme), 2))
        {
            // A number that is none multiplies t: then the derivative by t says the value on devices that only step.
            var f = Objective.Define(extreme, 3, x => x[2] * of(Log(x[0]), other(x)));
            foreach (var (where, numbers) in Everywhere.Derived(f, [-1, 0.5, 1], [0, 0, 0]))
            {
                Assert.True(double.IsNaN(numbers[0]) && double.IsNaN(numbers[3]), $"{f} is {numbers[0]}, and by t {numbers[3]}: {where}.");
            }

            foreach (var device in Everywhere.KernelDevices.Append<LandscapeGpu.Devices.Device>(new LandscapeGpu.Devices.LaneDevice(1)))
            {
                Assert.True(double.IsNaN(Everywhere.Gradient(device, f, [-1, 0.5, 1], true)[2]), $"{f} on {device.Description}.");
                Assert.True(double.IsNaN(Everywhere.Gradient(device, f, [-1, 0.5, 1], false)[2]), $"{f} on {device.Description}, single.");
            }

            Assert.True(f.Evaluate(IntervalArithmetic.Instance, [new Interval(-2, -1), new Interval(0, 1), 1]).IsEmpty);
            // Numbers are compared as ever.
            foreach (var a in new[] { 0.3, 2.2, 40 })
            {
                var right = f.Evaluate([a, 0.5, 1]);
                Assert.All(Everywhere.Derived(f, [a, 0.5, 1], [0, 0, 0]), r => Assert.Equal(right, r.Numbers[0], 1e-5));
            }
        }
    }

    [Fact]
    public void A_survey_sees_it_on_every_device()
    {
        foreach (var formula in new Func<Point, Real>[] { x => Max(Log(x[0]), 0) + Square(x[1]), x => Max(0, Log(x[0])) + Square(x[1]) })
        {
            var f = Objective.Define("log", 2, formula) with { Region = Region.Box(2, -2, -1) };
            foreach (var device in new[] { "lanes", "reference" })
            {
                var result = LandscapeGpu.Surveys.Survey.Run(f, new() { Restarts = 50, Device = device });
                Assert.Equal(50, result.Outcomes.NotFinite);
            }
        }
    }

    [Fact]
    public void An_interval_of_no_numbers_is_passed_on_by_everything_but_a_choice()
    {
        var i = IntervalArithmetic.Instance;
        var none = i.Log(new(-2, -1));
        Assert.True(none.IsEmpty);
        Func<Interval, Interval>[] ones = [i.Abs, i.Square, i.Negate, i.Reciprocal, i.Sqrt, i.Exp, i.Log, i.Sin, i.Cos, i.SinTurns, i.CosTurns, i.Tan, i.Tanh, i.Sigmoid, i.Softplus, i.Asin, i.Acos, i.Atan, i.Erf, i.Round];
        Assert.All(ones, f => Assert.True(f(none).IsEmpty));
        Func<Interval, Interval, Interval>[] twos = [i.Add, i.Subtract, i.Multiply, i.Min, i.Max, i.Atan2, i.Power];
        Assert.All(twos, f => Assert.True(f(none, new(0, 3)).IsEmpty && f(new(0, 3), none).IsEmpty && f(none, 0).IsEmpty));
        Assert.Equal(new Interval(1, 2), i.Select(new(0, 1), none, new(1, 2)));
    }
}
