namespace LandscapeGpu.Tests.Surveys;

/// <summary>Functions that end where a region does, written in coordinates that are shifted and scaled: a bound t + su may miss the end by a rounding, either way.</summary>
public sealed class ShiftedEndsTests
{
    private const int MostUnits = 12;
    private const int Restarts = 60;

    // With the values of their minima over u from lower to upper, and the power of the distance that they go like beside their ends.
    private static readonly Dictionary<string, (Func<Real, Real> Formula, double Lower, double Upper, double Power, double[] Values)> Ended = new()
    {
        ["a root at its lower end"] = (u => Sqrt(u) - (0.7 * u), 0, 3, 0.5, [Math.Sqrt(3) - 2.1, 0]),
        ["a root at its upper end"] = (u => Sqrt(3 - u) - (0.5 * (3 - u)), 0, 3, 0.5, [0, Math.Sqrt(3) - 1.5]),
        ["a broken power at its lower end"] = (u => Pow(u, 0.3) * (1.3 - u), 0, 1, 0.3, [0, 0.3]),
        ["a broken power at its upper end"] = (u => Pow(1 - u, 0.3) * (0.3 + u), 0, 1, 0.3, [0, 0.3]),
        ["an arcsine at its lower end"] = (u => Asin(u) - (1.2 * u), -1, 1, 0.5, [1.2 - (Math.PI / 2), Math.Asin(Math.Sqrt(11) / 6) - (1.2 * Math.Sqrt(11) / 6)]),
        ["an arcsine at its upper end"] = (u => Square(Asin(u) - (Math.PI / 2)), -1, 1, 0.5, [0]),
        ["an arccosine at its lower end"] = (u => -Square(Acos(u)), -1, 1, 0.5, [-Math.PI * Math.PI]),
        ["an arccosine at its upper end"] = (u => Square(Acos(u)), -1, 1, 0.5, [0]),
    };

    // 0·∞ at the end itself, which is told in some units only.
    private static readonly Dictionary<string, (Func<Real, Real> Formula, double Lower, double Upper, double Power, double[] Values)> Untold = new()
    {
        ["a logarithm at its lower end"] = (u => (0.5 * u) - (u * Log(u)), 0, 1, 0.9, [0, 0.5]),
    };

    public static TheoryData<string> Told => [.. Ended.Keys];

    public static TheoryData<string> All => [.. Ended.Keys, .. Untold.Keys];

    [Theory]
    [MemberData(nameof(Told))]
    public void Minima_where_a_function_and_its_region_end_are_those_of_the_formula_that_is_not_shifted(string name)
    {
        foreach (var (unit, found, _) in InUnits(name))
        {
            Assert.True(found.AtMinima == Restarts && found.AllMinima.Count() == Ended[name].Values.Length, $"{unit}: {found.AllMinima.Count()} minima, {found.AtMinima} restarts");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_restart_beside_the_end_of_a_function_is_at_another_minimum_than_its_own(string name)
    {
        foreach (var (unit, found, values) in InUnits(name))
        {
            Assert.All(found.AllMinima, m => Assert.True(values.Any(v => Math.Abs(v.Value - m.Value) <= v.Error), $"{unit}: a minimum of {m.Value}"));
            Assert.True(found.AtMinima < Restarts || found.AllMinima.Count() == values.Length, $"{unit}: {found.AllMinima.Count()} of {values.Length} minima have all restarts");
        }
    }

    [Theory]
    [InlineData("root")]
    [InlineData("power")]
    [InlineData("logarithm")]
    [InlineData("arcsine")]
    [InlineData("arccosine")]
    public void A_derivative_has_the_shifted_argument_as_the_formula_has_it(string name)
    {
        var random = new Random(name.Length);
        for (var k = 0; k < MostUnits; k++)
        {
            var unit = Math.Pow(10, random.Next(-6, 7)) * (1 + random.NextDouble());
            var shift = unit * Math.Pow(10, 6 * random.NextDouble());
            var objective = Objective.Define(name, 2, x => Of((x[1] - shift) / unit, x[0]));
            foreach (var end in name is "arcsine" or "arccosine" ? new[] { -1 + 1e-9, 1 - 1e-9 } : [0, 1e-9])
            {
                double[] point = [0, shift + (end * unit)];
                var argument = (point[1] - shift) / unit;
                Assert.Equal(-argument, objective.Gradient(point)[0], 4 * Math.ScaleB(Math.Abs(argument), -52));
            }
        }

        Real Of(Real v, Real u) => (u * u * u) - (u * v) + (name switch
        {
            "root" => Sqrt(v),
            "power" => Pow(v, 0.3),
            "logarithm" => v * Log(v),
            "arcsine" => Asin(v),
            _ => Acos(v),
        });
    }

    [Theory]
    [InlineData(30000, -39000, 1e8)]
    [InlineData(8192, 300.25, 1e-6)]
    [InlineData(0.1, 1.5, 1)]
    [InlineData(1e-9, 2.5e-9, 1e8)]
    public void Beside_an_infinite_slope_the_minimum_along_the_side_is_at_the_corner_itself(double unit, double shift, double factor)
    {
        var objective = Objective.Define("corner", 2, x => Of(x[0], (x[1] - shift) / unit)) with { Region = Region.Box([0, shift], [3, (3 * unit) + shift]) };

        var found = Survey.Run(objective, new() { Restarts = 100, Descent = new() { IsDouble = true } });

        var corner = Assert.Single(found.AllMinima, m => m.Point[1] == shift);
        Assert.Equal(0, corner.ShownValue);
        Assert.Equal((2, 100), (found.AllMinima.Count(), found.AtMinima));

        Real Of(Real u, Real v) => factor * ((u * u * u) + Sqrt(v) - (u * v));
    }

    private static IEnumerable<(string Unit, SurveyResult Found, (double Value, double Error)[] Values)> InUnits(string name)
    {
        var (formula, lower, upper, power, values) = Ended.TryGetValue(name, out var told) ? told : Untold[name];
        var random = new Random(name.Length);
        for (var k = 0; k < MostUnits; k++)
        {
            var unit = Math.Pow(10, random.Next(-9, 10)) * (1 + (4 * random.NextDouble()));
            var shift = k % 3 == 0 ? unit * random.Next(-8, 8) : unit * Math.Pow(10, 3 * random.NextDouble()) * (random.Next(2) - 0.5);
            var factor = Math.Pow(10, random.Next(-6, 9));
            // The second way is that of a derivative that was taken apart.
            var u = k % 2 == 0 ? new Func<Real, Real>(x => (x - shift) / unit) : x => (x / unit) - (shift / unit);
            var objective = Objective.Define(name, 1, x => factor * formula(u(x[0]))) with { Region = Region.Box(1, shift + (lower * unit), shift + (upper * unit)) };
            // A rounding of the bound is so much of a unit.
            var missed = 8 * Math.Pow(8 * Math.ScaleB(1 + Math.Abs(shift / unit), -52), power);
            yield return ($"{shift:R} + {unit:R}u times {factor}", Survey.Run(objective, new() { Restarts = Restarts, Descent = new() { IsDouble = k % 4 < 2 } }), [.. values.Select(v => (factor * v, factor * (1e-9 + missed)))]);
        }
    }
}
