using LandscapeGpu.Differentiation;
using LandscapeGpu.Evidence;
using LandscapeGpu.Statistics;

namespace LandscapeGpu.Tests.Evidence;

public class StrictSaddleTests
{
    private static readonly VerificationOptions Small = new() { Survey = new() { Restarts = 300, Descent = new() { IsDouble = true } }, SaddleStarts = 400, Paths = 3 };

    [Fact]
    public void A_deep_linear_network_has_only_global_minima_and_fails_strict_saddle_at_the_origin()
    {
        var seen = Verification.Of(SmallLandscapes.DeepLinear, Small);
        Assert.Empty(seen.LocalVersusGlobal.Spurious);
        Assert.False(seen.StrictSaddle!.Holds);
        // The gradient at distance r is of order r²: the walk ends within 1e-6 of the origin.
        Assert.Contains(seen.StrictSaddle!.DegenerateSaddles, p => p.Point.All(x => Math.Abs(x) < 1e-5) && Math.Abs(p.Value - 0.5) < 1e-12);
        Assert.StartsWith("Strict saddle fails", seen.StrictSaddle!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void PCA_is_strict_saddle_with_the_gap_of_its_eigenvalues()
    {
        var seen = Verification.Of(Catalogue.Find("pca").Create(4), Small);
        Assert.True(seen.StrictSaddle!.Holds);
        // The saddle √λᵢvᵢ curves down by 2(λ₁ − λᵢ), the least 2(1 − 0.8); the origin by 2.
        Assert.Equal(0.4, seen.StrictSaddle!.LeastSaddleCurvature, 1e-9);
        var last = seen.StrictSaddle!.Bounds[^1];
        Assert.InRange(last.Beta, 0.3, 0.4 + 1e-9);
        Assert.Empty(seen.LocalVersusGlobal.Spurious);
    }

    [Fact]
    public void Every_bound_is_kept_by_the_points_it_was_taken_from_and_by_no_larger_beta()
    {
        var well = Objective.Define("double well", 1, x => 0.25 * Square(Square(x[0]) - 1)) with { Starts = new UniformBox(-1.5, 1.5) };
        var survey = Survey.Run(well, Small.Survey);
        var points = SaddleSearch.Run(well, new() { Starts = 100 }).Points;
        var global = GlobalReference.Of(survey);
        var sample = LandscapeSample.Draw(well, global, 700);
        var seen = StrictSaddle.Of(well, global, sample, points);
        Assert.All(seen.Bounds, bound =>
        {
            // f′ = x³ − x, f″ = 3x² − 1, minima ±1: the definition evaluated here.
            var undecided = sample.Points.Append([0.0]).Select(p => p[0])
                .Where(x => Math.Abs((x * x * x) - x) < bound.Alpha * (1 - 1e-9) && Math.Abs(Math.Abs(x) - 1) > bound.Gamma * (1 + 1e-9)).ToList();
            Assert.All(undecided, x => Assert.True((3 * x * x) - 1 <= -bound.Beta + 1e-9));
            if (undecided.Count > 0)
            {
                Assert.Equal(bound.Beta, undecided.Min(x => 1 - (3 * x * x)), 1e-9);
            }
        });
        // At the saddle f″ = −1; no point of convexity on [−1.5, 1.5] is farther than ½ from a minimum.
        Assert.Equal(1, seen.LeastSaddleCurvature, 1e-9);
        Assert.All(seen.Bounds, b => Assert.True(b.Gamma <= 0.5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_point_flat_to_second_order_is_a_minimum_unless_there_is_a_way_down(bool cubic)
    {
        // x² + y³, the chapter's example, and x² + y⁴.
        var flat = Objective.Define("flat", 2, x => Square(x[0]) + (cubic ? Pow(x[1], 3) : Pow(x[1], 4)));
        using var ray = new DescendingRay(flat);
        Assert.Equal(cubic, ray.LeadsFrom([0.0, 0.0]));
    }

    [Fact]
    public void A_lower_place_behind_a_barrier_is_no_way_down()
    {
        // A strict minimum whose barrier is at 0.014, well within the spheres that are searched.
        var narrow = Objective.Define("narrow", 2, x => Square(x[0]) + (1e-4 * Square(x[1])) - Pow(x[1], 4));
        using var ray = new DescendingRay(narrow);
        Assert.False(ray.LeadsFrom([0.0, 0.0]));
    }

    [Fact]
    public void Spurious_minima_are_listed_and_none_found_comes_with_what_the_restarts_can_exclude()
    {
        var tilted = LocalVersusGlobal.Of(Survey.Run(Catalogue.Find("tilted-sine").Create(), Small.Survey));
        // Minima are 2π apart and each 0.4π lower than the one to its right.
        Assert.Equal(2, tilted.Spurious.Count(s => s.AtBound.Count == 0));
        Assert.Equal(0.4 * Math.PI, tilted.Spurious[0].Value - tilted.Global.Value, 1e-9);
        Assert.Null(tilted.LargestUnseenShare);

        var clean = LocalVersusGlobal.Of(Survey.Run(Catalogue.Find("himmelblau").Create(), Small.Survey));
        Assert.Empty(clean.Spurious);
        Assert.Equal(Proportion.LargestUnseen(clean.Converged), clean.LargestUnseenShare);
        Assert.Equal(0, clean.Spread, 1e-12);
    }
}
