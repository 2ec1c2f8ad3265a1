namespace LandscapeGpu.Tests.Surveys;

public class KinkTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_minimum_at_a_kink_is_listed_with_its_restarts_beside_the_smooth_one(bool isDouble)
    {
        var bent = Objective.Define("bent", 1, x => Min(Square(x[0] - 2) + 1, Abs(x[0] + 1))) with { Region = Region.Box(1, -4, 4) };
        var found = Survey.Run(bent, new() { Restarts = 500, Descent = new() { IsDouble = isDouble } });
        var kink = Assert.Single(found.KinkMinima);
        Assert.Equal((StationaryKind.MinimumAtKink, -1, 0), (kink.Kind, Math.Round(kink.Point[0], 12), Math.Round(kink.Value, 12)));
        Assert.Equal(1, Assert.Single(found.Minima).Value);
        // Every restart came to one of them, by their basins on a line: |x + 1| is below (x − 2)² + 1 up to x = (5 − √5)/2 only.
        Assert.Equal(500, kink.Count + found.Minima[0].Count);
        Assert.InRange(kink.Share, 0.55, 0.75);
        Assert.Equal(1, kink.Share + found.Minima[0].Share, 1e-12);
        Assert.False(found.IsLowestMissed);
    }

    [Theory]
    [InlineData(0.5, 1, 1, 1)]
    [InlineData(0.3, 1, 1, 1)]
    [InlineData(0.5, 1e9, 1e-6, 1e3)]
    [InlineData(0.7, 1e-9, 1e3, 1e-6)]
    public void Along_a_cusp_f_is_level_only_where_it_has_no_curvature_there(double power, double factor, double first, double second)
    {
        Objective Along(double curvature) => Objective.Define("cusp", 2, x => factor * (Pow(Abs(x[0] / first), power) + (curvature * Square((x[1] / second) - 2)))) with { Region = Region.Box([-3 * first, -3 * second], [3 * first, 3 * second]) };
        var curved = Assert.Single(Survey.Run(Along(1), new() { Restarts = 50 }).AllMinima);
        Assert.Equal((0, false), (curved.FlatDirections, curved.IsFlatFamily));
        Assert.Equal(2, curved.Point[1] / second, 1e-3);
        Assert.All(Survey.Run(Along(0), new() { Restarts = 50 }).AllMinima, m => Assert.Equal(1, m.FlatDirections));
    }

    [Fact]
    public void Cusps_in_two_coordinates_are_one_minimum_at_a_kink_for_nearly_all_restarts()
    {
        // Infinite slopes along both axes: descents run onto one of them, where the derivative is not finite, before they come to the other.
        var cusps = Objective.Define("cusps", 2, x => Sqrt(Abs(x[0] + 1)) + Sqrt(Abs(x[1] - 0.5))) with { Region = Region.Box(2, -2, 2) };
        var found = Survey.Run(cusps, new() { Restarts = 500 });
        var kink = Assert.Single(found.AllMinima);
        Assert.Equal((StationaryKind.MinimumAtKink, -1, 0.5), (kink.Kind, Math.Round(kink.Point[0], 9), Math.Round(kink.Point[1], 9)));
        Assert.InRange(kink.Count, 450, 500);
    }

    [Fact]
    public void Creases_and_jumps_are_minima_where_f_is_higher_all_round()
    {
        var norm = Objective.Define("L1", 3, x => Abs(x[0] - 1) + (2 * Abs(x[1])) + Abs(x[2] + x[0])) with { Region = Region.Box(3, -3, 3) };
        var kink = Assert.Single(Survey.Run(norm, new() { Restarts = 50 }).KinkMinima);
        Assert.All(kink.Point.Zip([1.0, 0, -1]), p => Assert.Equal(p.Second, p.First, 1e-9));
        // Most descents stop at creases; those count that the search had time to lead on from.
        Assert.InRange(kink.Count, 2, 50);

        var step = Objective.Define("step", 1, x => Select(x[0] < 0, 1 - x[0], x[0])) with { Region = Region.Box(1, -3, 3) };
        Assert.Equal(0, Assert.Single(Survey.Run(step, new() { Restarts = 50 }).AllMinima).Point[0], 1e-9);
    }

    public static TheoryData<string, bool> Families => Rows.Each(Level.Keys, false, true);

    private static readonly Dictionary<string, (Func<Point, Real> Formula, int Dimension, int Count, int Flat)> Level = new()
    {
        ["a crease across the box"] = (x => Abs(x[0]) + (0 * x[1]), 2, 1, 1),
        ["a half-plane that a gentle crease cuts"] = (x => Square(Max(x[0] - 1, 0)) + (Abs(x[1]) * 1e-9), 2, 1, 1),
        ["the same with a coordinate that nothing needs"] = (x => Square(Max(x[0] - 1, 0)) + (Abs(x[1]) * 1e-9), 3, 1, 2),
        ["a diagonal"] = (x => Abs(x[0] - x[1]) + Square(x[2] - 1), 3, 1, 1),
        ["two creases"] = (x => Min(Abs(x[0] - 1), Abs(x[0] + 1)) + (0 * x[1]), 2, 2, 1),
        ["a piece of a crease"] = (x => Max(Abs(x[0]) - 1, 0) + Abs(x[1]), 2, 1, 1),
        ["a circle"] = (x => Abs(Square(x[0]) + Square(x[1]) - 1), 2, 1, 1),
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void A_crease_that_is_level_is_one_minimum(string name, bool isDouble)
    {
        var (formula, d, count, flat) = Level[name];
        var found = Survey.Run(Objective.Define(name, d, formula) with { Region = Region.Box(d, -3, 3) }, new() { Restarts = 120, Descent = new() { IsDouble = isDouble } });
        Assert.Equal(count, found.AllMinima.Count());
        Assert.All(found.AllMinima, m => Assert.Equal((StationaryKind.MinimumAtKink, flat, true, 0), (m.Kind, m.FlatDirections, m.IsFlatFamily, Math.Round(m.Value, 9))));
        Assert.InRange(found.AllMinima.Sum(m => m.Count), 60, 120);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_face_of_the_box_may_hold_a_kink(bool isDouble)
    {
        var held = Objective.Define("held", 2, x => Abs(x[0] - 0.5) - (0.2 * x[1])) with { Region = Region.Box(2, 0, 1) };
        var kink = Assert.Single(Survey.Run(held, new() { Restarts = 60, Descent = new() { IsDouble = isDouble } }).AllMinima);
        Assert.Equal((StationaryKind.MinimumAtKink, 0.5, 1, -0.2, 60), (kink.Kind, Math.Round(kink.Point[0], 9), Math.Round(kink.Point[1], 9), Math.Round(kink.Value, 9), kink.Count));
    }

    [Theory]
    [InlineData(1e-12, 1e6, 1e3)]
    [InlineData(1, 1e6, 1e3)]
    [InlineData(1e12, 1, 1)]
    public void A_bowl_along_a_steep_crease_has_one_bottom_in_any_units(double value, double first, double second)
    {
        var crease = Objective.Define("crease", 2, x => value * (Abs(x[0] - first) + Square(x[1] / second))) with { Region = Region.Box([-first, -second], [2 * first, second]) };
        var kink = Assert.Single(Survey.Run(crease, new() { Restarts = 60 }).AllMinima);
        Assert.Equal((0, 1, 0, 60), (Math.Round(kink.Value / value, 7), Math.Round(kink.Point[0] / first, 9), Math.Round(kink.Point[1] / second, 3), kink.Count));
    }

    [Fact]
    public void Least_absolute_deviations_have_their_one_line()
    {
        // Through two of the samples, as of every fit of this kind in two coordinates; by trying all pairs.
        double[] y = [.. Enumerable.Range(0, 9).Select(k => (0.5 * k) + 1 + Math.Sin(5 * k))];
        double[] sums = [.. Enumerable.Range(0, 9).SelectMany(i => Enumerable.Range(i + 1, 8 - i).Select(j => y.Select((v, k) => Math.Abs(v - y[i] - ((y[j] - y[i]) / (j - i) * (k - i)))).Sum()))];
        var fit = Objective.Define("line", 2, x => Sum(9, k => Abs((0.5 * (Real)k) + 1 + Sin(5 * (Real)k) - x[0] - (x[1] * (Real)k)))) with { Region = Region.Box(2, -10, 10) };
        var kink = Assert.Single(Survey.Run(fit, new() { Restarts = 60 }).AllMinima);
        Assert.Equal(sums.Min(), kink.Value, 1e-10);
        Assert.Equal(60, kink.Count);
    }

    [Fact]
    public void What_rises_like_a_power_between_the_distance_and_its_square_has_a_curvature_that_is_not_finite_and_a_cone_is_a_kink()
    {
        foreach (var isDouble in new[] { false, true })
        {
            var powers = Objective.Define("powers", 2, x => Pow(Abs(x[0]), 1.5) + Pow(Abs(x[1] - 1), 1.2)) with { Region = Region.Box(2, -2, 2) };
            var cone = Objective.Define("cone", 2, x => Sqrt(Square(x[0]) + Square(x[1]))) with { Region = Region.Box(2, -2, 2) };
            foreach (var (objective, kind) in new[] { (powers, StationaryKind.SingularMinimum), (cone, StationaryKind.MinimumAtKink) })
            {
                var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 60, Descent = new() { IsDouble = isDouble } }).AllMinima);
                Assert.Equal((kind, 60), (minimum.Kind, minimum.Count));
            }
        }
    }

    public static TheoryData<double, double, double> Units => new() { { 1, 1, 0 }, { 1e8, 1, 0 }, { 1, 1e-6, 0 }, { 1, 1, 37.3 } };

    [Theory]
    [MemberData(nameof(Units))]
    public void Places_on_a_crease_of_infinite_curvature_are_no_minima_where_the_slope_along_it_is_not_zero(double value, double length, double shift)
    {
        // In single precision many restarts end on the crease itself, where the Hessian is not a number; along it f is that of the double well.
        var bridge = Objective.Define("bridge", 2, x => value * (Square(Square((x[0] / length) - shift) - 1) + (0.3 * Pow(Abs((x[0] / length) - shift), 1.5)) + Pow(Abs((x[1] - x[0]) / length), 1.5))) with
        {
            Region = Region.Box(2, length * (shift - 3), length * (shift + 3)),
        };
        var found = Survey.Run(bridge, new() { Restarts = 2000 });

        // 4t(t² − 1) + 0.45√t = 0 at 0.9402007764; 0 is a minimum of few restarts.
        var outer = found.AllMinima.Where(m => m.Value < 0.9 * value).ToArray();
        Assert.Equal(2, outer.Length);
        Assert.All(outer, m => Assert.Equal((0.94020078, 0.28695797), (Math.Round(Math.Abs((m.Point[0] / length) - shift), 8), Math.Round(m.Value / value, 8))));
        Assert.All(found.AllMinima.Except(outer), m => Assert.Equal((0, 1), (Math.Round((m.Point[0] / length) - shift, 8), Math.Round(m.Value / value, 8))));
        Assert.Equal(2000, found.AllMinima.Sum(m => m.Count));
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void A_median_of_places_at_one_of_them_is_at_a_kink_however_short_the_slope_on_its_least_steep_side(double value, double length, double shift)
    {
        // A place that weighs more than the others pull, 4/√5 = 1.789, is the point of least weighted distance (Fermat, Weber).
        foreach (var (weight, isDouble) in from w in new[] { 1.8, 2, 3 } from isDouble in new[] { false, true } select (w, isDouble))
        {
            Real From(Vector x, double a, double b) => Sqrt(Square((x[0] / length) - a - shift) + Square((x[1] / length) - b - shift));
            var median = Objective.Define("median", 2, x => value * (From(x, 0, 0) + From(x, 1, 0) + (weight * From(x, 0.5, 1)))) with
            {
                Region = Region.Box(2, length * (shift - 2), length * (shift + 3)),
            };
            var found = Survey.Run(median, new() { Restarts = 500, Descent = new() { IsDouble = isDouble } });

            var only = Assert.Single(found.AllMinima);
            Assert.Equal((500, 0), (only.Count, only.FlatDirections));
            Assert.Equal(StationaryKind.MinimumAtKink, only.Kind);
            Assert.Equal((0.5, 1), (Math.Round((only.Point[0] / length) - shift, 9), Math.Round((only.Point[1] / length) - shift, 9)));
        }
    }

    [Theory]
    [InlineData(70, true)]
    [InlineData(2, false)]
    public void Where_places_are_not_looked_at_a_warning_says_how_many_restarts_stopped_there(int d, bool isTold)
    {
        // Of more than 64 coordinates those are not at which kinks of conditions whose branches differ by a curve, too, lie along differences of coordinates.
        var found = Survey.Run(Objective.Define("chain", d, x => Abs(x[0]) + Sum(d - 1, i => Select(x[i + 1] > x[i], Exp(x[i + 1] - x[i]) - 1, x[i] - x[i + 1]))) with { Region = Region.Box(d, -1, 1) }, new() { Restarts = 50 });
        Assert.Equal(isTold, found.Warnings.Any(w => w.Code == Warning.Kinks && w.Message.StartsWith("50 of 50 restarts", StringComparison.Ordinal)));
        Assert.Equal(isTold ? 0 : 1, found.KinkMinima.Count);
    }

    [Theory]
    [InlineData("rosenbrock")]
    [InlineData("two-layer-relu")]
    [InlineData("glm")]
    public void Smooth_landscapes_have_none_however_short_their_descents_are(string name)
    {
        var found = Survey.Run(Catalogue.Find(name).Create(), new() { Restarts = 60, Descent = new() { Stop = new() { Iterations = 20 } } });
        Assert.Empty(found.KinkMinima);
        Assert.True(found.Outcomes.IterationLimit > 0);
    }

    [Fact]
    public void The_lowest_value_at_any_endpoint_is_told_where_no_minimum_is_as_low()
    {
        // Stopped on the way down: everything is lost, and the lowest of it is not.
        var found = Survey.Run(Catalogue.Find("rosenbrock").Create(4), new() { Restarts = 40, Descent = new() { Stop = new() { Iterations = 8 } } });
        Assert.True(found.IsLowestMissed);
        Assert.Equal(found.Lowest!.Value, found.Objective.Evaluate([.. found.Lowest.Point]), 1e-9 * found.Lowest.Value);
        Assert.Contains("The lowest value met is", SurveyText.Report(found), StringComparison.Ordinal);
        Assert.False(Survey.Run(Catalogue.Find("himmelblau").Create(), new() { Restarts = 50 }).IsLowestMissed);
    }
}
