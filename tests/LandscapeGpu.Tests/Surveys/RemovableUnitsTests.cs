namespace LandscapeGpu.Tests.Surveys;

/// <summary>A minimum at 0/0 is one, and has its value, however far the origin is and in whatever units.</summary>
public sealed class RemovableUnitsTests
{
    /// <summary>With the minimum's value by its series, on −1 … 1.</summary>
    private static readonly Dictionary<string, (Func<Real, Real> Formula, double Value)> Quotients = new()
    {
        ["(log(1 + x)/x − 1)²"] = (x => Square((Log(1 + (0.5 * x)) / (0.5 * x)) - 1), 0),
        ["((eˣ − 1)/x − 1)²"] = (x => Square(((Exp(x) - 1) / x) - 1), 0),
        ["x²/(1 − cos x)"] = (x => Square(x) / (1 - Cos(x)), 2),
        ["x²/tanh²x"] = (x => Square(x) / Square(Tanh(x)), 1),
    };

    public static TheoryData<string, double, double, double> Cases() => Rows.Each(Quotients.Keys, (1, 1, 0.0), (1e20, 1e-9, 0), (1e-15, 1e3, 3));

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_one_minimum_of_its_own_value(string name, double factor, double unit, double shift)
    {
        var (formula, value) = Quotients[name];
        foreach (var isDouble in new[] { false, true })
        {
            var objective = Objective.Define(name, 1, x => factor * formula((x[0] / unit) - shift)) with { Region = Region.Box(1, (shift - 1) * unit, (shift + 1) * unit) };
            var found = Survey.Run(objective, new() { Restarts = 60, Descent = new() { IsDouble = isDouble } });
            var minimum = Assert.Single(found.AllMinima);
            Assert.Equal(value, minimum.Value / factor, 1e-7);
            Assert.InRange(minimum.Count, 59, 60);
        }
    }
}
