using LandscapeGpu.Valleys;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>What surveys do with a declared symmetry, and with flat directions that are none of its.</summary>
public class SymmetryUseTests
{
    private static readonly Objective Wells = Objective.Define("wells", 2, x => Square(Square(x[0]) - 1) + Square(x[1])) with
    {
        Symmetry = new CoordinateSigns(),
        Region = Region.Box(2, -2, 2),
    };

    [Fact]
    public void An_even_functions_minima_are_pairs_and_the_report_says_so()
    {
        var result = Survey.Run(Wells, new() { Restarts = 100 });
        var minimum = Assert.Single(result.Minima);
        // (±1, 0): the second coordinate's sign leaves it.
        Assert.Equal((2, 2, 0), ((int)minimum.Orbit!.Size!.Value, (int)minimum.Orbit.StabiliserOrder!.Value, minimum.Orbit.Dimension));
        Assert.Contains("2 (1 zero coordinate)", SurveyText.Report(result), StringComparison.Ordinal);
        Assert.Contains("\"group_order\": 4", SurveyJson.Write(result), StringComparison.Ordinal);
        Assert.Equal(2, Survey.Identify(result, IdentityKind.Location).Minima.Count);
    }

    [Fact]
    public void An_objective_without_symmetry_has_no_columns_for_it()
    {
        var result = Survey.Run(Catalogue.Find("himmelblau").Create(), new() { Restarts = 100 });
        Assert.Equal(4, result.Minima.Count);
        Assert.All(result.Minima, m => Assert.Null(m.Orbit));
        Assert.DoesNotContain("orbit", SurveyText.Report(result), StringComparison.Ordinal);
        Assert.Contains("\"orbit_size\": null", SurveyJson.Write(result), StringComparison.Ordinal);
    }

    [Fact]
    public void A_symmetry_that_does_not_hold_is_not_used_and_cannot_be_asked_for()
    {
        var tilted = Objective.Define("tilted", 2, x => Square(Square(x[0]) - 1) + (0.1 * x[0]) + Square(x[1])) with { Symmetry = new CoordinateSigns(), Region = Region.Box(2, -2, 2) };
        var result = Survey.Run(tilted, new() { Restarts = 100 });
        Assert.Equal(2, result.Minima.Count);
        Assert.Contains("is not used: it takes a point of value", Assert.Single(result.Warnings).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Survey.Run(tilted, new() { Restarts = 100, Identity = IdentityKind.Symmetry }));
    }

    [Fact]
    public void A_finite_symmetry_that_leads_out_of_the_domain_is_not_used()
    {
        var result = Survey.Run(Wells with { Region = Region.Box(2, -1.5, 4) }, new() { Restarts = 100 });
        Assert.Equal(2, result.Minima.Count);
        Assert.Contains("out of it", Assert.Single(result.Warnings).Message, StringComparison.Ordinal);
        // Of a continuous one the images inside are joined by flat directions: counting them apart would list each restart.
        var completion = Survey.Run(Catalogue.Find("matrix-completion").Create(null, new Dictionary<string, double> { ["rank"] = 2 }), new() { Restarts = 50 });
        Assert.Empty(completion.Warnings);
    }

    [Fact]
    public void Saddles_of_a_continuous_symmetry_are_listed_once_for_their_orbit()
    {
        // ½‖UUᵀ − M‖² for M of rank 3 and U of two columns: U spans two, one or none of M's eigenvectors.
        var m = new Data("M", new double[,] { { 3, 0, 0 }, { 0, 2, 0 }, { 0, 0, 1 } });
        var found = SaddleSearch.Run(Objective.Define("pca of rank two", 6, x => Sum(3, i => Sum(3, j =>
            Square(Sum(2, k => x[(2 * i) + k] * x[(2 * j) + k]) - m[i, j])))) with
        { Symmetry = new Rotations(2), Starts = new Gaussian(1) }, new() { Starts = 1_000 });
        Assert.Equal(7, found.Points.Count);
        Assert.Equal([0, 1, 1, 1, 1, 1, 1], found.Points.Select(p => p.Orbit!.Dimension).Order());
        Assert.Single(found.Points, p => p.Index == 0);
    }

    [Fact]
    public void Distances_of_orbits_are_those_of_their_nearest_points()
    {
        var random = new Random(1);
        double[] Normal(int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
        foreach (var symmetry in new Symmetry[] { new NoSymmetry(), new GlobalSign(), new CoordinateSigns(), new Rotations(2), new CommonPhase(), new BlockPermutations(1), new Translations([[1.0, 1, 0, 0, 0, 0]]) })
        {
            double[] a = Normal(6), b = Normal(6), image = [.. a];
            symmetry.Move(image, random);
            // The root of a rounding error.
            Assert.InRange(symmetry.Distance(a, image)!.Value, 0, 1e-7);
            var distance = symmetry.Distance(a, b)!.Value;
            // No image of b that is tried comes nearer, and the nearest of many comes near.
            var nearest = Enumerable.Range(0, 5_000).Min(_ =>
            {
                double[] moved = [.. b];
                symmetry.Move(moved, random);
                return Math.Sqrt(a.Zip(moved, (x, y) => (x - y) * (x - y)).Sum());
            });
            Assert.True(distance <= nearest + 1e-9, $"{symmetry}");
            // Translations and full turns are too many to meet the nearest by chance.
            Assert.True(symmetry is Translations or CommonPhase || nearest < 1.5 * distance, $"{symmetry}: {nearest} and {distance}");
        }

        double[] angles = Normal(6), others = [.. Normal(6).Select(t => 9 * t)];
        var turned = Enumerable.Range(0, 10_000).Min(k => Math.Sqrt(angles.Zip(others, (x, y) => Math.Pow(Math.IEEERemainder(x - y - (k * Math.PI / 5_000), 2 * Math.PI), 2)).Sum()));
        // The grid of turns is within 3e-4 of the best, at which the distance is stationary.
        Assert.Equal(turned, new CommonPhase().Distance(angles, others)!.Value, 1e-6);
    }

    [Fact]
    public void A_valley_that_runs_to_infinity_is_no_minimum()
    {
        // 1/(1 + x²) falls for ever; so far out its slope and curvature are nothing beside those across.
        var valley = Objective.Define("valley", 2, x => Square(x[1]) + (1 / (1 + Square(x[0])))) with { Starts = new UniformBox([1e5, -1], [1e6, 1]) };
        RequireEndless(valley);

        // The same along the hyperbola xy = 1.
        var bent = Objective.Define("bent", 2, x => Square((x[0] * x[1]) - 1) + (1 / (1 + Square(x[0])))) with { Starts = new UniformBox([1e5, 1e-6], [1e6, 1e-5]) };
        RequireEndless(bent);

        // A trough with a level floor is a minimum; one whose floor falls beyond a stretch of nothing is none, as no plateau is from whose end the value falls.
        var level = Objective.Define("level", 2, x => Square(x[1])) with { Starts = new UniformBox(-5, 5) };
        Assert.All(Kinds(level), k => Assert.Equal(StationaryKind.DegenerateMinimum, k));
        var shelf = Objective.Define("shelf", 2, x => Square(x[1]) - Square(Max(x[0] - 8, 0))) with { Starts = new UniformBox([-5, -1], [1, 1]) };
        Assert.All(Kinds(shelf), k => Assert.Equal(StationaryKind.DegenerateSaddle, k));
    }

    [Fact]
    public void A_report_says_how_small_a_basin_it_can_have_missed_and_what_else_is_known()
    {
        var result = Survey.Run(Catalogue.Find("xy-ring").Create(13), new() { Restarts = 2_000 });
        Assert.True(result.Minima.Count < 7);
        var text = SurveyText.Report(result);
        Assert.Contains($"share below 0.15% of the descents may well be missed", text, StringComparison.Ordinal);
        Assert.Contains($"7 are known: {7 - result.Minima.Count} were not found", text, StringComparison.Ordinal);
    }

    /// <summary>Restarts are known to be on their way to infinity: followed there, or at a place from where the value keeps falling; a few reach no end of descent.</summary>
    private static void RequireEndless(Objective objective)
    {
        var result = Survey.Run(objective, new() { Restarts = 30, Descent = new() { IsDouble = true } });
        Assert.Empty(result.Minima);
        Assert.All(result.Stationary, p => Assert.True(p.Kind is StationaryKind.FallingValley or StationaryKind.DegenerateSaddle));
        // Some are on their way, or beyond reach.
        Assert.InRange(result.Endless + result.Stationary.Sum(p => p.Count) + result.Outcomes.LeftDomain + result.Outcomes.IterationLimit + result.Unpolished, 25, 30);
    }

    private static List<StationaryKind> Kinds(Objective objective)
    {
        var result = Survey.Run(objective, new() { Restarts = 30, Descent = new() { IsDouble = true } });
        var found = result.Minima.Concat(result.Stationary).Select(p => p.Kind).ToList();
        Assert.NotEmpty(found);
        return found;
    }
}
