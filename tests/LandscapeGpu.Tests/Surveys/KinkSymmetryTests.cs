using LandscapeGpu.Objectives.Symmetries;

namespace LandscapeGpu.Tests.Surveys;

public sealed class KinkSymmetryTests
{
    [Theory]
    [InlineData(IdentityKind.Auto, 1)]
    [InlineData(IdentityKind.Location, 4)]
    public void Minima_at_kinks_are_one_where_the_declared_symmetry_carries_them_to_each_other(IdentityKind identity, int minima)
    {
        var corners = Objective.Define("corners", 2, x => Abs(Abs(x[0]) - 1) + Abs(Abs(x[1]) - 2) + (0.1 * Square(x[0] * x[1]))) with { Region = Region.Box(2, -4, 4), Symmetry = new CoordinateSigns() };

        var found = Survey.Run(corners, new() { Restarts = 200, Identity = identity });

        Assert.Equal(minima, found.KinkMinima.Count(m => Math.Abs(m.Value - 0.4) < 1e-9));
        Assert.Equal(200, found.AllMinima.Sum(m => m.Count));
    }

    [Fact]
    public void A_network_of_rectifiers_lists_no_two_minima_at_kinks_that_lie_in_one_orbit()
    {
        var network = LandscapeGpu.Objectives.Catalogue.Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["activation"] = 2, ["noise"] = 0.3 });

        var found = Survey.Run(network, new() { Restarts = 300 }).KinkMinima.ToList();

        Assert.InRange(found.Count, 2, 300);
        var invariants = found.Select(m => network.Symmetry!.Invariants([.. m.Place])).ToList();
        var distances = from a in Enumerable.Range(0, found.Count) from b in Enumerable.Range(0, a) select Math.Sqrt(invariants[a].Zip(invariants[b], (x, y) => (x - y) * (x - y)).Sum());
        Assert.All(distances, distance => Assert.True(distance > 1e-5, $"{distance}"));
    }
}
