namespace LandscapeGpu.Tests.Surveys;

/// <summary>Places that look like minima by the slopes at them: where a crease levels and falls on, where a bound holds by one piece of a tie, and cones that another slope leans.</summary>
public sealed class CreaseInflectionTests
{
    private static readonly (double Value, double First, double Second)[] Units = [(1, 1, 1), (1e-12, 1e-6, 1e5), (1e10, 1e3, 1e-3)];

    private static readonly Dictionary<string, Func<Real, Real, Real>> Creases = new()
    {
        ["straight"] = (u, v) => Abs(u - v) + Pow(u, 3) + Pow(u, 4),
        ["bent"] = (u, v) => Abs(u - Square(v)) + Pow(v, 3) + Pow(v, 4),
        ["tie"] = (u, v) => Max(u - (2 * v), 0.7 * ((2 * v) - u)) + Pow(u, 3) + Pow(u, 4),
        ["of the fifth order"] = (u, v) => Abs(u + v) + (5 * Pow(u, 5)) + (6.25 * Pow(u, 6)),
    };

    // Along each crease t³ + t⁴, or 5t⁵ + 6.25t⁶, at −3/4 and −2/3.
    public static TheoryData<string, int> EachCrease => Rows.Each(Creases.Keys, Enumerable.Range(0, Units.Length));

    [Theory]
    [MemberData(nameof(EachCrease))]
    public void Where_a_crease_levels_and_falls_on_is_no_minimum(string name, int unit)
    {
        var lowest = name == "of the fifth order" ? (5 * Math.Pow(-2.0 / 3, 5)) + (6.25 * Math.Pow(2.0 / 3, 6)) : -27.0 / 256;

        var found = Survey.Run(In(Units[unit], Creases[name], -2, 2), new() { Restarts = 60 });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal((StationaryKind.MinimumAtKink, false), (minimum.Kind, minimum.IsFlatFamily));
        Assert.Equal(lowest, minimum.Value / Units[unit].Value, 1e-9);
        Assert.InRange(minimum.Count, 54, 60);
    }

    private static readonly Dictionary<string, Func<Real, Real, Real>> Ties = new()
    {
        ["smaller of two"] = (u, v) => Min(1, 1 - u) + (0.1 * u) + Square(v),
        ["larger of two"] = (u, v) => (0.1 * u) - Max(0, u) + Square(v),
        ["in the slope of the other"] = (u, v) => Min(2 + Cos(v), 2 + Cos(v) - (u * (1 + Square(v)))) + (0.1 * u) + Square(v),
    };

    public static TheoryData<string, int> EachTie => Rows.Each(Ties.Keys, Enumerable.Range(0, Units.Length));

    [Theory]
    [MemberData(nameof(EachTie))]
    public void What_a_bound_holds_by_one_piece_of_a_tie_falls_along_the_other(string name, int unit)
    {
        var (value, first, second) = Units[unit];
        // Half of them from the bound u = 0 itself, as a step that is longer than the way to it leaves a restart there.
        double[] starts = [.. Enumerable.Range(0, 40).SelectMany(k => (double[])[k % 2 * first, second * (-0.95 + (0.05 * k))])];

        var found = Survey.Run(In((value, first, second), Ties[name], 0, 2), new() { Restarts = 40, Starts = new GivenPoints(starts, 2) });

        Assert.All(found.AllMinima, m => Assert.Equal(2 * first, m.Point[0]));
        Assert.InRange(found.AllMinima.Sum(m => m.Count), 38, 40);
    }

    private static readonly Dictionary<string, Func<Real, Real, Real>> Cones = new()
    {
        ["leaning"] = (u, v) => Sqrt(Square(2.36 * u) + Square(v)) + u,
        ["leaning nearly over"] = (u, v) => Sqrt(Square(u) + Square(v)) + (0.9 * v),
        ["beside a jump"] = (u, v) => Sqrt(Square(u) + Square(v)) + Select(2 * u < 1.5, Cos(v + 2), 3) - (2.44 / (0.2 + Square(v) + Square(u))),
        ["and a cone that is one on a line"] = (u, v) => Sqrt(Square(u) + Square(u)) + (u * Exp(-Square(v))) + Square(v),
    };

    public static TheoryData<string, int> EachCone => Rows.Each(Cones.Keys, Enumerable.Range(0, Units.Length));

    [Theory]
    [MemberData(nameof(EachCone))]
    public void The_tip_of_a_cone_is_at_a_kink_however_it_leans(string name, int unit)
    {
        foreach (var aside in (double[])[0, 0.3])
        {
            var found = Survey.Run(In(Units[unit], (u, v) => Cones[name](u - aside, v + aside), -2, 2), new() { Restarts = 60 });

            var minimum = Assert.Single(found.AllMinima);
            Assert.Equal((StationaryKind.MinimumAtKink, 60), (minimum.Kind, minimum.Count));
            Assert.Equal(aside, minimum.Point[0] / Units[unit].First, 1e-7);
            Assert.Equal(-aside, minimum.Point[1] / Units[unit].Second, 1e-7);
        }
    }

    private static Objective In((double Value, double First, double Second) unit, Func<Real, Real, Real> formula, double lower, double upper) =>
        Objective.Define("in units", 2, x => unit.Value * formula(x[0] / unit.First, x[1] / unit.Second)) with
        {
            Region = Region.Box([lower * unit.First, -upper * unit.Second], [upper * unit.First, upper * unit.Second]),
        };
}
