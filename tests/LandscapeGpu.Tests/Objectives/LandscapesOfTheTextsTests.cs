using LandscapeGpu.Differentiation;
using LandscapeGpu.Spectra;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>Families that the chapter names, against what is known of them.</summary>
public sealed class LandscapesOfTheTextsTests
{
    private static readonly SurveyOptions Few = new() { Restarts = 100, Descent = new() { IsDouble = true } };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_minimum_of_max_cut_at_rank_five_has_a_dual_certificate_and_bounds_every_cut(int seed)
    {
        var (n, k) = (10, 5);
        var objective = Catalogue.Find("max-cut").Create(null, new Dictionary<string, double> { ["rank"] = k, ["seed"] = seed });
        var minimum = Assert.Single(Survey.Run(objective, Few).Minima);
        // W by second derivatives of the bilinear form: ∂²f/∂xᵢ₀∂xⱼ₀ before the sphere.
        double Second(int i, int j)
        {
            double At(double a, double b)
            {
                var x = new double[n * k];
                (x[i * k], x[j * k]) = (a, b);
                return objective.Evaluate(x);
            }

            return i == j ? 0 : At(1, 1) - At(1, 0) - At(0, 1);
        }

        // A cut sums them all, and there are 512 cuts.
        var weights = Enumerable.Range(0, n * n).Select(e => Second(e / n, e % n)).ToArray();
        double W(int i, int j) => weights[(i * n) + j];
        double Inner(int i, int j) => Enumerable.Range(0, k).Sum(c => minimum.Point[(i * k) + c] * minimum.Point[(j * k) + c]);
        var slack = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                slack[(i * n) + j] = i == j ? -Enumerable.Range(0, n).Sum(l => W(i, l) * Inner(i, l)) : W(i, j);
            }
        }

        // Positive semidefinite: no point of any rank is lower (weak duality).
        Assert.True(SymmetricEigenvalues.Of(slack, n)[0] > -1e-7);
        // A cut is a point with all vectors ±e: none of the 2⁹ is lower.
        var best = Enumerable.Range(0, 1 << (n - 1)).Min(cut => Enumerable.Range(0, n).Sum(i => Enumerable.Range(0, i).Sum(j => W(i, j) * ((cut >> i & 1) == (cut >> j & 1) ? 1 : -1))));
        Assert.True(minimum.Value <= best + 1e-9);
    }

    [Fact]
    public void The_expected_loss_of_the_diagonal_model_is_the_mean_over_new_inputs_and_small_starts_find_the_sparse_weights()
    {
        var model = Catalogue.Find("diagonal-linear").Create();
        var random = new Random(3);
        double[] u = [.. Enumerable.Range(0, 30).Select(_ => random.NextDouble() - 0.5)];
        const int Many = 20_000;
        var mean = Enumerable.Range(0, Many).Average(_ =>
        {
            var error = Enumerable.Range(0, 30).Sum(j => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()) * ((u[j] * u[j]) - (j < 2 ? 1 : 0)));
            return 0.5 * error * error;
        });
        // χ² with one degree of freedom: five deviations of its mean.
        Assert.Equal(1, mean / model.Scores!.TestLoss!.Evaluate(u), 5 * Math.Sqrt(2.0 / Many));

        double TestLoss(double scale)
        {
            var x = new double[30];
            new Gaussian(scale / Math.Sqrt(30)).Draw(1, 0, x);
            for (var k = 0; k < 6_000; k++)
            {
                x = [.. x.Zip(ObjectiveDerivatives.Gradient(model, x), (a, g) => a - (0.02 * g))];
            }

            Assert.True(model.Evaluate(x) < 1e-4);
            return model.Scores!.TestLoss!.Evaluate(x);
        }

        Assert.True(TestLoss(0.01) < 0.02 * TestLoss(5));
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    public void With_fewer_components_than_coordinates_the_tensor_has_flat_points_orthogonal_to_all(int d, int n)
    {
        var tensor = CatalogueMembers.Find($"orthogonal-tensor d={d} components={n}");
        var found = Survey.Run(tensor, Few);
        Assert.Equal(2 * n, found.Minima.Count);
        Assert.All(found.Minima, m => Assert.Equal(-1, m.Value, 1e-9));
        // A unit vector orthogonal to the components: f = 0, its slope is 0, and so is its curvature.
        double[] v = [.. Enumerable.Range(0, d).Select(j => Math.Sin(j + 1.0))];
        foreach (var a in tensor.Known.Points)
        {
            var along = v.Zip(a, (x, y) => x * y).Sum();
            v = [.. v.Zip(a, (x, y) => x - (along * y))];
        }

        var norm = Math.Sqrt(v.Sum(x => x * x));
        v = [.. v.Select(x => x / norm)];
        Assert.Equal(0, tensor.Evaluate(v), 1e-20);
        Assert.All(ObjectiveDerivatives.Hessian(tensor, v).Cast<double>(), h => Assert.Equal(0, h, 1e-12));
    }

    [Fact]
    public void With_the_identity_as_link_the_model_is_least_squares()
    {
        var linear = CatalogueMembers.Find("glm link=identity d=3 n=50");
        var minimum = Assert.Single(Survey.Run(linear, Few).Minima);
        // Convex: the Hessian is the same everywhere, and Newton's step from 0 is the minimum.
        var (h, g) = (ObjectiveDerivatives.Hessian(linear, new double[3]), ObjectiveDerivatives.Gradient(linear, new double[3]));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(-g[i], Enumerable.Range(0, 3).Sum(j => h[i, j] * minimum.Point[j]), 1e-10);
        }
    }
}
