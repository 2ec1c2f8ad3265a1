using LandscapeGpu.Expressions;
using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Tests.Valleys;

/// <summary>Level ground is a minimum only if nowhere on it f falls across, or into the region from a side that lets go: in any units.</summary>
public class GroundThatFallsBesideTests
{
    private static readonly double[] Times = [.. Enumerable.Range(0, 11).Select(k => k / 2.0)];

    /// <summary>Formulas on a box, and the value of their level ground.</summary>
    private static readonly Dictionary<string, Level> Grounds = new()
    {
        ["a side that lets go"] = new(x => x[0] * (x[1] - 0.5), [0, 0], [1, 1], 0, IsMinimum: false),
        ["a share of nothing"] = new(x => Square(1 - (x[0] * (1 - (2 * x[1])))), [0, 0], [0.5, 1], 1, IsMinimum: false),
        ["an upper side"] = new(x => -x[0] * Cos(2 * x[1]), [-2, -3], [0, 3], 0, IsMinimum: false),
        ["a peak that some place has"] = new(x => Peak(x, k => k is 3 or 4 ? 0.5 : -1), [0, 0, 0.2], [4, 5, 2], 9.5, IsMinimum: false),
        ["five ways to go"] = new(x => x[0] * (((Square(x[1]) - 0.3) * (x[2] + 2)) + (0.1 * (x[3] + x[4])) + (0 * x[5])), [0, -1, -1, -1, -1, -1], [1, 1, 1, 1, 1, 1], 0, IsMinimum: false),
        ["a floor that becomes a ridge"] = new(x => (x[0] * Square(x[1])) + Square(Square(x[1])), [-1, -1], [1, 1], 0, IsMinimum: false),
        ["a bent one"] = new(x => Ridge(x[0], x[1] - Square(x[0])), [-1, -1], [1, 1], 0, IsMinimum: false),
        ["a ring that becomes one"] = new(x => Ridge(x[0] + 0.5, Square(x[0]) + Square(x[1]) - 1) + Square(x[2]), [-2, -2, -2], [2, 2, 2], 0, IsMinimum: false),
        ["directions of a matrix"] = new(x => Square(x[1] + (2 * x[2] * x[0])) + Square(x[0] + (2 * x[2] * x[1])) + Square(Square(x[0]) + Square(x[1]) - 2), [-3, -3, -3], [3, 3, 3], 4, IsMinimum: false),
        ["a side that holds"] = new(x => -x[0] + (0 * x[1]), [-1, -1], [1, 1], -1, IsMinimum: true),
        ["a share that costs"] = new(x => Square(1 + (x[0] * (1.1 - Square(x[1])))), [0, -1], [3, 1], 1, IsMinimum: true),
        ["a side that holds but at a place"] = new(x => x[0] * Square(x[1] - 0.3), [0, 0], [1, 1], 0, IsMinimum: true),
        ["a peak that no place has"] = new(x => Peak(x, k => k is 3 or 4 ? -0.5 : -1), [0, 0, 0.2], [4, 5, 2], 9.5, IsMinimum: true),
        ["five ways to go nowhere"] = new(x => x[0] * (((Square(x[1]) + 0.3) * (x[2] + 2)) + (0.1 * (x[3] + x[4])) + (0 * x[5])), [0, -1, -1, -1, -1, -1], [1, 1, 1, 1, 1, 1], 0, IsMinimum: true),
        ["a floor of walls that end"] = new(x => Square(x[0]) * Square(x[1]), [-1, -1], [1, 1], 0, IsMinimum: true),
        ["a bent floor"] = new(x => Ridge(1.2 + x[0], x[1] - Square(x[0])), [-1, -1], [1, 1], 0, IsMinimum: true),
        ["a ring"] = new(x => Ridge(x[0] + 1.5, Square(x[0]) + Square(x[1]) - 1) + Square(x[2]), [-2, -2, -2], [2, 2, 2], 0, IsMinimum: true),
    };

    public static TheoryData<string, double, double> InUnits
    {
        get
        {
            var data = new TheoryData<string, double, double>();
            foreach (var name in Grounds.Keys)
            {
                foreach (var (f, unit) in new[] { (1.0, 1.0), (1e8, 1), (1e-8, 1), (1, 1e-6), (1, 1e9) })
                {
                    data.Add(name, f, unit);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(InUnits))]
    public void Level_ground_is_one_minimum_only_if_f_falls_beside_none_of_it(string name, double factor, double unit)
    {
        var ground = Grounds[name];
        var d = ground.Low.Length;
        var objective = Objective.Define(name, d, x => factor * ground.Formula([.. Enumerable.Range(0, d).Select(i => x[i] / unit)])) with { Region = Region.Box([.. ground.Low.Select(e => e * unit)], [.. ground.High.Select(e => e * unit)]) };
        var found = Survey.Run(objective, new() { Restarts = 200 });

        var level = found.AllMinima.Concat(found.Stationary).Where(p => Math.Abs((p.Value / factor) - ground.Value) < 1e-9).ToList();
        Assert.NotEmpty(level);
        if (ground.IsMinimum)
        {
            var family = Assert.Single(found.AllMinima);
            Assert.True(family.FlatDirections > 0);
            Assert.Equal(found.Restarts, family.Count);
        }
        else
        {
            Assert.DoesNotContain(level, p => p.IsMinimum);
            Assert.Contains(level, p => p.Kind == StationaryKind.DegenerateSaddle);
        }
    }

    /// <summary>A floor y = 0 where a is positive, a ridge where it is negative.</summary>
    private static Real Ridge(Real a, Real y) => (a * Square(y)) + Square(Square(y));

    /// <summary>How badly a peak of height x₀ ≥ 0 at x₁, of width x₂, fits samples.</summary>
    private static Real Peak(Real[] x, Func<int, double> sample) => Times.Select((t, k) => Square((x[0] * Exp(-Square((t - x[1]) / x[2]))) - sample(k))).Aggregate((a, b) => a + b);

    private sealed record Level(Func<Real[], Real> Formula, double[] Low, double[] High, double Value, bool IsMinimum);
}
