using LandscapeGpu.Pathways;

namespace LandscapeGpu.Tests.Pathways;

/// <summary>Bands between minima, which minima they are stretched between, and what is said of modes they connect.</summary>
public class BandTests
{
    [Theory]
    [InlineData("muller-brown", 3)]
    [InlineData("himmelblau", 4)]
    [InlineData("six-hump-camel", 6)]
    public void Bands_alone_connect_the_minima_of_classics(string name, int minima)
    {
        var found = TransitionSearch.Run(Catalogue.Find(name).Create(), new() { Climbs = 0 });
        Assert.True(found.IsConnected(minima));
        Assert.True(found.Bands > 0);
        Assert.Equal(0, found.Climbs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_band_that_lies_on_the_path_from_the_beginning_shows_its_saddle(int d)
    {
        // Between neighbours the way along an axis is the path: nothing pushes the band.
        var found = TransitionSearch.Run(Catalogue.Find("double-well").Create(d), new() { Climbs = 0, Survey = new() { Restarts = 200 } });
        Assert.True(found.IsConnected(1 << d));
        Assert.All(found.TransitionStates, t => Assert.Equal(1, t.Value, 1e-12));
        Assert.Equal(0, found.BandsWithoutMaximum);
    }

    [Theory]
    [InlineData("two parabolas", 1, 1)]
    [InlineData("two parabolas", 1e8, 1e-6)]
    [InlineData("two parabolas", 1e-12, 1e4)]
    [InlineData("a roof", 1, 1)]
    [InlineData("a roof", 1e8, 1e-6)]
    [InlineData("a roof", 1e-12, 1e4)]
    [InlineData("a slanting tent", 1, 1)]
    [InlineData("a slanting tent", 1e8, 1e-6)]
    [InlineData("a slanting tent", 1e-12, 1e4)]
    public void Where_the_pass_is_a_crease_the_bound_of_a_band_is_not_below_it(string shape, double value, double length)
    {
        // Every path from one well to the other crosses the crease, whose lowest value is known by algebra.
        var (dimension, pass, f) = Wells(shape);
        var wells = Objective.Define(shape, dimension, x => value * f(i => x[i] / length)) with { Region = Region.Box(dimension, -2.1 * length, 2.3 * length) };
        var found = TransitionSearch.Run(wells, new() { Survey = new() { Restarts = 100 } });
        Assert.Equal(2, found.Minima.Count);
        // The heights of all three are about one: what is below is the rounding of values there.
        Assert.All(found.BandPaths, p => Assert.True(p.Highest / value >= pass - 1e-13, $"{p.Highest / value:R} is below {pass:R}"));
        Assert.Contains(found.BandPaths, p => p.Highest / value <= pass + 0.01);
    }

    private static (int Dimension, double Pass, Func<Func<int, Real>, Real> Formula) Wells(string shape) => shape switch
    {
        // On the crease −2x = 2x + 0.3.
        "two parabolas" => (1, Math.Pow(1.075, 2), u => Min(Square(u(0) - 1), Square(u(0) + 1) + 0.3)),
        // On the crease 1 + 2y².
        "a roof" => (2, 1, u => (Square(Abs(u(0)) - 1) * (1 + (0.2 * u(0)))) + (Square(u(1)) * (2 - (0.5 * u(0))))),
        // On the crease y².
        _ => (2, 0, u => (0.25 * Square(Square(u(0)))) - Abs(u(0)) + Square(u(1) - (0.3 * u(0)))),
    };

    [Fact]
    public void Between_two_wells_with_a_saddle_that_no_Hessian_shows_a_band_bounds_the_barrier()
    {
        var wells = Objective.Define("flat pass", 2, x => (Pow(x[0], 6) / 1.5) - Pow(x[0], 4) + Square(x[1])) with { Region = Region.Box(2, -2, 2) };
        var found = TransitionSearch.Run(wells, new() { Survey = new() { Restarts = 200 } });
        Assert.Empty(found.TransitionStates);
        Assert.Equal(0, found.BandPaths.Min(p => p.Highest), 1e-12);
    }

    [Fact]
    public void Bands_alone_connect_the_eight_minima_of_eight_atoms_at_the_barriers_that_walks_find()
    {
        var found = TransitionSearch.Run(Catalogue.Find("lennard-jones").Create(settings: new Dictionary<string, double> { ["atoms"] = 8 }), new() { Climbs = 0, Survey = new() { Restarts = 5_000 } });
        Assert.True(found.IsConnected(8));
        // The lowest transition state of all, by 1,152 walks uphill.
        Assert.Equal(-19.281243, found.Barriers(2)[0, 1], 1e-5);
    }

    [Fact]
    public void On_a_sphere_images_stay_on_it_and_every_transition_state_is_found()
    {
        // −‖x‖₄⁴ on the unit sphere of R³: minima ±eᵢ at −1, saddles (±eᵢ ± eⱼ)/√2 at −1/2, twelve of them.
        var found = TransitionSearch.Run(Catalogue.Find("orthogonal-tensor").Create(3), new() { Climbs = 0, Survey = new() { Restarts = 500, Identity = LandscapeGpu.Surveys.IdentityKind.Location } });
        Assert.Equal(6, found.Minima.Count);
        Assert.True(found.IsConnected(6));
        Assert.All(found.TransitionStates, t => Assert.Equal(-0.5, t.Value, 1e-12));
        Assert.All(found.TransitionStates.SelectMany(t => t.Path), p => Assert.Equal(1, p.Point.Sum(x => x * x), 1e-9));
        Assert.Equal(12, TransitionSearch.Run(Catalogue.Find("orthogonal-tensor").Create(3), new() { Survey = new() { Restarts = 500, Identity = LandscapeGpu.Surveys.IdentityKind.Location } }).TransitionStates.Count);
    }

    [Fact]
    public void Minima_that_no_path_inside_the_region_joins_are_said_to_be_apart()
    {
        // Two wells with a wall of infinite height between them: log has no value there.
        var wells = Objective.Define("wall", 1, x => Square(Abs(x[0]) - 1) - (0.01 * Log(Square(x[0])))) with { Region = Region.Box(1, -2, 2) };
        var found = TransitionSearch.Run(wells, new() { Survey = new() { Restarts = 200 } });
        Assert.Equal(2, found.Minima.Count);
        Assert.False(found.IsConnected(2));
        Assert.True(double.IsInfinity(found.Barriers(2)[0, 1]));
        Assert.True(found.BandsWithoutMaximum > 0);
    }

    [Fact]
    public void The_missing_links_of_a_chain_are_its_short_ones()
    {
        // Minima at 0, 1, 2, 3 on a line; 1 and 2 are joined. From 0 to 3 two links are missing, and not the long one.
        var links = MissingLinks.Between(4, (a, b) => Math.Abs(a - b), (a, b) => Math.Min(a, b) == 1 && Math.Max(a, b) == 2, (_, _) => 0, 0, 3);
        Assert.Equal([(2, 3), (0, 1)], links);
        // What was tried too often is left out.
        Assert.Equal([(0, 3)], MissingLinks.Between(4, (a, b) => Math.Abs(a - b), (_, _) => false, (a, b) => a + b == 3 && Math.Abs(a - b) == 3 ? 0 : double.PositiveInfinity, 0, 3));
    }

    [Fact]
    public void The_best_minima_of_a_small_network_are_connected_and_the_path_of_a_band_stays_as_low_as_said()
    {
        var network = Catalogue.Find("perceptron").Create();
        var found = TransitionSearch.Run(network, new() { Climbs = 200, Lowest = 4, Survey = new() { Restarts = 300 } });
        var modes = found.ModeConnectivity!;
        Assert.Equal(6, modes.Pairs.Count);
        Assert.Equal(modes.Pairs.Count(p => p.Rise <= modes.Epsilon), modes.Joined);
        // By the interpreter of the formula, on a grid that the engine did not look at.
        var band = found.BandPaths.MinBy(p => p.Highest)!;
        var highest = double.NegativeInfinity;
        foreach (var (a, b) in band.Points.Zip(band.Points.Skip(1)))
        {
            for (var k = 0; k <= 100; k++)
            {
                highest = Math.Max(highest, network.Evaluate([.. a.Zip(b, (x, y) => x + (k / 100.0 * (y - x)))]));
            }
        }

        // A bound from above; between two points of this grid f rises by no more than a thousandth of itself on so short pieces.
        Assert.InRange(band.Highest, highest * (1 - 1e-12), highest * (1 + 1e-3));
        Assert.Equal(found.Minima[band.From].Value, network.Evaluate([.. band.Points[0]]), 1e-9);
        Assert.Equal(found.Minima[band.To].Value, network.Evaluate([.. band.Points[^1]]), 1e-9);
    }

    [Fact]
    public void Twenty_units_on_a_hundred_samples_have_a_verdict_although_no_descent_comes_to_a_minimum()
    {
        var network = Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["width"] = 20, ["n"] = 100 });
        var found = TransitionSearch.Run(network, new() { Survey = new() { Restarts = 4 } });
        Assert.True(found.AreEndsOfDescents);
        var modes = found.ModeConnectivity!;
        Assert.Equal(found.Minima.Count * (found.Minima.Count - 1) / 2, modes.Pairs.Count);
        Assert.Contains("ends of descents", modes.Sentence, StringComparison.Ordinal);
        // By the interpreter of the formula, on a grid that the engine did not look at, the path of one band.
        var band = found.BandPaths.MaxBy(p => p.Highest)!;
        var highest = band.Points.Zip(band.Points.Skip(1)).Max(ends => Enumerable.Range(0, 21).Max(k => network.Evaluate([.. ends.First.Zip(ends.Second, (x, y) => x + (k / 20.0 * (y - x)))])));
        // A bound from above; between two points of this grid f rises by no more than a thousandth of itself on so short pieces.
        Assert.InRange(band.Highest, highest * (1 - 1e-12), highest * (1 + 1e-3));
    }
}
