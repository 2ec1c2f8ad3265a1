namespace LandscapeGpu.Tests.Surveys;

/// <summary>Every region with every command, in few coordinates and in many, on lanes and on the reference: one known answer each.</summary>
/// <remarks>A squared distance to a point has one minimum on each of these regions: the point that its projection is, by closed forms.</remarks>
public sealed class RegionMatrixTests
{
    internal const int Many = 264;

    /// <summary>For a number of coordinates: the region, the point whose distance is minimised, and the nearest point of the region.</summary>
    internal static readonly Dictionary<string, Func<int, (Region Region, double[] Target, double[] Nearest)>> Regions = new()
    {
        ["whole space"] = d => (Region.WholeSpace, Ramp(d), Ramp(d)),
        ["box"] = d => (Region.Box(d, -1, 1), Ramp(d), [.. Ramp(d).Select(t => Math.Clamp(t, -1, 1))]),
        ["open and fixed sides"] = d => (
            Region.Box([.. Each(d, i => i % 3 == 0 ? double.NegativeInfinity : i == 1 ? 0.5 : -1)], [.. Each(d, i => i % 3 == 2 ? double.PositiveInfinity : i == 1 ? 0.5 : 1)]),
            Ramp(d), [.. Ramp(d).Select((t, i) => i == 1 ? 0.5 : Math.Clamp(t, i % 3 == 0 ? double.MinValue : -1, i % 3 == 2 ? double.MaxValue : 1))]),
        ["orthant"] = d => (Region.Orthant(d), Ramp(d), [.. Ramp(d).Select(t => Math.Max(0, t))]),
        ["ball"] = d => (Region.Ball(1), Ramp(d), Onto(Ramp(d), 1)),
        ["ball around a centre"] = d => (Region.Ball([.. Each(d, i => 1.0)], 0.5), Ramp(d), [.. Onto([.. Ramp(d).Select(t => t - 1)], 0.5).Select(x => x + 1)]),
        ["sphere"] = d => (Region.Sphere(d), Ramp(d), Onto(Ramp(d), 1)),
        ["spheres"] = d => (Region.Spheres(3), Ramp(d), [.. Ramp(d).Chunk(3).SelectMany(b => Onto(b, 1))]),
        ["stiefel"] = d => (Region.Stiefel(d, 1), Ramp(d), Onto(Ramp(d), 1)),
        ["simplex"] = d => (Region.Simplex(d), [.. Each(d, i => i == 0 ? 2.0 : -1)], [.. Each(d, i => i == 0 ? 1.0 : 0)]),
        ["simplices"] = d => (Region.Simplices(3), [.. Each(d, i => i % 3 == 0 ? 2.0 : -1)], [.. Each(d, i => i % 3 == 0 ? 1.0 : 0)]),
        ["product of a sphere, a box and a ball"] = d => (
            Region.Product((Region.Sphere(2), 2), (Region.Box(2, -0.5, 0.5), 2), (Region.Ball(1), d - 4)),
            Ramp(d), [.. Onto(Ramp(d)[..2], 1), .. Ramp(d)[2..4].Select(t => Math.Clamp(t, -0.5, 0.5)), .. Onto(Ramp(d)[4..], 1)]),
    };

    public static TheoryData<string, int, string?> Cases => Rows.Each(Regions.Keys, from d in new[] { 6, Many } from device in new[] { null, "reference" } select (d, device));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_survey_finds_the_nearest_point(string name, int d, string? device)
    {
        var (objective, nearest) = Made(name, d);
        var found = Survey.Run(objective, new() { Restarts = 24, Device = device });

        var minimum = Assert.Single(found.Minima.Concat(found.BoundaryMinima));
        Assert.Equal((name, 24), (name, minimum.Count + found.Stationary.Sum(s => s.Count)));
        RequireNear(nearest, minimum.Point);
        // What is on the boundary is on sides of the region.
        Assert.Equal(found.BoundaryMinima.Count == 1, minimum.IsOnBoundary);
    }

    public static TheoryData<string> Names => [.. Regions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_search_for_saddles_lists_what_is_inside(string name)
    {
        var (objective, nearest) = Made(name, 6);
        var found = SaddleSearch.Run(objective, new() { Starts = 60 });

        // Sides are no part of it: a minimum on one is not listed, and one inside is.
        var isInside = objective.Region.Active([.. nearest]).All(s => s.IsFixed) && !objective.Region.HasOwnCoordinates;
        Assert.Equal(isInside, found.Points.Any(p => p.Index == 0 && p.Point.Zip(nearest, (a, b) => Math.Abs(a - b)).Max() < 1e-6) && isInside);
        Assert.Throws<ArgumentException>(() => SaddleSearch.Run(Made(name, Many).Objective, new() { Starts = 5 }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_region_contains_its_starts_and_its_projections_and_says_what_it_is(string name)
    {
        var (objective, nearest) = Made(name, 6);
        var region = objective.Region;
        var start = new double[6];
        for (var k = 0; k < 20; k++)
        {
            region.Starts.Draw(3, k, start);
            Assert.True(region.Violation(start) <= 1e-12);
        }

        Assert.True(region.Violation(nearest) <= 1e-12);
        Assert.False(string.IsNullOrWhiteSpace(region.Describe(6)));
        Assert.Equal(Regions[name](6).Region, region);
        Assert.Equal(region.GetHashCode(), Regions[name](6).Region.GetHashCode());
        if (!region.IsWholeSpace && name != "open and fixed sides" && name != "orthant")
        {
            Assert.False(region.Contains([.. nearest.Select(x => x + 3)]));
        }
    }

    [Fact]
    public void Products_say_what_they_do_not_take()
    {
        Assert.Contains("no parts", Assert.Throws<ArgumentException>(() => Region.Product()).Message, StringComparison.Ordinal);
        Assert.Contains("simplices come by themselves", Assert.Throws<ArgumentException>(() => Region.Product((Region.Simplex(3), 3))).Message, StringComparison.Ordinal);
        Assert.Contains("a product of 5 coordinates", Assert.Throws<ArgumentException>(() => Objective.Define("f", 4, x => x[0]) with { Region = Region.Product((Region.Sphere(3), 3), (Region.WholeSpace, 2)) }).Message, StringComparison.Ordinal);
    }

    internal static (Objective Objective, double[] Nearest) Made(string name, int d)
    {
        var (region, target, nearest) = Regions[name](d);
        var data = new Data("target", target);
        return (Objective.Define(name, d, x => Sum(d, i => Square(x[i] - data[i]))) with { Region = region }, nearest);
    }

    private static IEnumerable<double> Each(int d, Func<int, double> value) => Enumerable.Range(0, d).Select(value);

    // No coordinate is at a bound, and none 0: multipliers are clear.
    private static double[] Ramp(int d) => [.. Each(d, i => i % 2 == 0 ? 1.5 + (0.1 * (i % 7)) : -0.7 - (0.1 * (i % 5)))];

    private static double[] Onto(double[] x, double radius)
    {
        var norm = Math.Sqrt(x.Sum(e => e * e));
        return [.. x.Select(e => radius * e / norm)];
    }

    internal static void RequireNear(double[] expected, IReadOnlyList<double> found, double tolerance = 1e-6) =>
        Assert.True(expected.Zip(found, (a, b) => Math.Abs(a - b)).Max() <= tolerance, $"({string.Join(", ", found.Take(8))}) is not ({string.Join(", ", expected.Take(8))})");
}
