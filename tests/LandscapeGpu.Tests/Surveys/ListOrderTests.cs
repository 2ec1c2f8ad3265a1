namespace LandscapeGpu.Tests.Surveys;

public class ListOrderTests
{
    [Theory]
    [InlineData("himmelblau")]
    [InlineData("six-hump-camel")]
    [InlineData("rastrigin")]
    [InlineData("brockett")]
    public void Lists_have_the_same_order_on_every_device(string name)
    {
        var objective = Catalogue.Find(name).Create();
        var options = new SurveyOptions { Restarts = 400, Threads = 2 };
        var lanes = Survey.Run(objective, options).Minima;
        var kernels = Survey.Run(objective, options with { Device = "reference" }).Minima;
        Assert.Equal(lanes.Count, kernels.Count);
        // Coordinates to what polish leaves of them.
        Assert.All(lanes.Zip(kernels), pair => Assert.All(pair.First.Point.Zip(pair.Second.Point), x => Assert.Equal(x.First, x.Second, 1e-6)));
    }

    [Fact]
    public void Values_come_first_and_coordinates_decide_where_values_differ_by_roundings_only()
    {
        var some = Survey.Run(Catalogue.Find("six-hump-camel").Create(), new() { Restarts = 200, Threads = 1 }).Minima;
        // Each symmetric pair with its values an ulp apart, the wrong way round.
        var jittered = some.Select((p, k) => p with { Value = k % 2 == 0 ? Math.BitIncrement(p.Value) : p.Value }).Reverse();
        Assert.Equal(some.Select(p => p.Point), ListOrder.Of(jittered, Units.One).Select(p => p.Point));
    }

    [Fact]
    public void The_lowest_comes_first_however_large_values_are_elsewhere()
    {
        // Up to 10¹⁷ on the box, 0 and 1.04 at minima.
        var powell = Objective.Define("Powell's badly scaled function", 2, x => Square((1e4 * x[0] * x[1]) - 1) + Square(Exp(-x[0]) + Exp(-x[1]) - 1.0001)) with { Region = Region.Box(2, -20, 20) };
        var minima = Survey.Run(powell, new() { Restarts = 300 }).Minima;
        Assert.Equal(minima.Select(m => m.Value > 1).Order(), minima.Select(m => m.Value > 1));
        Assert.Contains(minima, m => m.Value > 1);
    }
}
