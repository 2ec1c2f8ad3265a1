using FsCheck;
using FsCheck.Fluent;
using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Expressions;

/// <summary>What is not taken is not seen: not its value, not its slope, not its curvature, on no device.</summary>
public class BranchTests
{
    /// <summary>Functions of u that have no value, or no finite slope, at u = 0 or below.</summary>
    public static TheoryData<string> Poles => [.. Functions.Keys];

    private static Dictionary<string, Func<Real, Real>> Functions { get; } = new()
    {
        ["square root"] = Sqrt,
        ["logarithm"] = Log,
        ["reciprocal"] = u => 1 / u,
        ["power"] = u => Pow(u, 0.3),
        ["negative power"] = u => Pow(u, -3),
        ["product of both"] = u => u * Log(u) * Sqrt(u),
        ["inverse sine"] = u => Asin(1 + u),
        ["inverse cosine of a product"] = u => u * Acos(1 + u),
        ["angle"] = u => Atan2(u, u),
        ["bounded function of a pole"] = u => Tanh(1 / u),
        ["overflow"] = u => Exp(1000 - (1e5 * u)) + Pow(1e30 * (1 + u), 12),
        ["sum in a loop"] = u => Sum(3, i => Sqrt(u) * Square(i - Log(u))),
        ["vector"] = u => { var v = Vector(3, i => Sqrt(u * (1 + (Real)i))); return Sum(3, i => v[i] * v[(i + 1) % 3]); },
        ["pole that another loop reads"] = u => { var r = Sqrt(u); return Sum(4, i => Square(r - i)); },
    };

    [Theory]
    [MemberData(nameof(Poles))]
    public void A_branch_that_is_not_taken_spoils_neither_value_nor_derivatives(string pole)
    {
        var f = Functions[pole];
        foreach (var at in new[] { 0.0, -0.5 })
        {
            // 2x² − x + xy where u = x − at has no value or no slope; at x = at.
            var objective = Objective.Define(pole, 2, x => Select(x[0] > at, f(x[0] - at) * x[1], (2 * Square(x[0])) - x[0] + (x[0] * x[1])));
            if (at == 0 || LongTests.AreAsked)
            {
                Everywhere.Require(objective, [at, 3], (2 * at * at) - at + (3 * at), [(4 * at) - 1 + 3, at], [4, 1, 1, 0]);
            }

            // The same distinction the other way round, and inside another.
            var other = Objective.Define(pole, 2, x => Select(!(x[0] > at), Select(x[1] > 0, (2 * Square(x[0])) + (x[0] * x[1]), Log(-x[1])), f(x[0] - at)) - x[0]);
            if (at != 0 || LongTests.AreAsked)
            {
                Everywhere.Require(other, [at, 3], (2 * at * at) - at + (3 * at), [(4 * at) - 1 + 3, at], [4, 1, 1, 0]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Poles))]
    public void Branches_that_an_index_decides_are_taken_term_by_term(string pole)
    {
        // Σ over i of x·y·i, but at i = 2, where u = (i − 2)x would be 0, what is taken is x² + y.
        var f = Functions[pole];
        var objective = Objective.Define(pole, 2, x => Sum(5, i => Select(Equal(i, 2), Square(x[0]) + x[1], Select(i > 2, f(((Real)i - 2) * x[0]) * 0, x[0] * x[1] * (Real)i))));
        Everywhere.Require(objective, [0.5, 2], 0.25 + 2 + 1, [1 + 2, 1 + 0.5], [2, 1, 1, 0]);
        var shared = Objective.Define(pole, 2, x =>
        {
            // One pole for all terms; none takes it.
            var r = f(x[0]);
            return Sum(4, i => Select(x[1] > (Real)i - 10, Square(x[1]) + x[0], r * (Real)i));
        });
        Everywhere.Require(shared, [0, 1], 4, [4, 8], [0, 0, 0, 8]);
        Everywhere.Require(shared, [-1, 1], 0, [4, 8], [0, 0, 0, 8]);
    }

    [Fact]
    public void The_smaller_and_the_larger_of_two_have_the_slope_of_the_one_that_counts()
    {
        var capped = Objective.Define("capped", 2, x => Min(Square(x[0]) + (3 * x[1]), 5 + Sqrt(x[0])) + Max(x[1] - 1, -Pow(x[0], 0.5)));
        // Of two that are equal, the first.
        Everywhere.Require(capped, [0, 1], 3, [0, 4], [2, 0, 0, 0]);
        var smooth = Objective.Define("smooth", 2, x => Min(Square(x[0]) + (3 * x[1]), 5 + Sqrt(x[0])) + Max(x[1] + 1, -Pow(x[0], 0.5)));
        Everywhere.Require(smooth, [0, 1], 5, [0, 4], [2, 0, 0, 0]);
        var absolute = Objective.Define("absolute", 1, x => Abs(Select(x[0] < 0, Square(x[0]) - 4, Log(x[0]))));
        Everywhere.Require(absolute, [-1], 3, [2], [-2]);
    }

    [Fact]
    public void A_guarded_root_keeps_the_minimum_behind_it()
    {
        var f = Objective.Define("guarded", 1, x => Square(Square(x[0]) - 1) + (0.3 * x[0]) + (0.1 * Select(x[0] > -0.5, Sqrt(x[0] + 0.5), 0))) with { Region = Region.Box(1, -2, 2) };
        foreach (var isDouble in new[] { true, false })
        {
            foreach (var device in new[] { "lanes", "reference" })
            {
                var result = LandscapeGpu.Surveys.Survey.Run(f, new() { Restarts = 200, Device = device, Descent = new() { IsDouble = isDouble } });
                // Two wells, (x² − 1)² + 0.3x left of the jump, and 0.1√(x + ½) more right of it.
                Assert.Equal(-0.305428, result.Minima.Min(m => m.Value), 1e-6);
                Assert.Equal(2, result.Minima.Count);
                Assert.Equal(0, result.Outcomes.NotFinite);
            }
        }
    }

    [Fact]
    public void What_makes_a_formula_not_finite_is_named_with_its_sample()
    {
        // A dose of 0 to a negative power is infinite, and infinity over infinity no number; the log of the branch that is left out is none of it.
        var dose = new Data("dose", [3, 0, 10]);
        var hill = Objective.Define("Hill", 2, x => Sum(3, i => Square((x[0] * Pow(dose[i], x[1]) / (1 + Pow(dose[i], x[1]))) - 1) + Select(x[0] > 5, Log(x[0] - 5), 0))) with { Region = Region.Box([0.5, -3], [2, -0.5]) };

        var report = LandscapeGpu.Reporting.SurveyText.Report(Survey.Run(hill, new() { Restarts = 20 }));

        Assert.Contains("The formula has no finite value at (", report, StringComparison.Ordinal);
        Assert.Contains("Pow(dose[i], x[1]) of 0 and -", report, StringComparison.Ordinal);
        Assert.Contains("is infinite, with i = 1.", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_derivative_that_is_not_finite_is_called_so_with_its_place()
    {
        // The root of a difference that is 0 wherever restarts go: its value is, its slope is nowhere.
        var f = Objective.Define("rough", 2, x => Sqrt(Square(x[1]) - (x[1] * Abs(x[1]))) + Square(x[0])) with { Region = Region.Box([-1, 1], [1, 2]) };
        var report = LandscapeGpu.Reporting.SurveyText.Report(LandscapeGpu.Surveys.Survey.Run(f, new() { Restarts = 4 }));
        Assert.Contains("The derivative is not finite at (", report, StringComparison.Ordinal);
        Assert.Contains("where the value is and a restart ended", report, StringComparison.Ordinal);
        // Where the value itself is none, nothing is said of the derivative.
        var g = Objective.Define("none", 1, x => Log(x[0])) with { Region = Region.Box(1, -2, -1) };
        Assert.DoesNotContain("The derivative is", LandscapeGpu.Reporting.SurveyText.Report(LandscapeGpu.Surveys.Survey.Run(g, new() { Restarts = 4 })), StringComparison.Ordinal);
    }

    [Fact]
    public void Deviances_of_counts_that_are_zero_have_values_whether_loops_are_written_out_or_not()
    {
        foreach (var n in new[] { 3, 400 })
        {
            var y = new Data("y", [.. Enumerable.Range(0, n).Select(k => (double)(k % 3))]);
            // Σ y log(y/μ) − (y − μ), as every text on Poisson regression has it; at μ = 1 it is Σ y log y − y + 1.
            var f = Objective.Define("deviance", 1, x => Sum(n, k => Select(y[k] > 0, y[k] * (Log(y[k]) - x[0]), 0) - y[k] + Exp(x[0])));
            var total = y.Length == 3 ? (2 * Math.Log(2)) - 3 + 3 : Enumerable.Range(0, n).Sum(k => (k % 3 == 2 ? 2 * Math.Log(2) : 0) - (k % 3) + 1);
            Everywhere.Require(f, [0], total, [n - Enumerable.Range(0, n).Sum(k => (double)(k % 3))], [n]);
        }
    }

    [Fact]
    public void Zero_to_a_positive_power_is_zero_and_stays_so_as_the_exponent_changes()
    {
        foreach (var n in new[] { 4, 300 })
        {
            var t = new Data("t", [.. Enumerable.Range(0, n).Select(k => (double)(k % 2))]);
            // a·tᵇ is a at t = 1 and 0 at t = 0, whatever b.
            var f = Objective.Define("growth", 2, p => Sum(n, k => Square(2 - (p[0] * Pow(t[k], p[1])))));
            double[] ones = [n / 2, -n];
            Everywhere.Require(f, [3, 0.7], ones[0] + (n / 2 * 4), [n, 0], [n, 0, 0, 0]);
        }

        // One datum, written as a constant.
        var zero = new Data("z", [0.0, 2]);
        var one = Objective.Define("one", 2, p => Square(Pow(zero[0], p[1]) - p[0]) + Pow(zero[1], p[1]));
        Everywhere.Require(one, [1.5, 2], 2.25 + 4, [3, 4 * Math.Log(2)], [2, 0, 0, 4 * Math.Log(2) * Math.Log(2)]);
        // 0⁰ is 1 and 0⁻¹ infinite: that is no derivative of zero.
        Assert.Contains(Everywhere.Derived(one, [1.5, -1], [1, 1]), r => !double.IsFinite(r.Numbers[0]));
        Assert.All(Everywhere.Derived(one, [1.5, 0], [1, 1]), r => Assert.False(double.IsFinite(r.Numbers[2])));
    }

    [Fact]
    public void Powers_and_roots_of_what_a_given_factor_of_zero_holds_at_zero_stay_there()
    {
        // A time, a dose, an index that is 0: whatever rate it is multiplied with or divided by.
        var t = new Data("t", [0.0, 2, -0.0]);
        var (b, log) = (0.7, Math.Log(3));
        double power = Math.Pow(3, b), less = Math.Pow(3, b - 1), least = Math.Pow(3, b - 2);
        foreach (var formula in new Func<Point, Real>[]
        {
            p => Sum(3, k => Pow(t[k] * p[0], p[1])),
            p => Sum(3, k => Pow(p[0] * Abs(-t[k]), p[1])),
            p => Sum(2, k => Pow(2 * (Real)k * p[0], p[1])),
        })
        {
            Everywhere.Require(Objective.Define("power", 2, formula), [1.5, b], power, [b * 2 * less, power * log], [b * (b - 1) * 4 * least, 2 * less * (1 + (b * log)), 2 * less * (1 + (b * log)), power * log * log]);
        }

        Everywhere.Require(Objective.Define("diffusion", 1, p => Sum(2, k => Sqrt(t[k] / p[0]))), [0.5], 2, [-2], [6]);
        // Where the point itself makes it 0, the slope is infinite, or a minimum's.
        Assert.Contains(Everywhere.Derived(Objective.Define("root", 1, p => Sqrt(t[1] * p[0])), [0], [1]), r => !double.IsFinite(r.Numbers[1]));
    }

    [Fact]
    public void A_dose_of_zero_under_a_falling_exponent_leaves_the_minimum_of_a_dose_response()
    {
        // bottom + (top − bottom)/(1 + (t/c)ᵇ) at t = 0 is the bottom for every b below 0; written with b above 0, top and bottom change places.
        double[] dose = [0, 0.1, 0.3, 1, 3, 10, 30], y = [98, 97, 91, 74, 40, 14, 5];
        var (t, seen) = (new Data("t", dose), new Data("y", y));
        Func<Point, Real>[] formulas =
        [
            x => Sum(7, k => Square(x[1] + ((x[0] - x[1]) / (1 + Pow(t[k] / x[2], x[3]))) - seen[k])),
            x => Sum(7, k => Square(x[1] + ((x[0] - x[1]) / (1 + Pow(x[2] * t[k], x[3]))) - seen[k])),
            x => Enumerable.Range(0, 7).Select(k => Square(x[1] + ((x[0] - x[1]) / (1 + Pow(dose[k] / x[2], x[3]))) - y[k])).Aggregate((a, b) => a + b),
            x => Sum(7, k => Square(x[1] + ((x[0] - x[1]) * Exp(-Pow(t[k] / x[2], x[3]))) - seen[k])),
        ];
        var box = Region.Box([-20, 80, 0.05, -5], [20, 120, 20, -0.3]);
        // As it is with b above 0, where nothing is infinite; the last by another solver.
        foreach (var (formula, least) in formulas.Zip([1.77238641, 1.77238641, 1.77238641, 18.465100213]))
        {
            var found = Survey.Run(Objective.Define("dose and response", 4, formula) with { Region = box }, new() { Restarts = 40 });
            Assert.Equal(0, found.Outcomes.NotFinite);
            Assert.Equal(least, found.Minima[0].Value, 1e-7);
        }
    }

    [Fact]
    public void A_power_at_zero_has_the_derivatives_of_the_polynomial_it_is()
    {
        foreach (var (b, slope, curvature) in new[] { (1.0, 1.0, 0.0), (2, 0, 2), (3, 0, 0), (2.5, 0, 0) })
        {
            var f = Objective.Define("power", 1, x => Pow(x[0], new Parameter("b", b)));
            Everywhere.Require(f, [0], 0, [slope], [curvature]);
        }

        // x^b log x in b: what is differentiated by b at x > 0 stays what it was.
        var g = Objective.Define("both", 2, x => Pow(x[0], x[1]));
        double log = Math.Log(2), value = 8;
        Everywhere.Require(g, [2, 3], value, [12, value * log], [12, 4 * (1 + (3 * log)), 4 * (1 + (3 * log)), value * log * log]);
        Everywhere.Require(g, [2, 0], 1, [0, log], [0, 0.5, 0.5, log * log]);
    }

    [Fact]
    public void Whatever_stands_in_the_branch_that_is_not_taken_nothing_changes() =>
        Check.One(Config.QuickThrowOnFailure.WithReplay(7, 1).WithMaxTest(40), Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var names = Functions.Keys.Order().ToList();
            Real Pole(Real u, int depth) => depth == 0 ? Functions[names[random.Next(names.Count)]](u) : Functions[names[random.Next(names.Count)]](u) * Pole(u * (0.5 + random.NextDouble()), depth - 1);
            var (a, b) = (random.NextDouble(), random.NextDouble());
            var inside = Objective.Define("inside", 2, x => (a * Square(x[0])) + (Sin(x[1]) * x[0]) + Square(x[1] - b));
            var random2 = random.Next(3);
            var depth = random.Next(3);
            var guarded = Objective.Define($"guarded {seed}", 2, x =>
            {
                var taken = (a * Square(x[0])) + (Sin(x[1]) * x[0]) + Square(x[1] - b);
                var pole = Pole(x[0], depth) * x[1];
                return random2 switch
                {
                    0 => Select(x[0] > 0, pole, taken),
                    1 => Sum(3, i => Select((x[0] > 0) | (Equal(i, 1) & (x[1] < -5)), pole, taken / 3)),
                    _ => Select(x[1] > -5, taken, 0) + Select(x[0] > 0, pole * x[1], 0),
                };
            });
            double[] at = [random.Next(2) == 0 ? 0 : -random.NextDouble(), 1 + random.NextDouble()];
            var right = new Compilation.DerivedFormula(inside).Interpret(LandscapeGpu.Arithmetic.DoubleArithmetic.Instance, at, [1, 2]);
            foreach (var (where, numbers) in Everywhere.Derived(guarded, at, [1, 2]))
            {
                // Single precision: numbers of order ten with a few roundings.
                Assert.All(right.Zip(numbers), p => Assert.True(Math.Abs(p.First - p.Second) <= 1e-4, $"{p.Second} and not {p.First}, {where}: {guarded}"));
            }
        }));
}
