using LandscapeGpu.Evidence;
using LandscapeGpu.Objectives;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Penalties w·max(0, g)² with curved constraints that are active: each landscape has one minimum, just on the far side, and in single precision descent stops before it.</summary>
public sealed class OneSidedPenaltiesTests
{
    /// <summary>The domain, f, its minimum by Newton's method in 40 digits, and how many bounds hold it.</summary>
    private static readonly Dictionary<string, ((double Low, double High)[] Box, Func<Vector, Real> Formula, double Value, int Held)> Landscapes = new()
    {
        ["a wall along a bound"] = ([(0.25, 1.3), (2, 15)], x => (0.01 * x[0]) + (0.005 * x[1] * x[0]) + (1e5 * Square(Max(0, 1 - (x[0] * x[0] * x[0] * x[1] / 0.45)))), 0.01216440395, 1),
        ["three coordinates"] = ([(0.1, 4), (0.1, 4), (0.1, 4)], x => (x[0] * x[1]) + (0.02 * x[2] * (4 + x[1])) + (1e4 * Square(Max(0, 1 - (x[0] * x[0] * x[1] * x[2])))), 0.3810998243929, 1),
        ["two constraints"] = ([(0.1, 4), (0.1, 4), (0.1, 4)],
            x => (x[0] * x[1]) + (0.02 * x[2] * (4 + x[1])) + (1e5 * Square(Max(0, 1 - (x[0] * x[0] * x[1] * x[2])))) + (1e5 * Square(Max(0, (x[0] * x[1]) - (0.8 * x[2])))), 0.381100187488, 1),
        ["inside"] = ([(0.1, 4), (0.1, 4)], x => x[0] + x[1] + (1e6 * Square(Relu(1 - (x[0] * x[0] * x[1])))), 1.889881475625, 0),
        // The tension spring with its four constraints; the constrained optimum is 0.0126652.
        ["a spring"] = ([(0.05, 2), (0.25, 1.3), (2, 15)],
            x => ((x[2] + 2) * x[1] * Square(x[0])) + (1e3 * (Square(Max(0, 1 - (Square(x[1]) * x[1] * x[2] / (71785 * Square(Square(x[0]))))))
                + Square(Max(0, (((4 * x[1] * x[1]) - (x[0] * x[1])) / (12566 * ((x[1] * x[0] * x[0] * x[0]) - Square(Square(x[0]))))) + (1 / (5108 * x[0] * x[0])) - 1))
                + Square(Max(0, 1 - (140.45 * x[0] / (x[1] * x[1] * x[2])))) + Square(Max(0, ((x[0] + x[1]) / 1.5) - 1)))), 0.012665055291, 0),
    };

    public static TheoryData<string, double, bool> Cases => Rows.Each(Landscapes.Keys, (1.0, false), (1e8, true), (1e-12, true), (1e8, false));

    [Theory]
    [MemberData(nameof(Cases))]
    public void All_restarts_come_to_the_minimum_behind_a_wall(string name, double unit, bool areUnlike)
    {
        var found = Run(name, unit, areUnlike);

        var minimum = Assert.Single(found.Minima.Concat(found.BoundaryMinima));
        Assert.Empty(found.KinkMinima);
        Assert.Equal(100, minimum.Count);
        // The last digit that is written above.
        Assert.Equal(Landscapes[name].Value, minimum.Value / unit, Landscapes[name].Value * 1e-9);
        Assert.Equal(Landscapes[name].Held, minimum.AtBound.Count);
        Assert.True(minimum.Kind is StationaryKind.Minimum or StationaryKind.BoundaryMinimum);
        Assert.True(minimum.FlatDirections == 0 && minimum.Eigenvalues[0] > 0);
        Assert.DoesNotContain(found.Warnings, w => w.Code == "kinks");
    }

    [Fact]
    public void Images_of_one_minimum_on_a_sphere_are_of_one_kind()
    {
        var objective = Objective.Define("mirrored", 3, x => (-x[0] * x[1]) - (0.3 * x[2]) + (1e6 * Square(Max(0, (4 * x[0] * x[1]) - 1)))) with { Region = Region.Sphere(3) };

        var found = Survey.Run(objective, new() { Restarts = 100 });

        Assert.Equal(2, found.Minima.Count);
        Assert.All(found.Minima, m => Assert.Equal(StationaryKind.Minimum, m.Kind));
        Assert.Equal(100, found.Minima.Sum(m => m.Count));
    }

    [Fact]
    public void A_minimum_on_a_face_at_the_bottom_of_a_steep_valley_counts_in_Eulers_sum()
    {
        var verified = Verification.Of(Define("three coordinates", 1, areUnlike: false), new() { Survey = new() { Restarts = 100 }, SaddleStarts = 100, Samples = 7, Paths = 0 });

        Assert.Equal(EulerVerdict.Satisfied, verified.Euler!.Verdict);
    }

    private static SurveyResult Run(string name, double unit, bool areUnlike) => Survey.Run(Define(name, unit, areUnlike), new() { Restarts = 100 });

    private static Objective Define(string name, double unit, bool areUnlike)
    {
        var (box, formula, _, _) = Landscapes[name];
        double[] units = [.. new[] { 1e-6, 1e4, 0.7 }.Take(box.Length).Select(u => areUnlike ? u : 1)];
        return Objective.Define(name, box.Length, x => unit * formula(Vector([.. units.Select((u, i) => x[i] / u)]))) with
        {
            Region = Region.Box([.. box.Select((b, i) => b.Low * units[i])], [.. box.Select((b, i) => b.High * units[i])]),
        };
    }
}
