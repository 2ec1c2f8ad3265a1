namespace LandscapeGpu.Tests.Surveys;

/// <summary>Cusps along lines and curves: slopes across are endless, and what the value does along them is all that makes a minimum.</summary>
public class CuspLineTests
{
    private sealed record Line(int Dimension, Func<Real[], Real> Formula, double[] Minimum, double Value, double Within);

    // What the value is known to at a cusp |x|^p is the p-th power of a rounding: the place along it to the square root of that.
    private static readonly Dictionary<string, Line> Lines = new()
    {
        ["a root across a line"] = new(2, x => (2 * Sqrt(Abs(x[0] + (2 * x[1])))) + Square(x[0] - 1) + (0.5 * Square(x[1])), [8.0 / 9, -4.0 / 9], 1.0 / 9, 1e-6),
        ["a fourth root across a line"] = new(2, x => (2 * Pow(Abs(x[0] + (2 * x[1])), 0.25)) + Square(x[0] - 1) + (0.5 * Square(x[1])), [8.0 / 9, -4.0 / 9], 1.0 / 9, 2e-3),
        ["a power near one"] = new(2, x => (2 * Pow(Abs(x[0] + (2 * x[1])), 0.9)) + Square(x[0] - 1) + (0.5 * Square(x[1])), [8.0 / 9, -4.0 / 9], 1.0 / 9, 1e-6),
        ["a root across a circle"] = new(2, x => Sqrt(Abs(Square(x[0]) + Square(x[1]) - 1)) + (0.5 * x[0]), [-1, 0], -0.5, 1e-6),
        ["a root across a plane"] = new(3, x => (2 * Sqrt(Abs(x[0] + x[1] + x[2]))) + Square(x[0] - 1) + Square(x[1]) + Square(x[2]), [2.0 / 3, -1.0 / 3, -1.0 / 3], 1.0 / 3, 1e-6),
        ["a line that a side cuts"] = new(2, x => (2 * Sqrt(Abs(x[0] + (2 * x[1]) - 3))) - (0.3 * x[0]) + (0.1 * x[1]), [2, 0.5], -0.55, 1e-6),
        ["two lines that meet at a kink"] = new(2, x => (2 * Sqrt(Abs(x[0] + Abs(x[1])))) - (0.5 * x[0]) + (0.3 * Square(x[1])), [0, 0], 0, 1e-6),
    };

    public static TheoryData<string, int> Rows
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var (name, row) in Lines.Keys.Select((name, row) => (name, row)))
            {
                data.Add(name, row);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_cusp_along_a_line_has_the_minimum_of_what_is_along_it_and_no_other(string name, int row)
    {
        var line = Lines[name];
        foreach (var (isDouble, device, value, lengths) in LongTests.Slice(Units, row, 3))
        {
            double[] unit = [.. Enumerable.Range(0, line.Dimension).Select(i => i % 2 == 0 ? lengths : 1 / lengths)];
            var objective = Objective.Define(name, line.Dimension, x => value * (line.Formula([.. unit.Select((u, i) => (x[i] / u) - 3)]) + 7)) with
            {
                Region = Region.Box([.. unit.Select(u => u)], [.. unit.Select(u => 5 * u)]),
            };
            var found = Survey.Run(objective, new() { Restarts = 80, Device = device, Descent = new() { IsDouble = isDouble } });

            var minimum = Assert.Single(found.AllMinima);
            Assert.Equal(line.Value, (minimum.Value / value) - 7, Math.Sqrt(line.Within) / 100);
            Assert.All(line.Minimum.Zip(minimum.Point.Zip(unit, (x, u) => (x / u) - 3)), p => Assert.Equal(p.First, p.Second, Math.Sqrt(line.Within)));
            Assert.InRange(minimum.Count, 60, 80);
        }
    }

    [Fact]
    public void Fits_with_penalties_of_roots_have_their_minima_at_kinks_and_their_values_to_all_digits_in_any_units()
    {
        // At x₁ = 0 the fit is 1.25t² − 2.8t + 1.64 + 0.4√t, whose slope is zero at t = 1.0416143.
        foreach (var (isDouble, value, lengths) in new[] { (false, 1.0, 1.0), (true, 1, 1), (false, 1e8, 1), (false, 1, 1e-6) })
        {
            var lasso = Objective.Define("roots", 2, x => value * (Square((x[0] + (0.5 * x[1])) / lengths - 1) + Square(((0.5 * x[0]) + x[1]) / lengths - 0.8) + (0.4 * Pow(Abs(x[0] / lengths), 0.5)) + (0.4 * Pow(Abs(x[1] / lengths), 0.5)))) with
            {
                Region = Region.Box(2, -3 * lengths, 3 * lengths),
            };
            var found = Survey.Run(lasso, new() { Restarts = 200, Descent = new() { IsDouble = isDouble } });

            Assert.All(found.AllMinima, m => Assert.Equal(StationaryKind.MinimumAtKink, m.Kind));
            Assert.Equal(0.48791842606, found.AllMinima.Min(m => m.Value) / value, 1e-10);
            Assert.Equal(200, found.AllMinima.Sum(m => m.Count));
        }
    }

    private static readonly (bool IsDouble, string? Device, double Value, double Length)[] Units =
        [(false, null, 1, 1), (true, null, 1, 1), (false, "reference", 1, 1), (false, null, 1e-12, 1e3), (true, null, 1e12, 1e-6), (true, "reference", 1e6, 1e3)];
}
