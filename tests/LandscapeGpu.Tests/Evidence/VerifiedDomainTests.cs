using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Evidence;

/// <summary>What theorems claim of a domain is looked at there, and where links have saturated to rounding there is nothing to look at.</summary>
public class VerifiedDomainTests
{
    [Theory]
    [InlineData(2, "link=logistic seed=2 norm=3")]
    [InlineData(3, "link=logistic seed=7 noise=0.3")]
    [InlineData(4, "link=tanh seed=5 norm=0.7")]
    [InlineData(3, "inputs=axes")]
    public void The_population_risk_has_one_stationary_point_for_every_dimension_and_link(int d, string settings)
    {
        var found = Verified($"glm d={d} risk=population {settings}");
        // Theorem 3.2 of Ma (2021).
        Assert.Contains("1 stationary point: 1 of index 0.", found, StringComparison.Ordinal);
        Assert.DoesNotContain("Strict saddle fails", found, StringComparison.Ordinal);
        Assert.DoesNotContain("(2.2) fails", found, StringComparison.Ordinal);
        // What is said of a further start is of all points that the search came to, where some are so far out that rounding ends the slope.
        Assert.Equal(found.Contains(" further point", StringComparison.Ordinal), found.Contains("that comes to a point of either kind", StringComparison.Ordinal));
        Assert.DoesNotContain("saddle found", found.Replace("No saddle found", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-15)]
    public void Faces_that_an_entropy_falls_from_are_no_minima_and_nothing_is_said_of_the_Euler_sum(double factor)
    {
        // Inside the simplex; x log x leaves every face with an infinite slope.
        var entropy = Objective.Define("entropy", 3, x => factor * (Sum(3, i => x[i] * Log(x[i])) + (3 * x[0] * x[1]) + (4 * x[1] * x[2]) + (5 * x[0] * x[2]))) with { Region = Region.Simplex(3) };
        var found = SaddleSearch.Run(entropy, new() { Starts = 300 });

        Assert.All(found.Points.Where(p => p.IsMinimum), p => Assert.All(p.Point, x => Assert.True(x > 1e-6, $"{x}")));
        Assert.Equal(3, found.OfIndex(0));
        Assert.Equal(EulerVerdict.NotApplicable, found.Euler.Verdict);
    }

    [Fact]
    public void The_distances_of_singular_and_of_negative_curvature_are_told_apart()
    {
        // f = x⁴ − 2x⁶: f″ = 12x² − 60x⁴ is 0 at 0, and below 0 from 1/√5 on.
        var objective = Objective.Define("sextic", 1, x => Pow(x[0], 4) - (2 * Pow(x[0], 6))) with { Region = Region.Ball(0.6) };
        var conditions = Verification.Of(objective, new() { Survey = new() { Restarts = 20 }, SaddleStarts = 0, Samples = 700 }).Conditions!;
        Assert.InRange(conditions.NegativeRadius, 1 / Math.Sqrt(5), 0.46);
        var quartic = Objective.Define("quartic", 1, x => Pow(x[0], 4)) with { Region = Region.Ball(1) };
        Assert.Equal(double.PositiveInfinity, Verification.Of(quartic, new() { Survey = new() { Restarts = 20 }, SaddleStarts = 0, Samples = 140 }).Conditions!.NegativeRadius);
    }

    [Theory]
    [InlineData("risk=population noise=0.3")]
    [InlineData("risk=population link=tanh norm=0.7")]
    public void The_risk_that_is_minimised_is_that_of_the_theorem(string settings)
    {
        var (objective, truth) = (CatalogueMembers.Find($"glm d=3 {settings}"), CatalogueMembers.Find($"glm d=3 {settings}").Known.Planted!);
        var last = objective.Theory!.Measures[^1];
        double[][] beside = [[.. truth.Select(w => -w)], [.. truth.Select(w => w + 0.01)], [0, 0, 0]];
        Assert.All(beside, w => Assert.Equal(1, last.Of(w), 1e-9));
        // At w* both sides are 0.
        Assert.Equal(double.NaN, last.Of([.. truth]));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-3.0)]
    public void Of_a_coordinate_that_is_held_nothing_is_claimed_and_that_is_said(double held)
    {
        // With y held, f = x² + 3xy has λ = 2; of both coordinates the Hessian has λ = 1 − √10.
        var objective = Objective.Define("held", 2, x => Square(x[0]) + (3 * x[0] * x[1])) with { Region = Region.Box([-9, held], [9, held]) };
        var found = Verification.Of(objective, new() { Survey = new() { Restarts = 20 }, SaddleStarts = 20, Samples = 70 });

        Assert.Equal(-2.25 * held * held, found.LocalVersusGlobal.Global.Value, 1e-9);
        Assert.Contains(found.Warnings, w => w.Code == Warning.Fixed && w.Message.StartsWith(FormattableString.Invariant($"x[1] is held at {held}"), StringComparison.Ordinal));
        Assert.DoesNotContain("stationary point", found.ToString(), StringComparison.Ordinal);
        Assert.True(found is { Saddles: null, StrictSaddle: null, Conditions: null, Rate: null });
    }

    private static string Verified(string name) =>
        Verification.Of(CatalogueMembers.Find(name), new() { Survey = new() { Restarts = 40, Threads = 1 }, SaddleStarts = 200, Samples = 70 }).ToString();

    [Fact]
    public void Of_a_convex_function_on_a_simplex_nothing_is_said_that_is_of_its_square_roots_alone()
    {
        var convex = Objective.Define("fourth powers", 3, x => Sum(3, i => Square(Square(x[i])))) with { Region = Region.Simplex(3) };
        var text = Verification.Of(convex, new() { Survey = new() { Restarts = 50 }, SaddleStarts = 100, Samples = 50 }).ToString();
        Assert.Contains("x = y∘y", text, StringComparison.Ordinal);
        Assert.Contains("of convexity in x that says nothing", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Convexity fails", text, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, (int D, Func<Vector, Real> Formula)> WithPoles = new()
    {
        ["two wells beside a wall without end"] = (1, y => (1 / Square(y[0])) + Square(y[0])),
        ["an odd pole"] = (1, y => y[0] + (1 / y[0])),
        ["a peak"] = (2, y => (1 / (Square(y[0]) + Square(y[1]))) + Square(y[0]) + (2 * Square(y[1]))),
        ["two bodies"] = (2, y => (-0.5 * (Square(y[0]) + Square(y[1]))) - (0.98785 / Sqrt(Square(y[0] + 0.01215) + Square(y[1]))) - (0.01215 / Sqrt(Square(y[0] - 0.98785) + Square(y[1])))),
        ["a barrier of a logarithm"] = (1, y => Square(y[0]) - Log(Abs(y[0]))),
    };

    public static TheoryData<string, double, double> Poles => Rows.Each(WithPoles.Keys, (1.0, 1.0), (1e8, 1e-6));

    [Theory]
    [MemberData(nameof(Poles))]
    public void Of_a_function_with_a_pole_nothing_is_claimed_that_holds_for_continuous_ones(string name, double factor, double unit)
    {
        var (d, formula) = WithPoles[name];
        var objective = Objective.Define(name, d, x => factor * formula(Vector(d, i => x[i] / unit))) with { Region = Region.Box(d, -2 * unit, 2 * unit) };

        var found = Verification.Of(objective, new() { Survey = new() { Restarts = 200 }, SaddleStarts = 200, Paths = 2, Samples = 70 });

        Assert.Equal(EulerVerdict.NotApplicable, found.Euler!.Verdict);
        Assert.Contains("without bound beside", found.Euler.Sentence, StringComparison.Ordinal);
        Assert.Single(found.Warnings, w => w.Code == Warning.Poles);
        Assert.Equal((null, null, null), ((object?)found.StrictSaddle, (object?)found.Conditions, (object?)found.Rate));
    }

    [Fact]
    public void A_division_that_never_is_by_zero_and_a_removable_singularity_are_no_poles()
    {
        foreach (var formula in new Func<Vector, Real>[] { y => Square(Square(y[0]) - 1) / (1 + Square(y[0])), y => Square(y[0]) - (Sin(y[0]) / y[0]), y => Square(y[0] - 0.3) / (Square(y[0]) - y[0] + 1) })
        {
            var found = Verification.Of(Objective.Define("smooth", 1, formula) with { Region = Region.Box(1, -3, 3) }, new() { Survey = new() { Restarts = 100 }, SaddleStarts = 100, Paths = 2, Samples = 70 });

            Assert.Equal(EulerVerdict.Satisfied, found.Euler!.Verdict);
            Assert.NotNull(found.Conditions);
        }
    }
}
