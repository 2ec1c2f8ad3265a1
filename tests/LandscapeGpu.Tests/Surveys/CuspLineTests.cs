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

    private static readonly (bool IsDouble, string? Device, double Value, double Length)[] Units =
        [(false, null, 1, 1), (true, null, 1, 1), (false, "reference", 1, 1), (false, null, 1e-12, 1e3), (true, null, 1e12, 1e-6), (true, "reference", 1e6, 1e3)];
}
