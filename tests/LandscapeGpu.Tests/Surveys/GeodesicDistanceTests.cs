namespace LandscapeGpu.Tests.Surveys;

/// <summary>Angles between unit vectors, which are distances on spheres: where two points meet, arccos of their inner product is known to half of its digits and its slope to none.</summary>
public sealed class GeodesicDistanceTests
{
    // What a kink's place and value are known to.
    private const double Place = 1e-6;

    private static readonly double[][] Sites = [[1, 0, 0], [0, 1, 0], [0.6, 0, -0.8]];

    public static TheoryData<double, bool, int> Units => new()
    {
        { 1, false, 0 },
        { 1e8, true, 1 },
        { 1e-12, false, 2 },
        { 1e-20, true, 0 },
        { 1e20, false, 1 },
    };

    [Theory]
    [MemberData(nameof(Units))]
    public void A_heavy_site_is_the_median_itself_and_light_ones_have_it_between_them(double unit, bool isDouble, int heavy)
    {
        // A site is the median where the others pull by no more than its weight; there are no other minima near.
        foreach (var weight in new[] { 3.0, 0.9 })
        {
            var found = Survey.Run(Median(unit, heavy, weight), new() { Restarts = 60, Descent = new() { IsDouble = isDouble } });

            Assert.Equal(60, found.AllMinima.Sum(m => m.Count));
            var (value, place) = ByGrid(heavy, weight);
            var lowest = found.AllMinima.MinBy(m => m.Value)!;
            Assert.Equal(value, lowest.Value / unit, Place);
            Assert.All(place.Zip(lowest.Point), p => Assert.Equal(p.First, p.Second, 1e-3));
            Assert.Equal(weight > 2 ? 1 : 0, found.KinkMinima.Count);
        }
    }

    [Theory]
    [InlineData("Acos", 1)]
    [InlineData("-Acos", -1)]
    [InlineData("Asin", -1)]
    [InlineData("-Asin", 1)]
    public void An_arc_of_one_coordinate_is_least_at_a_pole(string name, double pole)
    {
        var objective = Objective.Define(name, 2, x => name switch { "Acos" => Acos(x[1]), "-Acos" => -Acos(x[1]), "Asin" => Asin(x[1]), _ => -Asin(x[1]) }) with { Region = Region.Sphere(2) };

        var one = Assert.Single(Survey.Run(objective, new() { Restarts = 40 }).KinkMinima);

        Assert.Equal(40, one.Count);
        Assert.Equal(pole, one.Point[1], Place);
        Assert.Equal(name == "Acos" ? 0 : name == "-Acos" ? -Math.PI : -Math.PI / 2, one.Value, 1e-12);
    }

    [Fact]
    public void Two_points_that_attract_each_other_meet_anywhere()
    {
        var objective = Objective.Define("pair", 6, x => Acos(Sum(3, k => x[k] * x[3 + k]))) with { Region = Region.Spheres(3) };

        var one = Assert.Single(Survey.Run(objective, new() { Restarts = 60 }).KinkMinima);

        Assert.Equal((2, 60L), (one.FlatDirections, one.Count));
        Assert.Equal(0, one.Value, Place);
    }

    [Fact]
    public void Angles_in_loops_over_data_and_of_turned_vectors_are_known_to_the_last_digit()
    {
        var sites = new Data("p", [0.6, 0.8, 0, 0, 0.28, 0.96]);
        Func<Point, Real>[] formulas =
        [
            x => Sum(2, j => Acos(Sum(3, k => sites[(3 * j) + k] * x[k]))),
            x => Acos((0.6 * x[0]) + (0.8 * x[1])) + Acos(-((-0.28 * x[1]) - (0.96 * x[2]))),
            x => Acos(2 * ((0.3 * x[0]) + (0.4 * x[1]))) + (Math.PI / 2) - Asin((0.28 * x[1]) + (0.96 * x[2])),
        ];

        Assert.All(formulas, f =>
        {
            var found = Survey.Run(Objective.Define("two sites", 3, f) with { Region = Region.Sphere(3) }, new() { Restarts = 40 });

            // Every point of the shortest way between two sites is as near to both together.
            var one = Assert.Single(found.AllMinima);
            Assert.Equal(Math.Acos(0.8 * 0.28), one.Value, 1e-9);
            Assert.Equal(1, one.FlatDirections);
        });
    }

    [Fact]
    public void What_is_no_unit_vector_stays_as_it_is_written()
    {
        // 0.36 + 0.63 is less than 1: the angle comes to no zero, and is smooth.
        var found = Survey.Run(Objective.Define("near", 2, x => Acos((0.6 * x[0]) + (0.79 * x[1]))) with { Region = Region.Sphere(2) }, new() { Restarts = 20 });

        Assert.Equal(Math.Acos(Math.Sqrt(0.36 + (0.79 * 0.79))), Assert.Single(found.Minima).Value, 1e-9);
    }

    private static Objective Median(double unit, int heavy, double weight) => Objective.Define("median", 3, x =>
        unit * Enumerable.Range(0, 3).Select(j => (j == heavy ? weight : 1) * Acos((Sites[j][0] * x[0]) + (Sites[j][1] * x[1]) + (Sites[j][2] * x[2]))).Aggregate((a, b) => a + b)) with
    { Region = Region.Sphere(3) };

    /// <summary>The lowest of a grid's points, refined around it.</summary>
    private static (double Value, double[] Place) ByGrid(int heavy, double weight)
    {
        var (best, place, width) = (double.PositiveInfinity, new double[2], 1.0);
        for (var turn = 0; turn < 12; turn++, width *= 0.2)
        {
            double[] middle = [.. place];
            for (var i = -20; i <= 20; i++)
            {
                for (var j = -20; j <= 20; j++)
                {
                    double[] angles = [middle[0] + (width * i * Math.PI / 40), middle[1] + (width * j * Math.PI / 20)];
                    var value = Enumerable.Range(0, 3).Sum(k => (k == heavy ? weight : 1) * Math.Acos(Math.Clamp(Sites[k].Zip(On(angles), (p, x) => p * x).Sum(), -1, 1)));
                    (best, place) = value < best ? (value, angles) : (best, place);
                }
            }
        }

        return (best, On(place));

        static double[] On(double[] a) => [Math.Cos(a[0]) * Math.Cos(a[1]), Math.Cos(a[0]) * Math.Sin(a[1]), Math.Sin(a[0])];
    }
}
