using LandscapeGpu.Expressions;
using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Tests.Valleys;

/// <summary>Valleys that bend, whose floors fall by a tilt that is next to nothing beside their walls: a walk along one takes as many steps as it has bends, whatever the tilt.</summary>
public class BentValleyTests
{
    private const int Restarts = 40;

    // A hundred of Newton's steps before a bend is thought of, of d + 1 derivatives each, some dozen along the floor and back to it, and as many to tell that it ends. By short steps a circle of 10⁻⁹ took 12,000, a sphere 46,000.
    private const int MostEvaluations = 3_000;

    private static readonly double[] Sizes = [1e-4, 1e3, 1e-6, 10, 1e5];

    private static readonly (string Name, int Dimension, double Low, double High, Func<Real[], double, Real> Formula, double[] Minimum)[] All =
    [
        ("circle", 2, -2, 2, (x, t) => Square(Square(x[0]) + Square(x[1]) - 1) + (t * x[0]), [-1, 0]),
        ("ellipse", 2, -3, 3, (x, t) => Square(Square(x[0] / 2) + Square(x[1]) - 1) + (t * (x[0] + x[1])), [-4 / Math.Sqrt(5), -1 / Math.Sqrt(5)]),
        ("sphere", 3, -2, 2, (x, t) => Square(Square(x[0]) + Square(x[1]) + Square(x[2]) - 1) + (t * (x[0] + (2 * x[1]))), [-1 / Math.Sqrt(5), -2 / Math.Sqrt(5), 0]),
        ("hyperbola", 2, 0.1, 5, (x, t) => Square((x[0] * x[1]) - 1) + (t * Square(x[0] - 3)), [3, 1.0 / 3]),
        ("parabola", 2, -2, 2, (x, t) => Square(x[1] - Square(x[0])) + (t * Square(x[0] - 1)), [1, 1]),
        ("sine", 2, -3, 3, (x, t) => Square(x[1] - Sin(3 * x[0])) + (t * Square(x[0] - 1)), [1, Math.Sin(3)]),
        ("helix", 3, -6, 6, (x, t) => Square(x[0] - Cos(x[2])) + Square(x[1] - Sin(x[2])) + (t * Square(x[2] - 1)), [Math.Cos(1), Math.Sin(1), 1]),
        ("powers", 5, -1.5, 1.5, (x, t) => Square(x[1] - Square(x[0])) + Square(x[2] - Square(x[1])) + Square(x[3] - Square(x[2])) + Square(x[4] - Square(x[3])) + (t * Square(x[0] - 0.7)), [0.7, 0.49, 0.2401, 0.05764801, 0.0033232930569601]),
    ];

    public static TheoryData<string, double, bool> Valleys() => Rows.Each(All.Select(v => v.Name), from tilt in new[] { 1e-6, 1e-9, 1e-12 } from isInOtherUnits in new[] { false, true } select (tilt, isInOtherUnits));

    [Theory]
    [MemberData(nameof(Valleys))]
    public void Every_restart_comes_to_the_end_of_a_bent_valley_in_as_many_steps_at_any_tilt(string name, double tilt, bool isInOtherUnits)
    {
        var (_, d, low, high, formula, minimum) = All.Single(v => v.Name == name);
        double[] sizes = [.. Enumerable.Range(0, d).Select(i => isInOtherUnits ? Sizes[i] : 1)];
        var unit = isInOtherUnits ? 1e7 : 1;
        var objective = Objective.Define(name, d, x => unit * formula([.. Enumerable.Range(0, d).Select(i => x[i] / sizes[i])], tilt)) with { Region = Region.Box([.. sizes.Select(s => low * s)], [.. sizes.Select(s => high * s)]) };
        var result = Survey.Run(objective, new() { Restarts = Restarts });

        var found = Assert.Single(result.AllMinima);
        Assert.True(found.IsMinimum);
        Assert.Equal(Restarts, found.Count);
        Assert.Empty(result.Stationary);
        // The tilt moves the minimum by a share of itself, and slopes are known to some roundings over it.
        var known = tilt + (1e-14 / tilt);
        Assert.All(Enumerable.Range(0, d), i => Assert.Equal(minimum[i], found.Place[i] / sizes[i], known * (1 + Math.Abs(minimum[i]))));
        Assert.InRange(result.GradientEvaluations, 1, Restarts * MostEvaluations);
    }
}
