using LandscapeGpu.Valleys;

namespace LandscapeGpu.Tests.Polish;

public class MixedOrdersTests
{
    private static readonly Dictionary<string, (Func<Vector, Real> Formula, int Dimension, Region Region)> Named = new()
    {
        ["Powell's singular function"] = (x => Square(x[0] + (10 * x[1])) + (5 * Square(x[2] - x[3])) + Pow(x[1] - (2 * x[2]), 4) + (10 * Pow(x[0] - x[3], 4)), 4, Region.Box(4, -4, 5)),
        ["a corner of it"] = (x => Square(x[0] + (10 * x[1])) + (5 * Square(x[2] - x[3])) + Pow(x[1] - (2 * x[2]), 4) + (10 * Pow(x[0] - x[3], 4)), 4, Region.Box(4, 0, 10)),
        ["tenth, fourth and second"] = (x => Pow(x[0] - 0.2, 10) + Pow(x[0] + x[1], 4) + Square(x[2] - x[1]), 3, Region.Box(3, -1, 1)),
        ["sixth and second"] = (x => Pow(x[0] + (2 * x[1]), 6) + Square(x[0] - x[1]), 2, Region.Box(2, -1, 1)),
        ["tenth beside fourth"] = (x => Pow(x[0] - 0.3, 10) + Pow(x[1] + 0.1, 4), 2, Region.Box(2, -1, 1)),
        ["eighth and second on the whole space"] = (x => Pow(x[0] + x[1] + 1, 8) + Square(x[0] - (3 * x[1])), 2, Region.WholeSpace),
    };

    public static TheoryData<string, bool, string> All => Rows.Each(Named.Keys, (false, "lanes"), (true, "reference"));

    [Theory]
    [MemberData(nameof(All))]
    public void A_minimum_where_derivatives_vanish_in_several_orders_is_one_row_and_loses_no_restart(string name, bool isDouble, string device)
    {
        var (formula, dimension, region) = Named[name];
        var objective = Objective.Define(name, dimension, formula) with { Region = region };

        var found = Survey.Run(objective, new() { Restarts = 100, Device = device, Descent = new() { IsDouble = isDouble } });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal((100, StationaryKind.DegenerateMinimum), ((int)minimum.Count, minimum.Kind));
        Assert.Empty(found.Stationary);
    }

    /// <summary>Sums of even powers of linear forms are convex, in whatever units: there is one minimum or one flat set of them.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(33)]
    [InlineData(56)]
    [InlineData(72)]
    [InlineData(90)]
    [InlineData(140)]
    public void Sums_of_powers_of_linear_forms_are_one_row_whatever_their_orders_and_units(int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var d = 2 + random.Next(3);
        double[][] forms = [.. Enumerable.Range(0, d).Select(k => Enumerable.Range(0, d).Select(i => i == k ? 1 : Math.Round(0.7 * Normal(), 1)).ToArray())];
        int[] powers = [.. Enumerable.Range(0, d).Select(_ => 2 * (1 + random.Next(5)))];
        double[] units = [.. Enumerable.Range(0, d).Select(_ => random.Next(2) == 0 ? 1 : Math.Pow(10, random.Next(-9, 10)))];
        double[] shifts = [.. Enumerable.Range(0, d).Select(_ => Math.Round(0.4 * Normal(), 2))];
        var objective = Objective.Define("powers", d, x => Enumerable.Range(0, d)
            .Select(k => Pow(Enumerable.Range(0, d).Select(i => forms[k][i] * ((x[i] / units[i]) - shifts[i])).Aggregate((p, q) => p + q), powers[k])).Aggregate((p, q) => p + q))
            with
        { Region = Region.Box([.. units.Select(u => -2 * u)], [.. units.Select(u => 2 * u)]) };

        var found = Survey.Run(objective, new() { Restarts = 100, Descent = new() { IsDouble = seed % 2 == 0 } });

        Assert.Single(found.AllMinima);
        Assert.Equal(100, found.Outcomes.Converged);
    }

    [Fact]
    public void A_valley_that_bends_through_eighteen_orders_of_curvature_is_followed_to_its_minimum_within_a_box()
    {
        var powell = Objective.Define("Powell's badly scaled function", 2, x => Square((1e4 * x[0] * x[1]) - 1) + Square(Exp(-x[0]) + Exp(-x[1]) - 1.0001)) with { Region = Region.Box(2, 0, 10) };

        var found = Survey.Run(powell, new() { Restarts = 200, Descent = new() { IsDouble = true } });

        Assert.Equal(2, found.Minima.Count);
        Assert.Equal(200, found.Outcomes.Converged);
    }

    [Fact]
    public void Two_steps_tell_the_orders_in_any_coordinates_and_the_third_ends_at_the_minimum()
    {
        // f = s² + t⁴ + u⁶ of three forms: at each point its Hessian and its gradient.
        double[][] forms = [[1, 2, 0], [0.5, -1, 1], [1, 1, 3]];
        int[] powers = [2, 4, 6];
        double[] point = [0.1, -0.05, 0.2];
        var orders = new MixedOrders(3);
        for (var step = 0; step < 2; step++)
        {
            var (hessian, direction) = (new double[9], new double[3]);
            for (var k = 0; k < 3; k++)
            {
                var s = Enumerable.Range(0, 3).Sum(i => forms[k][i] * point[i]);
                for (var i = 0; i < 3; i++)
                {
                    direction[i] -= powers[k] * Math.Pow(s, powers[k] - 1) * forms[k][i];
                    for (var j = 0; j < 3; j++)
                    {
                        hessian[(3 * i) + j] += powers[k] * (powers[k] - 1) * Math.Pow(s, powers[k] - 2) * forms[k][i] * forms[k][j];
                    }
                }
            }

            orders.Solve(hessian, direction, new double[3], 0.1);
            orders.Keep();
            point = [.. point.Zip(direction, (x, p) => x + p)];
        }

        Assert.True(orders.IsLeap);
        Assert.All(point, x => Assert.Equal(0, x, 1e-9));
    }

    [Fact]
    public void A_slope_that_fades_where_two_orders_meet_has_a_zero_and_is_no_tail()
    {
        // At 0.03 both are alike, and the logarithm of the slope bends as little as an exponential's.
        var meeting = Objective.Define("meeting", 1, x => Pow(x[0], 4) + (1e9 * Pow(x[0], 10)));
        var derivatives = Derivatives.Of(meeting);
        using var kinds = new PointKinds(meeting, derivatives);
        using var hessians = new LaneHessians(derivatives, meeting);

        foreach (var x in new[] { 0.02, 0.025, 0.03, 0.035, 0.04 })
        {
            var hessian = hessians.At([x]);
            Assert.NotEqual(StationaryKind.Tail, kinds.Of([x], hessian, hessian).Kind);
        }
    }
}
