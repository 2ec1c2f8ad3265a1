namespace LandscapeGpu.Tests.Surveys;

/// <summary>Random formulas in two coordinates on boxes, half of them with kinks: f falls from no minimum that is listed, and units change none.</summary>
public sealed class RandomLandscapesTests
{
    private const int Restarts = 60;
    private const int EachTime = 3;

    // Of so many of 60 restarts none comes to a minimum that is there, by chance, once in a thousand times.
    private const int Often = 7;

    // Of the width of the box: places as near are one, and so far around a minimum nothing is lower.
    private const double Near = 2e-3;

    private static readonly double[] Distances = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2];

    // Straight ways that begin with a rise lead over a ridge.
    private static readonly double[] Shares = [1e-4, 1e-3, 1e-2, 0.1, 0.3, 0.6, 1];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, LongTests.AreAsked ? 100 : 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_listed_is_a_minimum_and_is_one_in_other_units(int first)
    {
        for (var seed = EachTime * first; seed < EachTime * (first + 1); seed++)
        {
            double[] lower = [-1 - (seed % 3), seed % 2 == 0 ? -2 : 0];
            var plain = new Landscape(seed, lower, [1, 1], [0, 0], 1, 0);
            var other = new Landscape(seed, lower, [1e-6, 1e5], [2e-6, -3e5], 1e10, 5e10);

            var (here, there) = (plain.Explored(), other.Explored());

            Assert.All(here, m => Assert.False(plain.FallsFrom(m), $"{plain.Name}: f falls beside the {m.Kind} at {string.Join(", ", m.Point)}"));
            Assert.All(there, m => Assert.False(other.FallsFrom(m), $"{other.Name}: f falls beside the {m.Kind} at {string.Join(", ", m.Point)} in other units"));
            AssertHas(there, other, here, plain);
            AssertHas(here, plain, there, other);
        }
    }

    private static void AssertHas(List<StationaryPoint> all, Landscape ofAll, List<StationaryPoint> some, Landscape ofSome)
    {
        foreach (var m in some.Where(m => m.Count >= Often))
        {
            // Of a flat family any place is shown.
            var same = all.FirstOrDefault(o => o.Kind == m.Kind && (m.IsFlatFamily || ofSome.Ours(m).Zip(ofAll.Ours(o), (a, b) => Math.Abs(a - b)).Max() <= 4 * Near));
            Assert.True(same is not null, $"{ofSome.Name}: the {m.Kind} at {string.Join(", ", ofSome.Ours(m))}, seen {m.Count} times, is not in other units");
        }
    }

    /// <summary>A random formula in units of its own.</summary>
    private sealed class Landscape(int seed, double[] lower, double[] unit, double[] shift, double factor, double added)
    {
        private readonly Objective objective = Objective.Define($"landscape {seed}", 2, x => (factor * Formula(seed, (x[0] - shift[0]) / unit[0], (x[1] - shift[1]) / unit[1])) + added) with
        {
            Region = Region.Box([.. lower.Select((l, i) => (l * unit[i]) + shift[i])], [.. unit.Select((u, i) => (2 * u) + shift[i])]),
        };

        public string Name => objective.ToString();

        public List<StationaryPoint> Explored() => [.. Survey.Run(objective, new() { Restarts = Restarts, Descent = new() { IsDouble = seed % 3 == 0 } }).AllMinima];

        public double[] Ours(StationaryPoint m) => [.. m.Point.Select((x, i) => (x - shift[i]) / unit[i])];

        /// <summary>Whether f falls by more than rounding, and without a rise, along a straight way from a point.</summary>
        public bool FallsFrom(StationaryPoint m)
        {
            // As many roundings of what the terms may be, here below some tens, as a formula has operations; what is known less is said with the point.
            var allowed = Stationarity.Margin * (m.Rounding + m.Blur + (Stationarity.SumOfRoundings * ((10 * factor) + Math.Abs(m.Value))));
            var value = objective.Evaluate([.. m.Point]);
            Assert.True(Math.Abs(value - m.Value) <= allowed, $"{Name} is {value} at {string.Join(", ", m.Point)}, and not {m.Value}");
            return Enumerable.Range(0, 64).Any(k => Distances.Any(distance =>
            {
                double[] way = [distance * 4 * unit[0] * Math.Cos(Math.PI * k / 32), distance * 4 * unit[1] * Math.Sin(Math.PI * k / 32)];
                return At(m, way, 1) < value - allowed && Shares.All(share => At(m, way, share) <= value + allowed);
            }));
        }

        private double At(StationaryPoint m, double[] way, double share) =>
            objective.Evaluate([.. m.Point.Select((x, i) => Math.Clamp(x + (share * way[i]), (lower[i] * unit[i]) + shift[i], (2 * unit[i]) + shift[i]))]);
    }

    private static Real Formula(int seed, Real u, Real v)
    {
        var random = new Random(seed);
        var sum = Term();
        for (var k = 0; k < 2 + (seed % 3); k++)
        {
            sum += Number() * Term();
        }

        return sum;

        double Number() => Math.Round(0.2 + (1.8 * random.NextDouble()), 2);

        Real Either() => random.Next(2) == 0 ? u : v;

        Real Some() => random.Next(6) switch { 0 => u + v, 1 => u - v, 2 => u * v, 3 => Square(Either()) - Number(), 4 => (Number() * Either()) + Number(), _ => Either() };

        Real Term() => seed % 2 == 1 && random.Next(3) == 0 ? Kink() : random.Next(14) switch
        {
            0 => Square(Some()),
            1 => Square(Square(Some()) - Number()),
            2 => Sin(3 * Some()),
            3 => Cos(2 * Some()) * Sin(Either()),
            4 => -Exp(-Square(Some())),
            5 => Log(1 + Square(Some())),
            6 => Tanh(Some()),
            7 => Atan(Some()),
            8 => Some() / (1 + Square(Either())),
            9 => Pow(Some(), 4),
            10 => Pow(Either(), 3),
            11 => Sqrt(1 + Square(Some())),
            12 => -1 / (0.2 + Square(u - Number()) + Square(v)),
            _ => Number() * Some(),
        };

        Real Kink() => random.Next(6) switch
        {
            0 or 1 => Abs(Some()),
            2 => Max(Some(), Number() * Either()),
            3 => Min(Some(), Square(Either())),
            4 => Sqrt(Square(u - Number()) + Square(Either())),
            _ => Max(0, Some()),
        };
    }
}
