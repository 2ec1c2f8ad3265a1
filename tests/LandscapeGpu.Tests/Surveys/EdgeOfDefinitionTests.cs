namespace LandscapeGpu.Tests.Surveys;

/// <summary>Minima where a formula's definition ends: at {argument = 0} of a root, a logarithm, a broken power, an arcsine.</summary>
public sealed class EdgeOfDefinitionTests
{
    // Each with its one minimum, in units of 1; the region is larger than the definition.
    private static readonly Dictionary<string, (int D, Func<Vector, Real> Formula, double[] Place, double Value)> Held = new()
    {
        ["a root"] = (1, x => Sqrt(x[0] - 1), [1], 0),
        ["a root with a bowl"] = (2, x => Sqrt(x[0] - 1) + Square(x[1]), [1, 0], 0),
        ["a broken power with a slope"] = (1, x => Square(x[0]) + Pow(x[0] - 1, 1.5), [1], 1),
        ["a broken power with a slope and a bowl"] = (2, x => x[0] + x[1] + Pow(x[0] + x[1] - 1, 1.5) + Square(x[0] - x[1]), [0.5, 0.5], 1),
        ["an arccosine"] = (1, x => Acos(x[0]), [1], 0),
        ["an arcsine"] = (2, x => Asin(x[0]) + Square(x[1]), [-1, 0], -Math.PI / 2),
        ["a linear form of three"] = (3, x => Sqrt(x[0] + (2 * x[1]) - x[2] - 1) + Square(x[0]) + Square(x[1]) + Square(x[2]), [1.0 / 6, 1.0 / 3, -1.0 / 6], 1.0 / 6),
        ["a corner of two edges"] = (2, x => Sqrt(x[0]) + Sqrt(x[1]), [0, 0], 0),
        ["a corner of edges in a loop"] = (3, x => Sum(3, i => Sqrt(x[i] - 1) * (1 + Square(x[i] - 2))), [1, 1, 1], 0),
        ["an edge in a maximum"] = (1, x => Max(Sqrt(x[0] - 1), 0.1 * (x[0] - 2)), [1], 0),
        ["an edge inside an edge"] = (2, x => Sqrt(Log(x[0])) + Square(x[1]), [1, 0], 0),
        ["a slope along a circle"] = (2, x => Sqrt(2 - Square(x[0]) - Square(x[1])) + (0.1 * x[0]), [-Math.Sqrt(2), 0], -0.1 * Math.Sqrt(2)),
        ["a slope along a parabola"] = (2, x => Sqrt(x[1] - Square(x[0])) + x[1] - x[0], [0.5, 0.25], -0.25),
        ["beside a barrier"] = (2, x => Square(x[0]) - (0.1 * Log(x[0] - 1)) + Sqrt(x[1]), [0.5 * (1 + Math.Sqrt(1.2)), 0], 1.4019576664),
        ["beside a kink"] = (2, x => Sqrt(x[0] - 1) + Abs(x[1] - 0.5), [1, 0.5], 0),
    };

    public static TheoryData<string, double, double, double> InUnits => Rows.Each(Held.Keys, (1.0, 1.0, 0.0), (1e8, 1.0, 0.0), (1e-8, 1e-9, 0.0), (1.0, 1e9, 0.0), (1.0, 1.0, 100.0));

    [Theory]
    [MemberData(nameof(InUnits))]
    public void A_minimum_at_the_edge_of_the_definition_is_listed_with_the_value_of_the_edge_in_all_units(string name, double factor, double unit, double shift)
    {
        var (d, formula, place, value) = Held[name];
        var objective = Objective.Define(name, d, x => factor * formula(Vector(d, i => (x[i] / unit) - shift))) with { Region = Region.Box(d, (-2 + shift) * unit, (3 + shift) * unit) };

        var found = Survey.Run(objective, new() { Restarts = 100 });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal((StationaryKind.EdgeMinimum, 0), (minimum.Kind, minimum.FlatDirections));
        Assert.Same(minimum, Assert.Single(found.BoundaryMinima));
        // Half of a double's digits is what a bowl's value tells of its place.
        Assert.Equal(place, minimum.Point.Select(x => (x / unit) - shift), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(value, minimum.ShownValue / factor, 1e-9);
        // The point is one of the definition.
        Assert.True(double.IsFinite(objective.Evaluate([.. minimum.Point])));
        // What began outside of it is not finite, and all others came to the minimum.
        Assert.Equal((100 - minimum.Count, minimum.Count), (found.Outcomes.NotFinite, found.Outcomes.Converged));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e8, 1)]
    [InlineData(1e-8, 1e-6)]
    public void A_rim_that_is_level_is_one_flat_family(double factor, double unit)
    {
        var disc = Objective.Define("disc", 2, x => factor * Pow(1 - Square(x[0] / unit) - Square(x[1] / unit), 0.7)) with { Region = Region.Box(2, -2 * unit, 2 * unit) };
        var rim = Assert.Single(Survey.Run(disc, new() { Restarts = 300 }).AllMinima);
        Assert.Equal((StationaryKind.EdgeMinimum, 1, true, 0), (rim.Kind, rim.FlatDirections, rim.IsFlatFamily, rim.ShownValue));
        Assert.Equal(1, Math.Pow(rim.Point[0] / unit, 2) + Math.Pow(rim.Point[1] / unit, 2), 1e-12);

        var half = Objective.Define("half of a disc", 2, x => factor * x[0] / unit * Sqrt(4 - Square(x[0] / unit) - Square(x[1] / unit))) with { Region = Region.Box(2, -3 * unit, 3 * unit) };
        var found = Survey.Run(half, new() { Restarts = 2000 });
        Assert.Equal(-2, Assert.Single(found.Minima).Value / factor, 1e-9);
        rim = Assert.Single(found.BoundaryMinima);
        Assert.Equal((StationaryKind.EdgeMinimum, 1, 0), (rim.Kind, rim.FlatDirections, rim.ShownValue));
    }

    [Fact]
    public void An_edge_that_leads_down_to_a_side_of_the_box_has_its_minimum_where_they_meet()
    {
        var hyperbola = Objective.Define("hyperbola", 2, x => Sqrt((x[0] * x[1]) - 1) + x[0] + x[1]) with { Region = Region.Box(2, -4, 4) };
        var minima = Survey.Run(hyperbola, new() { Restarts = 500 }).AllMinima.Where(m => m.Kind == StationaryKind.EdgeMinimum).Select(m => (Math.Round(m.Point[0], 6), Math.Round(m.Point[1], 6), Math.Round(m.Value, 9)));
        Assert.Equal([(-4, -0.25, -4.25), (-0.25, -4, -4.25), (1, 1, 2)], minima.Order());
    }

    [Fact]
    public void Two_minima_at_far_sides_of_one_edge_are_two()
    {
        var disc = Objective.Define("disc", 2, x => Sqrt(4 - Square(x[0]) - Square(x[1])) + Square(x[0] - x[1])) with { Region = Region.Box(2, -3, 3) };
        Assert.Equal([-1.414214, 1.414214], Survey.Run(disc, new() { Restarts = 300 }).BoundaryMinima.Select(m => Math.Round(m.Point[0], 6)).Order());
    }

    [Fact]
    public void Where_the_formula_is_no_number_on_the_edge_itself_the_minimum_has_the_value_that_it_comes_to()
    {
        var entropy = Objective.Define("entropy", 1, x => -(x[0] - 1) * Log(x[0] - 1)) with { Region = Region.Box(1, -1, 3) };
        var edge = Assert.Single(Survey.Run(entropy, new() { Restarts = 300 }).AllMinima, m => m.Kind == StationaryKind.EdgeMinimum);
        Assert.Equal((1, 0), (Math.Round(edge.Point[0], 12), edge.ShownValue));
    }

    [Fact]
    public void Beside_an_edge_where_the_value_falls_without_bound_there_is_no_minimum_and_another_edge_has_its_own()
    {
        var found = Survey.Run(Objective.Define("falls", 1, x => (x[0] * Log(x[0] - 1)) + Sqrt(2 - x[0])) with { Region = Region.Box(1, 0, 3) }, new() { Restarts = 1000 });
        Assert.Equal([(2.0, 0.0)], found.AllMinima.Select(m => (m.Point[0], m.Value)));
        Assert.NotNull(found.UnboundedAt);
        Assert.Empty(Survey.Run(Objective.Define("log", 1, x => Log(x[0] - 1)) with { Region = Region.Box(1, -1, 3) }, new() { Restarts = 100 }).AllMinima);
        var barrier = Assert.Single(Survey.Run(Objective.Define("barrier", 1, x => -Log(x[0] - 1)) with { Region = Region.Box(1, -1, 3) }, new() { Restarts = 100 }).AllMinima);
        Assert.Equal((StationaryKind.BoundaryMinimum, 3), (barrier.Kind, barrier.Point[0]));
    }

    [Fact]
    public void Fixed_steps_that_lead_out_of_the_definition_are_made_again_halved_there()
    {
        var edge = Objective.Define("edge", 2, x => Square(x[0]) + Pow(x[0] - 1, 1.5) + Square(x[1])) with { Region = Region.Box(2, 0, 3) };
        var found = Survey.Run(edge, new() { Restarts = 300, Descent = new() { Rule = new GradientDescent { Step = 0.1 } } });
        Assert.Equal(300 - found.Outcomes.NotFinite, Assert.Single(found.AllMinima).Count);
        // Two thirds begin within it.
        Assert.InRange(found.Outcomes.NotFinite, 80, 120);
    }
}
