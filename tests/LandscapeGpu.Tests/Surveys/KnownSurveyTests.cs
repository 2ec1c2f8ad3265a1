namespace LandscapeGpu.Tests.Surveys;

/// <summary>Surveys find exactly the minima that are known, with the values that are published.</summary>
public class KnownSurveyTests
{
    [Theory]
    [InlineData("tilted-sine", 1, 500, 3)]
    [InlineData("himmelblau", 2, 500, 4)]
    [InlineData("six-hump-camel", 2, 1000, 6)]
    [InlineData("muller-brown", 2, 1000, 3)]
    [InlineData("rastrigin", 1, 1000, 11)]
    [InlineData("rastrigin", 2, 5000, 121)]
    [InlineData("rastrigin", 3, 60_000, 1331)]
    [InlineData("styblinski-tang", 5, 3000, 32)]
    public void As_many_minima_are_found_as_there_are(string name, int dimension, int restarts, int count)
    {
        var found = Survey.Run(Catalogue.Find(name).Create(dimension), new() { Restarts = restarts });
        Assert.Equal(count, found.Minima.Count);
        Assert.Equal(restarts, found.Outcomes.Total);
        Assert.Equal(restarts, found.Restarts);
        // Every converged restart is counted at exactly one point.
        Assert.Equal(found.Outcomes.Converged, found.Minima.Concat(found.BoundaryMinima).Concat(found.Stationary).Sum(m => m.Count));
        if (found.Objective.Known.GlobalValue is { } value)
        {
            Assert.Equal(value, found.Minima[0].Value, found.Objective.Known.ValueError);
        }

        foreach (var known in found.Objective.Known.Points)
        {
            Assert.Contains(found.Minima, m => m.Point.Zip(known, (a, b) => Math.Abs(a - b)).Max() <= found.Objective.Known.PointError);
        }
    }

    [Fact]
    public void The_camel_has_two_global_minima_of_the_same_value_and_share()
    {
        var found = Survey.Run(Catalogue.Find("six-hump-camel").Create(), new() { Restarts = 4000 });
        Assert.Equal(found.Minima[0].Value, found.Minima[1].Value, 1e-12);
        Assert.True(found.Minima[2].Value > found.Minima[1].Value + 0.1);
        // x → −x maps one basin onto the other; the difference of two counts near n·p has the deviation √(2np).
        Assert.InRange(found.Minima[0].Count - found.Minima[1].Count, -4.5 * Math.Sqrt(2 * found.Minima[0].Count), 4.5 * Math.Sqrt(2 * found.Minima[0].Count));
    }

    [Fact]
    public void Muller_and_browns_minima_have_the_published_values()
    {
        var found = Survey.Run(Catalogue.Find("muller-brown").Create(), new() { Restarts = 1000 });
        // Müller and Brown (1979) print two digits fewer; these are of the tables that cite them.
        Assert.Equal([-146.6995, -108.1667, -80.7678], found.Minima.Select(m => Math.Round(m.Value, 4)));
    }

    [Theory]
    [InlineData(5, -10.153200)]
    [InlineData(7, -10.402941)]
    [InlineData(10, -10.536410)]
    public void Shekels_foxholes_are_as_many_as_there_are_foxes(int m, double best)
    {
        var found = Survey.Run(Catalogue.Find("shekel").Create(settings: new Dictionary<string, double> { ["m"] = m }), new() { Restarts = 4000 });
        Assert.Equal(m, found.Minima.Count);
        Assert.Equal(best, found.Minima[0].Value, 1e-6);
    }

    [Theory]
    [InlineData(7, 4, 3000)]
    [InlineData(8, 8, 10_000)]
    [InlineData(9, 21, 30_000)]
    public void Clusters_of_atoms_have_the_published_number_of_minima_by_symmetry_and_by_fingerprint(int atoms, int count, int restarts)
    {
        var bySymmetry = Survey.Run(Cluster(atoms), new() { Restarts = restarts });
        foreach (var found in new[] { bySymmetry, Survey.Identify(bySymmetry, IdentityKind.Fingerprint) })
        {
            Assert.Equal(count, found.Minima.Count);
            // Tables print six digits; three translations and three rotations are flat.
            Assert.Equal(found.Objective.Known.GlobalValue!.Value, found.Minima[0].Value, 1e-6);
            Assert.All(found.Minima, p => Assert.Equal(6, p.FlatDirections));
        }
    }

    [Fact]
    public void Seven_atoms_have_the_energies_of_hoare_and_pal()
    {
        var found = Survey.Run(Cluster(7), new() { Restarts = 3000 });
        Assert.Equal([-16.505384, -15.935043, -15.593211, -15.533060], found.Minima.Select(m => Math.Round(m.Value, 6)));
    }

    [Fact]
    public void Shuberts_minima_on_the_boundary_are_listed_apart()
    {
        var found = Survey.Run(Catalogue.Find("shubert").Create(), new() { Restarts = 40_000 });
        Assert.Equal(722, found.Minima.Count);
        Assert.All(found.Minima, m => Assert.Empty(m.AtBound));
        // By the signs of g, g′ and g″ at ±10 and at the 38 stationary points of f(x, y) = g(x)g(y): 38 on the edges, one in a corner.
        Assert.Equal(38, found.BoundaryMinima.Count(m => m.AtBound.Count == 1));
        Assert.Equal(1, found.BoundaryMinima.Count(m => m.AtBound.Count == 2));
    }

    [Fact]
    public void Schwefels_box_has_boundary_minima_at_the_ends_of_its_axes()
    {
        var found = Survey.Run(Catalogue.Find("schwefel").Create(2), new() { Restarts = 8000 });
        Assert.Equal(found.Objective.Known.Count, found.Minima.Count);
        Assert.NotEmpty(found.BoundaryMinima);
        Assert.All(found.BoundaryMinima, m => Assert.All(m.AtBound, i => Assert.Equal(500, Math.Abs(m.Point[i]))));
    }

    private static LandscapeGpu.Objectives.Objective Cluster(int atoms) =>
        Catalogue.Find("lennard-jones").Create(settings: new Dictionary<string, double> { ["atoms"] = atoms });
}
