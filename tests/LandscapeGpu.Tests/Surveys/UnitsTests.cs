namespace LandscapeGpu.Tests.Surveys;

/// <summary>Units decide nothing: coordinates and values of any size have the minima, kinds and counts that they have in ordinary units.</summary>
public sealed class UnitsTests
{
    private static readonly (string Name, bool IsDouble, string? Device)[] Ways = [("single", false, null), ("double", true, null), ("reference", false, "reference")];

    private static readonly Dictionary<string, (Objective Objective, double[] Values, double[][] Points)> Written = new()
    {
        ["a thousandth beside a thousand"] = (
            Box("tilted", x => Square(Square(x[0] / 1e-3) - 1) + (0.1 * x[0] / 1e-3) + Square((x[1] / 1000) - 0.5), [-3e-3, 0], [3e-3, 1000]),
            [-0.1006173769, 0.0993669855], [[-1.0122657e-3, 500], [0.98725738e-3, 500]]),
        ["nanometres beside a thousand kilometres"] = (
            Box("wells", x => Square(Square(x[0] / 1e-9) - 1) + Square((x[1] / 1e6) - 0.5), [-3e-9, 0], [3e-9, 1e6]),
            [0, 0], [[-1e-9, 5e5], [1e-9, 5e5]]),
        ["a wave beside a long bowl"] = (
            Box("wave", x => Cos(4 * Math.PI * x[0]) + (0.5 * x[0]) + Square((x[1] * 1e-2) - 30), [0, 0], [1, 2e5]),
            [-0.875791676, -0.625791676], [[0.24683, 3000], [0.74683, 3000]]),
        ["argon in SI units"] = (
            Box("argon", x => 4 * 1.65e-21 * (Pow(3.4e-10 / x[0], 12) - Pow(3.4e-10 / x[0], 6)), [3e-10], [1e-9]),
            [-1.65e-21], [[3.4e-10 * Math.Pow(2, 1.0 / 6)]]),
        // Of our own: a decay fitted to its own samples, in moles and seconds; three wells a kilometre apart in micrometres; a slope in pascals.
        ["a decay whose rate is far smaller than its amplitude"] = (
            Box("decay", x => Sum(6, k => Square((x[0] * Exp(-x[1] * (1e12 * (Real)k))) - (3e4 * Exp(-0.5 * (Real)k)))), [1e3, 1e-14], [1e5, 1e-11]),
            [0], [[3e4, 5e-13]]),
        ["wells a kilometre apart in micrometres"] = (
            Box("far wells", x => Square(Cos(Math.PI * x[0] / 1e9)) + Square((x[0] / 1e9) - 0.5) + Square(x[1] * 1e-7), [-1e9, -1e7], [2e9, 1e7]),
            [0, 0.905431334779, 0.905431334779], [[0.5e9, 0], [-402578902.6446, 0], [1402578902.6446, 0]]),
        // Fits with noise; the values by SciPy's least_squares.
        ["substrate inhibition in moles per litre"] = (
            Box(
                "inhibition", x => Sum(9, k => Square((2 * Substrate(k) / (1e-3 + Substrate(k) + (Square(Substrate(k)) / 1e-2)) * (1 + (0.02 * Sin(7 * (Real)k))))
                    - (x[0] * Substrate(k) / (x[1] + Substrate(k) + (Square(Substrate(k)) / x[2]))))),
                [0, 1e-5, 1e-4], [10, 1e-1, 1]),
            [0.0001525081056281], [[1.9697230682, 0.000949641568, 0.00991445192]]),
        ["a decay whose rate is 1e-16"] = (Decay(1e-16), [0.0074497476853017], [[5.0692414524, 1.0168590812e-16]]),
        ["a decay whose rate is 1e-2"] = (Decay(1e-2), [0.0074497476853017], [[5.0692414524, 1.0168590812e-2]]),
        ["a circle on a map"] = (
            Box(
                "circle", x => Sum(20, k => Square(
                    Sqrt(Square(5e5 + (100 * Cos(0.3 * (Real)k)) + (0.5 * Sin(11 * (Real)k)) - x[0]) + Square(5e5 + (100 * Sin(0.3 * (Real)k)) + (0.5 * Cos(13 * (Real)k)) - x[1])) - x[2])),
                [499000, 499000, 1], [501000, 501000, 1000]),
            [1.927180039171679], [[500000.1445662, 500000.0351971, 99.8505468]]),
    };

    public static TheoryData<string, string> Cases => Rows.Each(Written.Keys, Ways.Select(way => way.Name));

    private static Real Substrate(LandscapeGpu.Expressions.Index k) => 1e-4 * Pow(2, (Real)k);

    private static Objective Decay(double rate) =>
        Box("decay", x => Sum(12, k => Square((5 * (1 + (0.02 * Cos(5 * (Real)k))) * Exp(-0.3 * (Real)k)) - (x[0] * Exp(-x[1] / rate * 0.3 * (Real)k)))), [0, 0], [20, 10 * rate]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Coordinates_of_any_size_have_their_minima(string name, string way)
    {
        var (objective, values, points) = Written[name];
        var minima = Survey.Run(objective, Options(way)).Minima;

        Assert.Equal(values.Length, minima.Count);
        var scale = Math.Max(values.Max(Math.Abs), values.Length > 1 ? 1e-3 : values[0] == 0 ? 1e-3 : 0);
        for (var k = 0; k < points.Length; k++)
        {
            Assert.Equal(values[k], minima[k].Value, 1e-8 * scale);
            for (var i = 0; i < points[k].Length; i++)
            {
                // Points of equal value are listed by coordinates.
                Assert.True(Math.Abs(points[k][i] - minima[k].Point[i]) <= 1e-5 * (objective.Region.Length(i) ?? 1), $"{points[k][i]} expected, {minima[k].Point[i]} found");
            }
        }
    }

    [Theory]
    [InlineData(1e-20)]
    [InlineData(1e-6)]
    [InlineData(1e8)]
    [InlineData(1e20)]
    public void A_constant_before_the_value_changes_nothing(double factor)
    {
        foreach (var (way, _, _) in Ways)
        {
            var objective = Box("himmelblau", x => factor * (Square(Square(x[0]) + x[1] - 11) + Square(x[0] + Square(x[1]) - 7)), [-6, -6], [6, 6]);
            var found = Survey.Run(objective, Options(way));

            Assert.Equal((4, 300), (found.Minima.Count, found.Minima.Sum(m => m.Count) + found.Stationary.Sum(s => s.Count)));
            Assert.All(found.Minima, m => Assert.InRange(m.Value / factor, 0, 1e-20));
            // 25.72 and 82.28 are the eigenvalues at (3, 2).
            var three = Assert.Single(found.Minima, m => Math.Abs(m.Point[0] - 3) < 1e-6);
            Assert.Equal(25.7157, three.Eigenvalues[0] / factor, 1e-3);
            Assert.Equal(82.2843, three.Eigenvalues[1] / factor, 1e-3);
        }
    }

    [Fact]
    public void A_slope_of_any_size_ends_in_the_corner()
    {
        foreach (var factor in new[] { 1e-30, 1e-13, 1e13 })
        {
            var found = Survey.Run(Box("slope", x => factor * (x[0] + x[1]), [0, 0], [1, 1]), new() { Restarts = 50 });
            Assert.Equal((50, 0.0), (Assert.Single(found.BoundaryMinima).Count, found.BoundaryMinima[0].Value));
        }
    }

    [Fact]
    public void Damped_cosines_whose_amplitude_may_be_zero_are_two_minima_inside_and_flat_ones_on_the_face()
    {
        // An amplitude of 0 frees its rate and frequency; the two terms may be exchanged. The value by SciPy's least_squares.
        var cosines = Box("cosines", x => Sum(40, k => Square(
            (1.5 * Exp(-0.075 * (Real)k) * Cos(0.5 * (Real)k)) + (Exp(-0.025 * (Real)k) * Cos(1.25 * (Real)k)) + (0.02 * Sin(17 * (Real)k))
            - (x[0] * Exp(-0.25 * x[1] * (Real)k) * Cos(0.25 * x[2] * (Real)k)) - (x[3] * Exp(-0.25 * x[4] * (Real)k) * Cos(0.25 * x[5] * (Real)k)))),
            [0, 0, 0, 0, 0, 0], [3, 1, 8, 3, 1, 8]);
        var found = Survey.Run(cosines, new() { Restarts = 500 });

        Assert.Equal(2, found.Minima.Count);
        Assert.All(found.Minima, m => Assert.Equal(0.0076887558627069, m.Value, 1e-10));
        Assert.Equal([0.996194, 1.497891], found.Minima.Select(m => Math.Round(m.Point[0], 6)));
        // 501 to 1,275 of 17 values, before they were joined on their faces.
        Assert.InRange(found.BoundaryMinima.Count, 4, 20);
        Assert.Contains(found.BoundaryMinima, m => m.FlatDirections == 2 && m.Point.Contains(0));
    }

    [Fact]
    public void What_is_shown_is_in_the_units_of_the_formula()
    {
        var found = Survey.Run(Written["nanometres beside a thousand kilometres"].Objective, Options("single"));
        var minimum = found.Minima[0];

        // ∂²/∂x₀² = 8/1e-18, ∂²/∂x₁² = 2/1e12.
        Assert.Equal([2e-12, 8e18], minimum.Eigenvalues.Select(l => double.Parse(l.ToString("E6"))));
        Assert.Equal(4e30, minimum.ConditionNumber, 1e24);
        Assert.InRange(minimum.ConditionInUnits!.Value, 1, 1_000);
        Assert.Contains("(1e-09, 500000)", SurveyText.Report(found), StringComparison.Ordinal);
    }

    [Fact]
    public void Textbook_boxes_stay_in_their_own_units()
    {
        foreach (var family in LandscapeGpu.Objectives.Catalogue.Catalogue.Families)
        {
            Assert.True(UnitChoice.Of(family.Create(), null).IsOne, family.Name);
        }
    }

    [Fact]
    public void A_scale_that_is_given_is_the_unit()
    {
        var scaled = Objective.Define("small", 2, x => Square(Square(x[0] / 1e-6) - 1) + Square(x[1] / 1e3)) with { Scale = new double[] { 1e-6, 1e3 } };
        var found = Survey.Run(scaled, new() { Restarts = 100, Starts = new Gaussian(new double[] { 1e-6, 1e3 }) });

        Assert.Equal([-1e-6, 1e-6], found.Minima.Select(m => m.Point[0]).Order().Select(x => Math.Round(x, 12)));
        Assert.Contains("2 coordinates", Assert.Throws<ArgumentException>(() => scaled with { Scale = new double[] { 1, 2, 3 } }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => scaled with { Scale = -1.0 });
    }

    [Theory]
    [InlineData(1e-6, true)]
    [InlineData(1, false)]
    public void Where_nothing_tells_the_scale_a_survey_says_so_if_it_was_another(double unit, bool isOther)
    {
        // Of what a loop goes through the formula tells no sizes.
        var wells = Objective.Define("wells", 3, x => Sum(3, i => Square(Square(x[i] / unit) - 1) + (0.1 * x[i] / unit)));
        var found = Survey.Run(wells, new() { Restarts = 100 });
        Assert.Equal(isOther, found.Warnings.Any(w => w.Code == Warning.Scale && w.Message.Contains("--scale", StringComparison.Ordinal) && w.Message.Contains("--domain", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e-6, 1e-6)]
    [InlineData(1e-12, 1e-12)]
    [InlineData(1e9, 1e9)]
    [InlineData(1e-9, 1)]
    public void The_formula_tells_the_scale_or_who_asks_does(double first, double second)
    {
        var himmelblau = Objective.Define("himmelblau", 2, x => Square(Square(x[0] / first) + (x[1] / second) - 11) + Square((x[0] / first) + Square(x[1] / second) - 7));
        var found = Survey.Run(himmelblau, new() { Restarts = 100 });
        Assert.Equal(4, found.Minima.Count);
        Assert.Empty(found.Warnings);

        // Who says it has them all, and is told nothing.
        var told = Survey.Run(himmelblau with { Region = Region.Box([-6 * first, -6 * second], [6 * first, 6 * second]) }, new() { Restarts = 100 });
        Assert.Equal(4, told.Minima.Count);
        Assert.Empty(told.Warnings);

        // A scale says it as well: restarts begin at three times it, beside a single bound at it.
        foreach (var (region, along) in new[] { (Region.WholeSpace, first), (Region.Box([-5 * first, double.NegativeInfinity], [double.PositiveInfinity, double.PositiveInfinity]), 5 * first) })
        {
            var scaled = Survey.Run(himmelblau with { Region = region, Scale = new[] { along, second } }, new() { Restarts = 200 });
            Assert.Equal(4, scaled.Minima.Count);
            Assert.Empty(scaled.Warnings);
        }
    }

    [Fact]
    public void Perfect_fits_are_copies_however_much_of_their_value_is_rounding()
    {
        foreach (var (way, _, _) in Ways)
        {
            Assert.Equal(1, Survey.Run(Written["nanometres beside a thousand kilometres"].Objective, Options(way)).Classes);
        }
    }

    [Fact]
    public void A_step_that_is_given_is_one_in_the_units_of_the_formula()
    {
        // One step of 1e-4 along −∇f = −2x/1e-2.
        var objective = Box("bowl", x => Square(x[0] / 0.1) + Square(x[1] / 1e4), [-1e-1, -1e4], [1e-1, 1e4]);
        var options = new DescentOptions { Rule = new GradientDescent { Step = 1e-4 }, Stop = new() { Iterations = 1 }, IsDouble = true };
        var units = UnitChoice.Of(objective, null);
        Assert.False(units.IsOne);
        var ends = DescentInUnits.Compile(new LaneDevice(1), objective, options, units).Run(new(new GivenPoints([0.05, 4e3], 2), 1, 0, 1));

        Assert.Equal(0.05 - (1e-4 * 2 * 0.05 / 1e-2), ends.Points[0], 1e-15);
    }

    private static SurveyOptions Options(string way) => Ways.Single(w => w.Name == way) is var (_, isDouble, device) ? new() { Restarts = 300, Device = device, Descent = new() { IsDouble = isDouble } } : new();

    private static Objective Box(string name, Func<Point, Real> formula, double[] lower, double[] upper) =>
        Objective.Define(name, lower.Length, formula) with { Region = Region.Box(lower, upper) };

    [Theory]
    [InlineData(1)]
    [InlineData(1e3)]
    [InlineData(1e9)]
    [InlineData(1e12)]
    [InlineData(1e-9)]
    public void How_steep_a_landscape_is_does_not_keep_descent_from_learning_its_curvature(double factor)
    {
        // A rate A·exp(−E/RT) in its own units: beside the cliff at low E curvatures are 10²⁰ times those of the fit.
        double[] kelvin = [550, 575, 600, 625, 650, 675, 700], seen = [0.001942, 0.008709, 0.03516, 0.129, 0.4086, 1.207, 3.473];
        var (t, y) = (new Data("t", kelvin), new Data("y", seen));
        var fit = Objective.Define("Arrhenius", 2, x => factor * Sum(7, k => Square((x[0] * Exp(-x[1] / (8.314 * t[k]))) - y[k]))) with { Region = Region.Box([1e9, 5e4], [1e14, 3e5]) };

        var found = Survey.Run(fit, new() { Restarts = 100, Descent = new() { IsDouble = true } });

        Assert.True(found.Outcomes.Converged >= 90, $"{found.Outcomes}");
        // By another solver.
        Assert.Equal(0.000493024297, Assert.Single(found.AllMinima).Value / factor, 1e-11);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_place_on_the_way_down_a_valley_that_coordinates_hardly_resolve_is_no_minimum(bool isDouble)
    {
        // Powell's badly scaled function, its first coordinate known to 2·10⁻¹⁵ and 1.1·10⁻⁵ at the minimum: what rounding does across the valley hides no slope along it.
        var f = Objective.Define("Powell, badly scaled", 2, x =>
        {
            Real u = (x[0] + 1870) * 0.01, v = (x[1] + 533799999.99999994) * 1e-6;
            return 1e-7 * (Square((1e4 * u * v) - 1) + Square(Exp(-u) + Exp(-v) - 1.0001));
        }) with
        { Region = Region.Box([-1870, -533799999.99999994], [-1770, -513799999.99999994]) };

        var found = Survey.Run(f, new() { Restarts = 250, Device = "reference", Descent = new() { IsDouble = isDouble } });

        // The minimum of value 0, and nothing between it and the ends of the valley.
        Assert.DoesNotContain(found.Minima, m => m.Value > 1e-17);
    }
}
