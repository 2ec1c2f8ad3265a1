using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Evidence;

public class InducedModelTests
{
    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 30)]
    public void Every_local_minimum_of_a_tanh_network_is_the_optimum_of_its_perturbable_gradient_basis_model(int width, int samples)
    {
        var network = SmallLandscapes.TanhNetwork(width, samples);
        var survey = Survey.Run(network, new() { Restarts = 400, Descent = new() { IsDouble = true } });
        var seen = InducedModel.Of(network, survey.Minima.Where(m => m.Kind == StationaryKind.Minimum).Take(40));
        // Permutations and signs of the units: at least 2ᵂW! places of the best minimum.
        Assert.True(seen.Points.Count >= (width == 1 ? 2 : 8), seen.Sentence);
        Assert.All(seen.Points, (p, k) =>
        {
            // The theorem, to the digits the issue asks for.
            Assert.True(Math.Abs(p.RelativeGap) <= 1e-8, $"{p}");
            Assert.Equal(p.Value, p.GradientBasis, 1e-8 * p.Value);
            // The last layer is linear: outputs are in the span of their own gradients to rounding of the basis.
            Assert.True(p.SpanDefect < 1e-7);
            // Not vacuous: the loss is not zero, and the model not rich enough to fit everything.
            Assert.True(p.Value > 1e-6);
            Assert.True(p.PerturbedRank < samples);
        });
    }

    [Theory]
    // The perceptron has minima at infinity as well, and restarts on their way there are not at rest.
    [InlineData("perceptron noise=0.3", 3)]
    // Minima with kinks nearer than 0.04, where a step of that length leaves the smooth piece.
    [InlineData("perceptron activation=relu noise=0.3", 3)]
    [InlineData("perceptron activation=relu loss=logistic noise=1 width=1", 1)]
    [InlineData("perceptron noise=0.3 activation=sigmoid", 1)]
    [InlineData("matrix-completion rows=8 p=0.6", 0)]
    [InlineData("deep-linear width=1", 1)]
    public void Families_whose_outputs_are_in_the_span_of_their_gradients_obey_the_theorem_at_every_local_minimum_found(string name, int positive)
    {
        var objective = CatalogueMembers.Find(name);
        var survey = Survey.Run(objective, new() { Restarts = 80, Descent = new() { IsDouble = true } });
        var seen = InducedModel.Of(objective, survey.Minima);
        Assert.Equal(survey.Minima.Count, seen.Points.Count + seen.NotStationary);
        Assert.NotEmpty(seen.Points);
        Assert.All(seen.Points, p => Assert.True(p.IsInSpan && p.Agrees, $"{p}"));
        // Not vacuous: some minimum leaves a loss that a richer basis would lower.
        Assert.True(seen.Points.Count(p => p.IsPositive) >= positive);
    }

    [Fact]
    public void Perturbations_stay_below_the_nearest_kink_of_every_sample()
    {
        // One ReLU unit without bias on inputs 1 and −2: it bends where a = 0, and the box [a − r, a + r] keeps clear of that while r < |a|.
        var unit = Objective.DefineModel("unit", 2, w => Vector(2, s => w[1] * Relu(w[0] * (1 - (3 * (Real)s)))), y => Square(y[0] - 1) + Square(y[1]));
        Assert.Equal(1, KinkDistance.Of(unit, Units.One, [1.5, 2], 1));
        Assert.Equal(0.25, KinkDistance.Of(unit, Units.One, [-0.3, 2], 1));
        Assert.Equal(0, KinkDistance.Of(unit, Units.One, [0, 2], 1));
        // Where a smaller part of the formula bends, the other formulas say so as well.
        var kinds = Objective.DefineModel("kinds", 2, w => Vector(3, s => Select((Real)s < 1, Abs(w[0]), Max(w[0], w[1]) + Sqrt(w[0] + 2))), y => Sum(y));
        Assert.Equal(0.5, KinkDistance.Of(kinds, Units.One, [0.6, 3], 1));
        Assert.Equal(0.125, KinkDistance.Of(kinds, Units.One, [0.6, 0.9], 1));
    }

    [Fact]
    public void Where_outputs_are_not_in_the_span_of_their_gradients_nothing_is_claimed()
    {
        var neuron = CatalogueMembers.Find("single-neuron");
        var seen = InducedModel.Of(neuron, Survey.Run(neuron, new() { Restarts = 500 }).Minima);
        Assert.Equal(9, seen.Points.Count);
        Assert.All(seen.Points, p => Assert.False(p.IsInSpan));
        Assert.Contains("it says nothing there", seen.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("to 1e-8 relative", seen.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Away_from_stationary_points_the_induced_model_does_better()
    {
        var network = SmallLandscapes.TanhNetwork(2, 12);
        var start = SmallLandscapes.Numbers(5, network.Dimension);
        var at = InducedModel.At(network, start);
        Assert.True(at.GradientBasis < at.Value * 0.99);
        // So it is not taken for a minimum that the theorem fails at.
        Assert.Equal(1, InducedModel.Of(network, [Point(network, start)]).NotStationary);
    }

    [Fact]
    public void Perturbations_tell_a_degenerate_saddle_from_a_local_minimum()
    {
        // Outputs abc·u: at the origin all gradients vanish, and any gradient basis model is 0. Perturbed to a, b ≠ 0, c = 0 the outputs
        // are still 0 and ∂/∂c reaches everything: the origin, of value ½, is no local minimum.
        var deep = Objective.DefineModel("deep linear", 3, x => Vector(2, k => ((Real)k + 1) * x[0] * x[1] * x[2]), y => 0.5 * (Square(y[0] - 1) + Square(y[1] - 2)));
        var origin = InducedModel.Of(deep, [Point(deep, [0, 0, 0])]).Points.Single();
        Assert.Equal(2.5, origin.GradientBasis, 1e-12);
        Assert.True(origin.PerturbedBasis < 1e-12);
    }

    [Fact]
    public void The_perturbations_leave_the_outputs_as_they_are()
    {
        // Two units with the same weights: moving weight from one outgoing connection to the other changes nothing.
        var network = SmallLandscapes.TanhNetwork(2, 6);
        double[] theta = [0.7, 0.7, 0.2, 0.2, 0.5, -0.3, 0.1];
        using var jacobian = new ModelJacobian(network);
        var found = InvariantPerturbations.Of(jacobian, theta, jacobian.Columns(theta), 2e-2);
        Assert.NotEmpty(found);
        var y = jacobian.Outputs(theta);
        Assert.All(found, p => Assert.All(jacobian.Outputs(p), (v, k) => Assert.Equal(y[k], v, 1e-12)));
        Assert.Contains(found, p => Symmetry.Euclidean(p, theta) > 1e-3);
    }

    [Fact]
    public void The_Jacobian_is_the_derivative_of_the_outputs()
    {
        var network = SmallLandscapes.TanhNetwork(3, 7);
        var theta = SmallLandscapes.Numbers(6, network.Dimension);
        using var jacobian = new ModelJacobian(network);
        var columns = jacobian.Columns(theta);
        const double h = 1e-5;
        for (var j = 0; j < theta.Length; j++)
        {
            var (above, below) = ((double[])theta.Clone(), (double[])theta.Clone());
            above[j] += h;
            below[j] -= h;
            var (up, down) = (jacobian.Outputs(above), jacobian.Outputs(below));
            // Central differences: h² of truncation, 1e-16/h of rounding.
            Assert.All(columns[j], (c, i) => Assert.Equal((up[i] - down[i]) / (2 * h), c, 1e-8));
        }

        // And the objective is the loss of the outputs.
        using var fit = new ConvexFit(network);
        Assert.Equal(network.Evaluate(theta), fit.Loss(jacobian.Outputs(theta)), 1e-14);
    }

    [Fact]
    public void A_penalised_objective_is_refused()
    {
        var network = Objective.DefineModel("ridge", 1, x => Vector(1, k => x[0] * 2), y => Square(y[0] - 1), x => Square(x[0]));
        Assert.Equal(1 + 1, network.Evaluate([1.0]), 1e-15);
        Assert.Contains("penalty", Assert.Throws<ArgumentException>(() => InducedModel.Of(network, [])).Message, StringComparison.Ordinal);
    }

    private static StationaryPoint Point(Objective objective, double[] at) => new()
    {
        Kind = StationaryKind.DegenerateMinimum,
        Value = objective.Evaluate(at),
        Point = at,
        Count = 1,
        Share = 1,
        ShareLow = 0,
        ShareHigh = 1,
        GradientNorm = 0,
        Eigenvalues = [],
        Index = 0,
        FlatDirections = 0,
        Trace = 0,
        ConditionNumber = 1,
        Sharpness = 0,
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e-6, 1)]
    [InlineData(1, 1e7)]
    [InlineData(1e5, 1e-6)]
    public void A_fit_s_minimum_is_that_of_its_induced_model_in_any_units(double y, double t)
    {
        var fit = SmallLandscapes.Saturation(y, t);
        var seen = InducedModel.Of(fit, Survey.Run(fit, new() { Restarts = 50 }).Minima);
        Assert.Equal(0, seen.NotStationary);
        var minimum = Assert.Single(seen.Points);
        Assert.True(minimum.Agrees && minimum.IsInSpan && minimum.IsPositive);
        Assert.Equal((2, 2), (minimum.Rank, minimum.PerturbedRank));
    }
}
