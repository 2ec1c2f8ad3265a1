using LandscapeGpu.Pathways;

namespace LandscapeGpu.Tests.Pathways;

/// <summary>Maps whose passes lie inside and on faces of regions, against floods of dense grids.</summary>
public class BoundarySaddleTests
{
    // Points of a grid along each coordinate.
    private const int Grid = 201;

    // Random landscapes and boxes of each kind; more with LANDSCAPE_LONG_TESTS=1.
    private static readonly int Seeds = LongTests.AreAsked ? 40 : 2;

    public static TheoryData<int> Solids => [.. Enumerable.Range(100, Seeds)];

    public static TheoryData<int> Random => [.. Enumerable.Range(200, Seeds)];

    public static TheoryData<string, double, double, double, double> Boxes => new()
    {
        // Whole, and cut through passes and wells.
        { "himmelblau", -5, 5, -5, 5 },
        { "himmelblau", 0.2, 5, -5, 5 },
        { "himmelblau", -4.5, 4.5, -0.5, 4 },
        { "himmelblau", -3.2, 2.5, -3, 2.5 },
        { "six-hump-camel", -2, 2, 0.1, 1 },
        { "six-hump-camel", -0.5, 2, -1, 0.4 },
        { "muller-brown", -1.5, 1.2, -0.2, 2 },
        { "muller-brown", -1.5, 1.2, 0.35, 2 },
        { "muller-brown", -0.75, 1, -0.2, 1.6 },
        { "waves 1", -2, 2, -2, 2 },
        { "waves 2", -2, 2, -2, 2 },
        { "waves 3", -2, 1.5, -2, 2 },
        { "waves 4", -2, 2, -1, 2 },
        { "waves 5", -1.7, 2, -1, 2.1 },
        { "waves 6", -2.3, 2, -1.3, 2.2 },
    };

    [Theory]
    [MemberData(nameof(Boxes))]
    public void Minima_and_barriers_in_a_box_are_those_of_a_flood(string name, double left, double right, double low, double high)
    {
        var (plain, landscape) = Of(name);
        landscape = landscape with { Region = Region.Box([left, low], [right, high]) };
        var (flood, point) = FloodFill.OfBox(plain, [left, low], [right, high], Grid);
        Agrees(landscape, flood, point, Math.Max(right - left, high - low) / (Grid - 1));
    }

    [Theory]
    [MemberData(nameof(Random))]
    public void Minima_and_barriers_in_a_random_box_and_ball_are_those_of_a_flood(int seed)
    {
        var (plain, waves) = Waves(seed, 2);
        var random = new Random(seed);
        double[] low = [-1 - random.NextDouble(), -1 - random.NextDouble()];
        double[] high = [1 + random.NextDouble(), 1 + random.NextDouble()];
        var (flood, point) = FloodFill.OfBox(plain, low, high, Grid);
        Agrees(waves with { Region = Region.Box(low, high) }, flood, point, Enumerable.Range(0, 2).Max(i => high[i] - low[i]) / (Grid - 1));
        (flood, point) = FloodFill.OfDisc(plain, low, high[0], Grid);
        Agrees(waves with { Region = Region.Ball(low, high[0]) }, flood, point, 2 * Math.PI * high[0] / Grid);
    }

    [Theory]
    [MemberData(nameof(Solids))]
    public void Minima_and_barriers_in_a_box_of_three_coordinates_are_those_of_a_flood(int seed)
    {
        var (plain, waves) = Waves(seed, 3);
        double[] low = [-1, -1.2, -0.9];
        double[] high = [1.3, 1, 1.1];
        var (flood, point) = FloodFill.OfSolid(plain, low, high, 41);
        Agrees(waves with { Region = Region.Box(low, high) }, flood, point, 2.3 / 40, 1);
    }

    [Theory]
    [InlineData("himmelblau", 0, 0, 3)]
    [InlineData("himmelblau", 1, -1, 3.5)]
    [InlineData("waves 1", 0, 0, 1.5)]
    [InlineData("waves 2", 0.3, 0.2, 2)]
    [InlineData("waves 3", 0, 0, 2)]
    public void Minima_and_barriers_in_a_ball_are_those_of_a_flood(string name, double x, double y, double radius)
    {
        var (plain, landscape) = Of(name);
        landscape = landscape with { Region = Region.Ball([x, y], radius) };
        var (flood, point) = FloodFill.OfDisc(plain, [x, y], radius, Grid);
        Agrees(landscape, flood, point, 2 * Math.PI * radius / Grid);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Minima_and_barriers_on_a_sphere_are_those_of_a_flood(int seed)
    {
        var (plain, landscape) = Waves(seed, 3);
        landscape = landscape with { Region = Region.Sphere(3) };
        var (flood, point) = FloodFill.OfSphere(plain, Grid);
        Agrees(landscape, flood, point, 2 * Math.PI / Grid);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Minima_and_barriers_on_a_simplex_are_those_of_a_flood(int seed)
    {
        var (plain, waves) = Waves(seed, 3, 24);
        var (flood, point) = FloodFill.OfSimplex(plain, Grid);
        // Spectra are those of the square roots that move; |a| of a wave is at most 12 √3, and six have heights of at most 1.
        Agrees(waves with { Region = Region.Simplex(3) }, flood, point, Math.Sqrt(2) / (Grid - 1), 0, 6 * 3 * 12 * 12);
    }

    [Fact]
    public void What_is_stationary_on_a_face_of_a_simplex_and_falls_inwards_is_no_transition_state()
    {
        var convex = Objective.Define("fourth powers", 3, x => Sum(3, i => Square(Square(x[i])))) with { Region = Region.Simplex(3) };
        var network = TransitionSearch.Run(convex, new() { Survey = new() { Restarts = 100 } });
        Assert.Single(network.Minima);
        Assert.Empty(network.TransitionStates);
        Assert.Equal(3, network.NotCrossed);
        // Of −Σx² the corners are minima, joined along the edges.
        var concave = Objective.Define("squares", 3, x => -Sum(3, i => Square(x[i]))) with { Region = Region.Simplex(3) };
        network = TransitionSearch.Run(concave, new() { Survey = new() { Restarts = 100 } });
        Assert.Equal(3, network.Minima.Count);
        Assert.Equal([-0.5, -0.5, -0.5], network.TransitionStates.Select(t => Math.Round(t.Value, 9)));
        Assert.All(network.TransitionStates, t => Assert.Equal(Math.Sqrt(2), t.LengthFrom + t.LengthTo, 3));
    }

    private static void Agrees(Objective landscape, FloodFill flood, Func<int, double[]> point, double spacing, double more = 0, double? bend = null)
    {
        var network = TransitionSearch.Run(landscape, new() { Survey = new() { Restarts = 500 } });
        // A grid point is within half a diagonal of any place; there f is off by the curvature on it, as the flood's own minima show.
        var minima = network.Minima;
        var curvature = bend ?? network.TransitionStates.Select(t => t.Saddle).Concat(minima).SelectMany(p => p.Eigenvalues).Select(Math.Abs).Append(1).Max();
        var off = (1 + more) * curvature * spacing * spacing;
        var lakes = flood.Minima(2 * off);
        // Each lake is a minimum, and each minimum that is deep enough to be seen on the grid a lake.
        var minimumOf = lakes.Select(k => Enumerable.Range(0, minima.Count).MinBy(m => Distance(point(k), minima[m].Point))).ToArray();
        Assert.Equal(lakes.Count, minimumOf.Distinct().Count());
        Assert.All(lakes.Zip(minimumOf), p => Assert.InRange(Distance(point(p.First), minima[p.Second].Point), 0, 3 * spacing));
        var barriers = network.Barriers(minima.Count);
        Assert.All(
            Enumerable.Range(0, minima.Count).Except(minimumOf),
            m => Assert.InRange(Enumerable.Range(0, m).Min(lower => barriers[m, lower]) - minima[m].Value, 0, 4 * off));
        for (var a = 0; a < lakes.Count; a++)
        {
            for (var b = 0; b < a; b++)
            {
                Assert.Equal(flood.Barrier(lakes[a], lakes[b]), barriers[minimumOf[a], minimumOf[b]], off);
            }
        }
    }

    /// <summary>A landscape as plain arithmetic and as an objective.</summary>
    private static (Func<double[], double> Plain, Objective Objective) Of(string name) => name switch
    {
        "himmelblau" => (p => Math.Pow((p[0] * p[0]) + p[1] - 11, 2) + Math.Pow(p[0] + (p[1] * p[1]) - 7, 2), Catalogue.Find(name).Create()),
        "six-hump-camel" => (p => ((4 - (2.1 * p[0] * p[0]) + (Math.Pow(p[0], 4) / 3)) * p[0] * p[0]) + (p[0] * p[1]) + (((4 * p[1] * p[1]) - 4) * p[1] * p[1]), Catalogue.Find(name).Create()),
        "muller-brown" => (MullerBrown, Catalogue.Find(name).Create()),
        _ => Waves(int.Parse(name[6..], System.Globalization.CultureInfo.InvariantCulture), 2),
    };

    private static double MullerBrown(double[] p)
    {
        double Term(double height, double a, double b, double c, double x, double y) => height * Math.Exp((a * (p[0] - x) * (p[0] - x)) + (b * (p[0] - x) * (p[1] - y)) + (c * (p[1] - y) * (p[1] - y)));
        return Term(-200, -1, 0, -10, 1, 0) + Term(-100, -1, 0, -10, 0, 0.5) + Term(-170, -6.5, 11, -6.5, -0.5, 1.5) + Term(15, 0.7, 0.6, 0.7, -1, 1);
    }

    /// <summary>Plane waves in random directions, and a bowl.</summary>
    private static (Func<double[], double> Plain, Objective Objective) Waves(int seed, int d, double span = 6)
    {
        var random = new Random(seed);
        var waves = Enumerable.Range(0, 6).Select(_ => (Along: Enumerable.Range(0, d).Select(_ => span * (random.NextDouble() - 0.5)).ToArray(), Phase: 6 * random.NextDouble(), Height: random.NextDouble())).ToArray();
        return (
            p => (0.05 * p.Sum(x => x * x)) + waves.Sum(w => w.Height * Math.Sin(w.Phase + w.Along.Zip(p, (a, x) => a * x).Sum())),
            Objective.Define($"waves {seed}", d, x => waves.Select(w => w.Height * Sin(w.Along.Select((a, i) => a * x[i]).Aggregate((a, b) => a + b) + w.Phase)).Aggregate((a, b) => a + b) + (0.05 * Sum(d, i => Square(x[i])))));
    }

    private static double Distance(IReadOnlyList<double> a, IReadOnlyList<double> b) => Norm([.. a.Zip(b, (p, q) => p - q)]);

    private static double Norm(IReadOnlyList<double> v) => Math.Sqrt(v.Sum(e => e * e));
}
