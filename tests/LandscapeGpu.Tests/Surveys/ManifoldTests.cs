using LandscapeGpu.Descent;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Surveys;
using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Tests.Surveys;

public sealed class ManifoldTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void An_orthogonal_tensor_has_two_minima_an_axis_on_the_sphere(int d)
    {
        var result = Survey.Run(Catalogue.Find("orthogonal-tensor").Create(d), new() { Restarts = 2_000 });

        Assert.Equal(2 * d, result.Minima.Count);
        // The chapter's (5.5) at support one: −4‖x‖⁴ has −12x² + 4 on the tangent space, which is 4 in all of its d − 1 directions.
        Assert.All(result.Minima, m => Assert.All(m.Eigenvalues, e => Assert.Equal(4, e, 1e-8)));
        Assert.All(result.Minima, m => Assert.Equal(d - 1, m.Eigenvalues.Count));
        Assert.All(result.Minima, m => Assert.Equal(-1, m.Value, 1e-12));
    }

    [Theory]
    [InlineData(4, 3.674234614)]
    [InlineData(7, 14.452977414)]
    [InlineData(12, 49.165253058)]
    public void Electrons_on_a_sphere_have_one_minimum_with_the_published_energy(int electrons, double energy)
    {
        var result = Survey.Run(Catalogue.Find("thomson").Create(null, new Dictionary<string, double> { ["electrons"] = electrons }), new() { Restarts = 500 });

        var only = Assert.Single(result.Minima);
        // Nine decimals are published.
        Assert.Equal(energy, only.Value, 1e-8);
        Assert.Equal(3, only.FlatDirections);
    }

    [Theory]
    [InlineData("gradient-descent", 0.1)]
    [InlineData("momentum", 0.02)]
    [InlineData("adam", 0.02)]
    [InlineData("armijo", null)]
    [InlineData("adaptive", null)]
    public void Every_kind_of_rule_stays_on_the_sphere(string rule, double? step)
    {
        var objective = Objective.Define("linear", 3, x => x[0] + (2 * x[1]) - (2 * x[2])) with { Manifold = Manifold.Sphere(3) };

        var result = Survey.Run(objective, new() { Restarts = 64, Rule = Rules.Named(rule, step), Precision = Precision.Double });

        var only = Assert.Single(result.Minima);
        // −a/‖a‖ with ‖a‖ = 3; the polished point is exact to a few roundings.
        Assert.Equal(-3, only.Value, 1e-12);
        Assert.Equal(1, Math.Sqrt(only.Point.Sum(p => p * p)), 1e-14);
        Assert.Equal(64, result.Outcomes.Converged);
    }

    [Fact]
    public void Coordinates_that_do_not_divide_into_spheres_are_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => Objective.Define("odd", 4, x => x[0]) with { Manifold = Manifold.Spheres(3) });

        Assert.Contains("4 coordinates do not divide into spheres of 3", error.Message, StringComparison.Ordinal);
    }
}
