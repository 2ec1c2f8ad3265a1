using LandscapeGpu.Differentiation;
using LandscapeGpu.Objectives;
using LandscapeGpu.Spectra;
using LandscapeGpu.Surveys;
using LandscapeGpu.Valleys;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>A point whose Hessian, or slope, is not finite costs its own row, and no survey.</summary>
public sealed class OneBadPointTests
{
    // Of the second the corner has a zero of third order along the first coordinate, of the first an infinite curvature.
    private static readonly Dictionary<string, (Func<Real, Real, Real> Formula, double Lowest, double Place)> Corner = new()
    {
        ["powers"] = ((x, u) => Pow(x, 1.5) + Pow(u, 0.7) - (x * u), -1.6461783, 3),
        ["a cube and a root"] = ((x, u) => (Square(x) * x) + Sqrt(u) - (x * u), -0.2679492, 1),
    };

    public static TheoryData<string, double, double> InUnits => Rows.Each(Corner.Keys, (0, 1), (-39000, 30000), (3.7, 3e4), (3.7e-7, 1e-6), (1e6, 0.7));

    [Theory]
    [MemberData(nameof(InUnits))]
    public void A_corner_of_infinite_slope_is_listed_beside_the_global_minimum_wherever_its_coordinate_begins(string name, double shift, double unit)
    {
        var (formula, lowest, place) = Corner[name];
        var objective = Objective.Define(name, 2, x => formula(x[0], (x[1] - shift) / unit)) with { Region = Region.Box([0, shift], [3, shift + (3 * unit)]) };

        var found = Survey.Run(objective, new() { Restarts = 60 });

        Assert.Equal(60, found.AllMinima.Sum(m => m.Count));
        Assert.Equal(2, found.AllMinima.Count());
        Assert.Equal((lowest, 0), (Math.Round(found.AllMinima.Min(m => m.Value), 7), Math.Round(found.AllMinima.Max(m => m.Value), 7)));
        Assert.Equal(place, found.AllMinima.MinBy(m => m.Value)!.Point[0], 1e-6);
    }

    [Theory]
    [InlineData(2, 30)]
    [InlineData(300, 8)]
    public void A_minimum_whose_curvature_is_infinite_stands_beside_one_that_has_curvature(int d, int restarts)
    {
        var wells = Objective.Define("wells", d, x => (Pow(Abs(x[0] - 0.5), 1.5) * Square(x[0] + 1)) + Sum(d - 1, i => Square(x[i + 1]))) with { Region = Region.Box(d, -2, 2) };

        var found = Survey.Run(wells, new() { Restarts = restarts });

        Assert.Equal([-1, 0.5], found.AllMinima.Select(m => Math.Round(m.Point[0], 4)).Order());
        var bad = found.AllMinima.MaxBy(m => m.Point[0])!;
        Assert.NotEqual(StationaryKind.Minimum, bad.Kind);
        Assert.DoesNotContain(bad.Eigenvalues, l => !double.IsFinite(l));
        Assert.Equal(StationaryKind.Minimum, found.AllMinima.MinBy(m => m.Point[0])!.Kind);
    }

    [Fact]
    public void In_many_coordinates_a_point_without_a_derivative_is_looked_at_along_as_many_directions_as_there_is_room_for()
    {
        const int D = 20_000;
        var cone = Objective.Define("cone", D, x => Sqrt(Sum(D, i => Square(x[i])))) with { Region = Region.Box(D, -1, 1) };
        using var kinds = new PointKinds(cone, Derivatives.Of(cone));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(StationaryKind.SingularMinimum, kinds.OfSingular(new double[D], [.. Enumerable.Range(0, D)]));

        // So many bytes a direction for each coordinate would take.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8L * D * D);
    }
}
