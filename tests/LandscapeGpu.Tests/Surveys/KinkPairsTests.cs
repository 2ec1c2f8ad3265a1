namespace LandscapeGpu.Tests.Surveys;

/// <summary>Every kind of kink crossed by another one, in any units: of k(u) + l(v) with k and l positive but at 0 the only minimum is where both are 0.</summary>
public sealed class KinkPairsTests
{
    private static readonly (string Name, Func<Real, Real> At)[] Kinds =
    [
        ("absolute value", Abs),
        ("cusp", u => Sqrt(Abs(u))),
        ("norm", u => Sqrt(Square(u) + Square(0.5 * u))),
        ("tie", u => Max(u, -0.4 * u)),
        ("rectifiers", u => Relu(u) + (0.3 * Relu(-u))),
        ("condition", u => Select(u > 0, 2 * u, -0.7 * u)),
        ("curved branch", u => Select(u > 0, Exp(u) - 1, -u)),
        ("square", Square),
    ];

    private static readonly (double Value, double First, double Second)[] Units = [(1, 1, 1), (1e-9, 1e-6, 1e3), (1e6, 1e5, 1)];

    public static TheoryData<int, int> Pairs
    {
        get
        {
            var data = new TheoryData<int, int>();
            for (var k = 0; k < Kinds.Length - 1; k++)
            {
                data.Add(k, k + 1);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Where_two_kinks_cross_there_is_one_minimum_and_nearly_all_restarts_come_to_it(int first, int second)
    {
        var unit = Units[first % Units.Length];
        var crossed = Objective.Define($"{Kinds[first].Name} and {Kinds[second].Name}", 2, x => unit.Value * (Kinds[first].At((x[0] / unit.First) - 0.3) + Kinds[second].At((x[1] / unit.Second) + (0.5 * x[0] / unit.First) + 0.2)))
            with
        { Region = Region.Box([-3 * unit.First, -3 * unit.Second], [3 * unit.First, 3 * unit.Second]) };

        var found = Survey.Run(crossed, new() { Restarts = 60 });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal(StationaryKind.MinimumAtKink, minimum.Kind);
        // Beside a cusp a millionth of the place is a thousandth of the value, and beside a square a place shows half of the value's digits.
        Assert.Equal(0.3, minimum.Point[0] / unit.First, 1e-6);
        Assert.Equal(-0.35, minimum.Point[1] / unit.Second, 1e-6);
        Assert.InRange(minimum.Count, 54, 60);
    }
}
