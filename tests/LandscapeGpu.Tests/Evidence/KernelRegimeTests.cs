namespace LandscapeGpu.Tests.Evidence;

/// <summary>Training beside its linearised model.</summary>
public class KernelRegimeTests
{
    private const int Steps = 40;

    [Fact]
    public void A_linear_model_is_its_own_linearisation_and_descends_as_its_eigenvalues_say()
    {
        // f = Aθ with orthogonal rows of lengths 1, 2, 3, L = ½ mean (f − y)²: residual i shrinks by 1 − ηaᵢ²/n a step.
        double[] lengths = [1, 2, 3], targets = [1, -2, 0.5], start = [0.3, 0.1, -0.4, 0.7];
        var model = Objective.DefineModel("linear", 4, x => Vector(3, i => (1 + (LandscapeGpu.Expressions.Real)i) * x[i]), y => Mean(3, i => 0.5 * Square(y[i] - new Data("t", targets)[i]))) with { Starts = new GivenPoints(start) };
        var found = Of(model, new() { Step = 0.1 });
        double[] residual = [.. lengths.Select((a, i) => (a * start[i]) - targets[i])];
        double[] last = [.. residual.Select((r, i) => r * Math.Pow(1 - (0.1 * lengths[i] * lengths[i] / 3), Steps))];
        Assert.Equal(last.Sum(r => r * r) / 6, found.Loss, 1e-13);
        Assert.Equal(Math.Sqrt(residual.Select((r, i) => Math.Pow((r - last[i]) / lengths[i], 2)).Sum()), found.Moved, 1e-12);
        Assert.Equal(0, found.KernelChange, 1e-14);
        Assert.True(found.LinearError < 1e-13);
        // K = diag(1, 4, 9): λ_min(K)/n = 1/3, and PL* is met with equality in the limit only.
        Assert.Equal(1.0 / 3, found.LeastEigenvalue, 1e-13);
        Assert.InRange(found.PolyakLojasiewicz, 1.0 / 3, 0.34);
        Assert.True(found.IsPromiseKept);
        Assert.Equal(2 * found.Moved * Math.Sqrt(14) / 3, found.DistanceBound, 1e-12);
        Assert.True(double.IsNaN(found.TestLoss));
    }

    [Fact]
    public void The_step_that_is_taken_without_one_is_that_of_the_linearised_model()
    {
        double[] start = [0.3, 0.1, -0.4];
        var model = Objective.DefineModel("linear", 3, x => Vector(3, i => (1 + (LandscapeGpu.Expressions.Real)i) * x[i]), y => Mean(3, i => 0.5 * Square(y[i]))) with { Starts = new GivenPoints(start) };
        // 1/β with β = 9/3: the third residual is gone after one step.
        var expected = start.Select((x, i) => (i + 1) * x * Math.Pow(1 - (Math.Pow(i + 1, 2) / 9), Steps)).Sum(r => r * r) / 6;
        Assert.Equal(expected, Of(model, new()).Loss, 1e-14);
    }

    [Fact]
    public void The_step_is_one_over_the_curvature_of_the_linearised_model_where_outputs_weigh_differently()
    {
        double[] start = [1, 1];
        // Outputs 3x₀ and x₁ with weights 1 and 16: J₀ᵀHJ₀ = diag(9, 16), while λ_max(K)·λ_max(H) is 144.
        var model = Objective.DefineModel("weighted", 2, x => Vector(2, i => (3 - (2 * (LandscapeGpu.Expressions.Real)i)) * x[i]), y => (0.5 * Square(y[0])) + (8 * Square(y[1]))) with { Starts = new GivenPoints(start) };
        // With 1/16 the second is gone after one step, and the first shrinks by 7/16 in each.
        Assert.Equal(4.5 * Math.Pow(7.0 / 16, 2 * Steps), Of(model, new()).Loss, 1e-14);
    }

    [Fact]
    public void Steps_are_those_that_were_made_and_the_promise_is_looked_at_step_by_step()
    {
        var model = Objective.DefineModel("linear", 1, x => Vector(1, _ => x[0]), y => Mean(1, i => 0.5 * Square(y[i]))) with { Starts = new GivenPoints([1]) };
        var stopped = KernelRegime.Of(model, new LaneDevice(1), new() { Descent = new() { Rule = new GradientDescent { Step = 1 }, Stop = new() { Iterations = 100 } } });
        // One step ends at 0, where there is no slope to go on by.
        Assert.InRange(stopped.Steps, 1, 2);
        Assert.Equal(9, stopped.Looks);
        // Too long a step: the model leaves the numbers before the limit.
        var lost = KernelRegime.Of(model, new LaneDevice(1), new() { Descent = new() { Rule = new GradientDescent { Step = 1e6 }, Stop = new() { Iterations = 10_000 } } });
        Assert.True(lost.Steps < 10_000);
    }

    [Fact]
    public void Wider_networks_are_lazier_and_their_kernels_see_held_out_samples_as_they_do()
    {
        KernelRegime At(int width) => Of(Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["width"] = width, ["n"] = 12, ["test"] = 0.5, ["start"] = 1 }), new());
        var (narrow, wide) = (At(4), At(128));
        // Both go like the width to the power of −½ or faster: 32 times as wide is a sixth.
        Assert.True(wide.KernelChange < 0.25 * narrow.KernelChange);
        Assert.True(wide.LinearError < 0.25 * narrow.LinearError);
        // ‖f − g‖ is a thousandth of the change of f: so are losses alike.
        Assert.Equal(wide.TestLoss, wide.KernelTestLoss, 0.02 * wide.TestLoss);
        Assert.All(new[] { narrow, wide }, k => Assert.True(k.PolyakLojasiewicz >= k.LeastEigenvalue * (1 - 1e-9)));
    }

    [Fact]
    public void A_sweep_over_the_step_or_the_batch_is_one_of_descent_on_one_landscape()
    {
        var network = Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["width"] = 8, ["n"] = 12, ["test"] = 0.5 });
        SurveyOptions At(double? step, int? batch) => new() { Restarts = 1, Descent = new() { Rule = new GradientDescent { Step = step ?? 0.05 }, Batch = batch, Stop = new() { Iterations = Steps } } };
        var steps = Sweep.Run("step", [0.01, 0.1], _ => network, new() { Samples = 0, WithKernel = true, Survey = At(null, null), SurveyAt = s => At(s, null) });
        // Each row is what descent by its step alone gives, and the programs of the first serve the second.
        Assert.Equal([Moved(0.01), Moved(0.1)], steps.Rows.Select(r => r.Kernel!.Moved));
        Assert.True(steps.Rows[1].Kernel!.Moved > steps.Rows[0].Kernel!.Moved && steps.Rows[1].Compiled == 0);
        Assert.Contains("rule gradient-descent, its step that of the row; kernels along one descent by gradient descent with it", steps.Sampling, StringComparison.Ordinal);
        var batches = Sweep.Run("batch", [1, 6], _ => network, new() { Samples = 0, WithKernel = true, Survey = At(null, null), SurveyAt = b => At(null, (int)b) });
        Assert.NotEqual(batches.Rows[0].Kernel!.Moved, batches.Rows[1].Kernel!.Moved);

        double Moved(double step) => Of(network, new() { Step = step }).Moved;
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(8)]
    public void Whose_test_loss_is_less_is_said_in_whole_sentences(double scale)
    {
        var seen = Sweep.Run("width", [2, 3], w => Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["width"] = w, ["n"] = 12, ["test"] = 0.5, ["scale"] = scale }),
            new() { Samples = 0, WithKernel = true, Survey = new() { Restarts = 1, Descent = new() { Rule = new GradientDescent { Step = 0.02 }, Stop = new() { Iterations = Steps } } } });
        var below = seen.Rows.Count(r => r.Kernel!.TestLoss < r.Kernel.KernelTestLoss);
        Assert.DoesNotContain("nowhere", seen.Sentence, StringComparison.Ordinal);
        Assert.Contains(below == 2 ? "at every width." : below == 0 ? "at no width." : ", and not at width = ", seen.Sentence, StringComparison.Ordinal);
    }

    private static KernelRegime Of(Objective objective, GradientDescent rule) =>
        KernelRegime.Of(objective, new LaneDevice(1), new() { Descent = new() { Rule = rule, Stop = new() { Iterations = Steps } } });
}
