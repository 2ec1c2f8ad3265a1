namespace LandscapeGpu.Tests.Evidence;

/// <summary>f → af + b changes no verdict of the evidence, and its constants by the factor that their units have.</summary>
public sealed class UnitsOfEvidenceTests
{
    private static readonly VerificationOptions Few = new() { Survey = new() { Restarts = 100 }, SaddleStarts = 100, Samples = 140, Paths = 3, PathSteps = 200 };

    public static TheoryData<string, double> Cases => Rows.Each(["himmelblau", "rastrigin", "styblinski-tang", "rosenbrock", "six-hump-camel", "pl-sine"], 1e-12, 1e12);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_constant_before_the_value_changes_no_verdict(string family, double factor)
    {
        var original = Catalogue.Families.Single(f => f.Name == family).Create();
        var plain = Verification.Of(Of(original, 1, 0), Few);
        var other = Verification.Of(Of(original, factor, 0), Few);

        AssertAlike(plain, other, factor);
    }

    [Fact]
    public void A_constant_added_to_the_value_changes_no_verdict()
    {
        var original = Catalogue.Families.Single(f => f.Name == "himmelblau").Create();

        // 1e6 leaves ten digits of what f changes by.
        AssertAlike(Verification.Of(Of(original, 1, 0), Few), Verification.Of(Of(original, 1, 1e6), Few), 1);
    }

    [Theory]
    [InlineData(1e-9, 1e6)]
    [InlineData(1e5, 1e-7)]
    [InlineData(7e3, 2e-4)]
    public void Coordinates_in_units_that_differ_change_no_verdict(double first, double second)
    {
        // One that is convex, and one with a saddle that curves down along a coordinate in either of the units.
        foreach (var formula in (Func<Real, Real, Real>[])[
            (a, b) => Square(a - 0.3) + (2 * Square(b + 0.1)) + (0.5 * a * b),
            (a, b) => Square(Square(a) - 1) + (0.3 * a) + Square(b),
            (a, b) => Square(a) + Square(Square(b) - 1) + (0.3 * b)])
        {
            Objective In(double s, double t) => Objective.Define("f", 2, x => formula(x[0] / s, x[1] / t)) with { Region = Region.Box([-2 * s, -2 * t], [2 * s, 2 * t]) };
            var (plain, other) = (Verification.Of(In(1, 1), Few), Verification.Of(In(first, second), Few));

            Assert.Equal(plain.Conditions!.Sentences.Select(Verdict), other.Conditions!.Sentences.Select(Verdict));
            Assert.Equal(plain.Rate!.IsPromised, other.Rate!.IsPromised);
            Assert.Equal((plain.StrictSaddle!.Holds, plain.StrictSaddle.Stated is null), (other.StrictSaddle!.Holds, other.StrictSaddle.Stated is null));

            // Along axes that f does not mix, curvatures have the units of the coordinate they are along.
            Assert.All(other.Saddles!.Points.Where(p => p.Kind == StationaryKind.StrictSaddle), p => Assert.True(p.Eigenvalues[0] < 0, $"λ = {p.Eigenvalues[0]}"));
            Assert.All(other.Saddles!.Points.Where(p => p.Kind == StationaryKind.Minimum), p => Assert.True(p.Eigenvalues[0] > 0, $"λ = {p.Eigenvalues[0]}"));
        }
    }

    /// <summary>Landscapes whose verdicts hang on kinks, flat sets and several minima, each with what is true of it in any unit: whether μ, τ and ρ are above 0, and whether it is convex.</summary>
    public static TheoryData<string, double, double> Verdicts
    {
        get
        {
            var cases = new TheoryData<string, double, double>();
            foreach (var name in VerdictsOf.Keys)
            {
                foreach (var (scale, factor) in ((double, double)[])[(1, 1), (1e-6, 1), (1e3, 1e8), (1, 1e-12)])
                {
                    cases.Add(name, scale, factor);
                }
            }

            return cases;
        }
    }

    // Kinks are off the middle of the box, where no point of a sample lies to the last digit in each unit.
    private static readonly Dictionary<string, (Func<Real, Real, Real> Formula, string Above, bool IsConvex)> VerdictsOf = new()
    {
        ["a cusp, beside which curvature has no end"] = ((a, b) => Sqrt(Abs(a - 0.5)) + Square(b), "μτρ", false),
        ["a flat bottom"] = ((a, b) => Square(Max(Abs(a) - 1, 0)) + Square(b), "μτ", true),
        ["a flat side"] = ((a, b) => (0 * a) - b, "μτ", true),
        ["two wells, one at a kink"] = ((a, b) => Min(Square(a - 1) + 0.5, Abs(a + 0.7)) + Square(b), "", false),
        ["two pieces that bend nowhere"] = ((a, b) => Min(Abs(a - 1) + 0.5, Abs(a + 0.7)) + Abs(b), "", false),
        ["a roof"] = ((a, b) => b - Abs(a), "τρ", false),
        ["kinks of a convex function"] = ((a, b) => Abs(a - 0.3) + Max(b, -2 * b), "μτρ", true),
        ["a sixth power"] = ((a, b) => Pow(a, 6) + Square(b), "τ", true),
    };

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void A_unit_changes_no_verdict_at_kinks_and_on_flat_sets(string name, double scale, double factor)
    {
        var (formula, above, isConvex) = VerdictsOf[name];
        var landscape = Objective.Define("f", 2, x => factor * formula(x[0] / scale, x[1])) with { Region = Region.Box([-2 * scale, -2], [2 * scale, 2]) };
        var seen = Verification.Of(landscape, Few).Conditions!;

        // What fails has no constant above 0, in numbers as in words.
        Assert.Equal(above.Contains('μ'), seen.PolyakLojasiewicz.Value > 0);
        Assert.Equal(above.Contains('μ'), !seen.Sentences[0].Contains("fails", StringComparison.Ordinal));
        Assert.Equal(above.Contains('τ'), seen.WeakQuasiConvexity.Value > 0);
        Assert.Equal(above.Contains('τ'), !seen.Sentences[2].Contains("fails", StringComparison.Ordinal));
        Assert.Equal(above.Contains('ρ'), seen.RestrictedSecant.Value > 0);
        Assert.Equal(above.Contains('ρ'), !seen.Sentences[3].Contains("fails", StringComparison.Ordinal));
        Assert.Equal(isConvex, !seen.Sentences[4].Contains("fails", StringComparison.Ordinal));
        Assert.Equal(isConvex, seen.LowestCurvature.Value >= 0 && !seen.Sentences[4].Contains("fails", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lanes", 1, 1)]
    [InlineData("lanes", 1e-12, 1)]
    [InlineData("lanes", 1e8, 1e3)]
    [InlineData("reference", 1, 1)]
    [InlineData("reference", 1e-12, 1e-6)]
    public void Constants_beside_a_removable_singularity_are_those_of_the_function_and_not_of_its_rounding(string device, double factor, double scale)
    {
        Real Sinc(Real x) => -Sin(x / scale) / (x / scale);
        var landscape = Objective.Define("f", 1, x => factor * Sinc(x[0])) with { Region = Region.Box(1, -12 * scale, 12 * scale) };
        var seen = Verification.Of(landscape, Few with { Survey = Few.Survey with { Device = device } });

        // Of −sin x/x the second derivative is largest at 0, 1/3, and least −0.24868, on a grid of a thousandth; both ends have minima above 0.
        var unit = factor / (scale * scale);
        Assert.Equal(1.0 / 3, seen.Conditions!.Smoothness.Value / unit, 1e-6);
        Assert.InRange(seen.Conditions.LowestCurvature.Value / unit, -0.2487, -0.2);
        Assert.InRange(seen.Conditions.ConvexityRadius / scale, 2, 2.5);
        Assert.Equal((5, 4), (seen.LocalVersusGlobal.Distinct, seen.LocalVersusGlobal.Spurious.Count));
    }

    [Theory]
    [InlineData(1e3, 1)]
    [InlineData(30, 1e-3)]
    [InlineData(2e-3, 1e-6)]
    public void A_rule_that_finds_its_steps_itself_succeeds_as_often_and_as_soon_in_any_unit(double scale, double factor)
    {
        var options = new ComparisonOptions { Restarts = 100, PlateauStarts = 0, Contenders = [new() { Descent = new() { Rule = new Lbfgs() } }] };
        foreach (var (formula, d) in ((Func<Func<int, Real>, Real>, int)[])[
            (x => Square(Square(x(0)) + x(1) - 11) + Square(x(0) + Square(x(1)) - 7), 2),
            (x => Min(Square(x(0) - 2) + 1, Abs(x(0) + 1)), 1)])
        {
            ContenderResult In(double s, double a) => Comparison.Run(Objective.Define("f", d, x => a * formula(i => x[i] / s)) with { Region = Region.Box(d, -6 * s, 6 * s) }, options).Results[0];
            var (plain, other) = (In(1, 1), In(scale, factor));

            // Trajectories differ by the power of two that is nearest to the unit.
            Assert.InRange(other.Reached.Share, plain.Reached.Share - 0.1, plain.Reached.Share + 0.1);
            Assert.InRange(other.MedianSteps, 0, 3 * plain.MedianSteps);
        }
    }

    [Theory]
    [InlineData(1, 3e-13)]
    [InlineData(1e-3, 1)]
    [InlineData(7, 1)]
    [InlineData(1e3, 1e6)]
    public void Of_a_maximum_inside_and_corners_that_hold_the_maximum_refutes_Polyak_Łojasiewicz_in_any_unit(double scale, double factor)
    {
        // The gradient at the maximum is zero or a last digit, and at corners exactly held.
        var seen = Verification.Of(
            Objective.Define("f", 2, x => factor * (-Square((x[0] / scale) - 0.1) - Square((x[1] / scale) + 0.2))) with { Region = Region.Box(2, -scale, scale) },
            Few);
        Assert.Contains(seen.Conditions!.Sentences, s => s == "Polyak–Łojasiewicz fails: at a point looked at the gradient is zero and f is above f*.");
        Assert.Equal([0.1 * scale, -0.2 * scale], seen.Conditions!.PolyakLojasiewicz.Where!, (a, b) => Math.Abs(a - b) <= 1e-12 * scale);
    }

    [Fact]
    public void The_sides_of_a_box_make_no_step_fail_the_descent_lemma()
    {
        // β is the same everywhere; paths come to sides, and steps that these shorten lead down by less than whole ones.
        var form = Objective.Define("f", 2, x => (0.3 * x[0] * x[1]) + Square(x[1] - 0.4) - Square(x[0] - 0.2)) with { Region = Region.Box(2, -1, 1) };

        Assert.True(Verification.Of(form, Few with { Paths = 10 }).Rate!.IsLemmaKept);
    }

    private static void AssertAlike(Verification plain, Verification other, double factor)
    {
        var (a, b) = (plain.LocalVersusGlobal, other.LocalVersusGlobal);
        Assert.Equal((a.Distinct, a.Spurious.Count, a.Global.Minima.Count, a.LargestUnseenShare is null), (b.Distinct, b.Spurious.Count, b.Global.Minima.Count, b.LargestUnseenShare is null));
        Assert.Equal(plain.Saddles!.Points.GroupBy(p => p.Kind).Select(g => (g.Key, g.Count())).Order(), other.Saddles!.Points.GroupBy(p => p.Kind).Select(g => (g.Key, g.Count())).Order());
        Assert.Equal(plain.StrictSaddle!.Holds, other.StrictSaddle!.Holds);

        // The same sample, and minima equal to eight digits or so: constants agree to a thousandth, in units of f, of none, and of f again.
        var (p, q) = (plain.Conditions!, other.Conditions!);
        AssertRatio(p.Smoothness.Value, q.Smoothness.Value / factor);
        AssertRatio(p.PolyakLojasiewicz.Value, q.PolyakLojasiewicz.Value / factor, p.Smoothness.Value);
        AssertRatio(p.WeakQuasiConvexity.Value, q.WeakQuasiConvexity.Value, 1);
        AssertRatio(p.RestrictedSecant.Value, q.RestrictedSecant.Value / factor, p.Smoothness.Value);
        AssertRatio(p.LocalStrongConvexity, q.LocalStrongConvexity / factor);
        Assert.Equal(p.Sentences.Select(Verdict), q.Sentences.Select(Verdict));
        Assert.Equal((plain.Rate!.Reached, plain.Rate.IsAsPromised), (other.Rate!.Reached, other.Rate.IsAsPromised));
    }

    private static string Verdict(string sentence) => string.Concat(sentence.TakeWhile(c => c is not (':' or ';')).Where(c => !char.IsDigit(c) && c is not ('.' or '-' or '+' or 'e')));

    private static void AssertRatio(double expected, double actual, double beside = 0) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-3 * Math.Max(Math.Abs(expected), 1e-3 * beside) || (double.IsNaN(expected) && double.IsNaN(actual)), $"{expected:R} and {actual:R}");

    private static Objective Of(Objective original, double factor, double constant) =>
        Objective.Define(original.Name, original.Dimension, x => (factor * new Rewriting(vectors: new() { [original.Point] = x }).Apply(original.Formula)) + constant) with
        {
            Region = original.Region,
            Starts = original.Starts,
        };
}
