using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Expressions;

/// <summary>Formulas as deep as a loop of C# is long are worked with like any other, on a thread with a small stack too.</summary>
public class DeepFormulaTests
{
    private const int Depth = 12_000;

    public static TheoryData<string> Deep => [.. Formulas.Keys];

    private static Dictionary<string, Func<Point, Real>> Formulas { get; } = new()
    {
        ["sum"] = x => Repeat(Square(x[0]), (s, k) => s + Square(x[k % 2] - (k * 1e-4))),
        ["difference"] = x => Repeat(Square(x[0]), (s, k) => (k * 1e-4 * x[k % 2]) - s),
        ["sum of products"] = x => Repeat(x[0], (s, k) => s + (x[k % 2] * (x[1] - (k * 1e-4)))),
        ["product"] = x => Repeat(x[0], (s, k) => s * (1 + (1e-9 * k * x[k % 2]))),
        ["powers of powers"] = x => Repeat(x[0], (s, k) => Pow(0.5 * (s + x[k % 2]), 3) / (1 + (1e-9 * x[1]))),
        ["function of function"] = x => Repeat(x[0], (s, k) => Sin(s) + (1e-3 * x[1])),
        ["negations and halves"] = x => Repeat(x[0] + x[1], (s, k) => -(0.5 * s) - x[k % 2]),
        ["branches"] = x => Repeat(x[0], (s, k) => Select(x[1] > k, s + x[0], Sqrt(Abs(s) + 1))),
        ["extremes"] = x => Repeat(x[0], (s, k) => Max(s, x[k % 2] - k)),
        ["vectors of vectors"] = x => Sum(Vectors(x, shortened / 4 ?? 1500)),
        ["elements of vectors"] = x => Repeat(x[0], (s, k) => s + Vector(2, i => x[i] + k)[k % 2]),
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void Depth_is_no_limit_anywhere_in_the_chain(string name) => OnSmallStack(() =>
    {
        var f = Objective.Define(name, 2, Formulas[name]) with { Region = Region.Box(2, -1, 1) };
        Assert.NotEmpty(f.ToString());
        var value = f.Evaluate([0.25, 0.5]);
        Assert.True(double.IsFinite(value));
        _ = f.Evaluate(IntervalArithmetic.Instance, [new Interval(0, 0.5), new Interval(0.25, 0.75)]);
        var derived = new Compilation.DerivedFormula(f);
        var right = derived.Interpret(DoubleArithmetic.Instance, [0.25, 0.5], [1, 2]);
        Assert.All(right, number => Assert.True(double.IsFinite(number)));
        Assert.Equal(f, f with { Name = "again" } is var again && again.WithProgramsOf(f) is not null ? f : again);
    });

    [Theory]
    [MemberData(nameof(Deep))]
    public void What_is_too_long_for_one_method_is_compiled_as_several(string name) => OnSmallStack(() =>
    {
        // Some thousands of operations with their derivatives.
        var f = Shortened(() => Objective.Define(name, 2, Formulas[name]));
        var derived = new Compilation.DerivedFormula(f);
        var right = derived.Interpret(DoubleArithmetic.Instance, [0.25, 0.5], [1, 2]);
        foreach (var target in new LandscapeGpu.Compilation.Target[] { new LandscapeGpu.Compilation.LaneTarget(128, true), new LandscapeGpu.Compilation.ScalarTarget(true) })
        {
            var found = derived.Run(target, 1, [[0.25, 0.5]], [1, 2])[0];
            // Hundreds of roundings, in another order.
            Assert.All(right.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-9 * right.Max(Math.Abs)));
        }
    });

    [Fact]
    public void A_long_sum_is_surveyed()
    {
        var f = Objective.Define("long", 1, x => Repeat(Real0, (s, k) => s + Square(x[0] - (k % 7)))) with { Region = Region.Box(1, -10, 10) };
        foreach (var device in new[] { "lanes", "reference" })
        {
            var minimum = Assert.Single(Survey.Run(f, new() { Restarts = 2, Device = device }).Minima);
            Assert.Equal(Enumerable.Range(0, Depth).Average(k => k % 7), minimum.Point[0], 1e-8);
        }
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(1 << 30)]
    public void Every_whole_power_is_a_power(int n)
    {
        var f = Objective.Define("power", 1, x => Pow(x[0], n));
        Assert.Equal(1, f.Evaluate([1]));
        // At 1 the derivatives are n and n(n − 1); a few roundings for each of 31 squarings.
        double slope = n;
        foreach (var (where, numbers) in Everywhere.Derived(f, [1], [1]))
        {
            var tolerance = where.Contains("single", StringComparison.Ordinal) || where.Contains("False", StringComparison.Ordinal) ? 1e-5 : 1e-12;
            Assert.Equal(1, numbers[0]);
            Assert.Equal(1, numbers[1] / slope, tolerance);
            Assert.Equal(1, numbers[2] / (slope * (slope - 1)), tolerance);
        }
    }

    [Fact]
    public void Loops_that_cannot_end_and_formulas_that_have_no_end_are_refused_at_once()
    {
        Refused(x => Sum(int.MaxValue, i => Square(x[0] - i)), "operations");
        Refused(x => Sum(100_000, i => Sum(100_000, j => Square(x[0] - i - j))), "operations");
        Refused(x => Product(int.MaxValue, i => x[0] + i), "written out one by one");
        Refused(x => Product(-1, i => x[0] + i), "0 to");
        Refused(x => Sum(Vector(int.MaxValue, i => x[0] * i)), "");
        Refused(x => Nested(x, 100), "inside one another");
        Refused(x => Repeat(x[0], (s, k) => s + Sin(k * x[0]), 100_000_000), "written out");
        static Real Nested(Point x, int depth) => depth == 0 ? x[0] : Sum(2, i => Nested(x, depth - 1) * i);
    }

    [Fact]
    public void Sums_of_what_does_not_change_cost_nothing() =>
        Assert.Equal(2147483647.0 * 9, Objective.Define("constant", 1, x => Sum(int.MaxValue, i => Square(x[0]))).Evaluate([3]));

    [Fact]
    public void A_vector_of_twenty_thousand_components_is_summed()
    {
        var f = Objective.Define("components", 2, x => Sum(Vector([.. Enumerable.Range(0, 20_000).Select(k => Square(x[k % 2] - (k * 1e-4)))])));
        var derived = new Compilation.DerivedFormula(f);
        var right = derived.Interpret(DoubleArithmetic.Instance, [0.25, 0.5], [1, 2]);
        Assert.Equal(Enumerable.Range(0, 10_000).Sum(k => 2 * (0.25 - (2 * k * 1e-4))), right[1], 1e-6);
    }

    private static Real Real0 => 0;

    // Tests run on threads of their own.
    [ThreadStatic]
    private static int? shortened;

    private static Objective Shortened(Func<Objective> define)
    {
        shortened = 400;
        try
        {
            return define();
        }
        finally
        {
            shortened = null;
        }
    }

    private static Real Repeat(Real start, Func<Real, int, Real> next, int? count = null)
    {
        for (var k = 0; k < (count ?? shortened ?? Depth); k++)
        {
            start = next(start, k);
        }

        return start;
    }

    private static Vector Vectors(Point x, int count)
    {
        Vector v = x;
        for (var k = 0; k < count; k++)
        {
            var before = v;
            v = Vector(2, i => before[i] + (1e-3 * Square(before[(i + 1) % 2])));
        }

        return v;
    }

    private static void Refused(Func<Point, Real> formula, string part) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => Objective.Define("endless", 1, formula)).Message, StringComparison.Ordinal);

    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception e)
                {
                    failure = e;
                }
            },
            512 * 1024);
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }
}
