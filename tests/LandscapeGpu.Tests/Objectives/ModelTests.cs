namespace LandscapeGpu.Tests.Objectives;

/// <summary>Objectives that are a loss of outputs.</summary>
public class ModelTests
{
    // Families fitted to data, one way or another.
    private static readonly string[] Fitted =
    [
        "pca", "pca-rank-r", "matrix-completion", "matrix-sensing", "phase-retrieval", "glm", "single-neuron", "least-squares", "deep-linear", "linear-residual", "linear-recurrent",
        "quadratic-network", "perceptron",
    ];

    public static TheoryData<string> Models => [.. CatalogueMembers.Members.Where(n => CatalogueMembers.Find(n).Model is not null)];

    [Fact]
    public void Every_family_that_is_fitted_to_data_says_what_its_outputs_are() =>
        Assert.All(Fitted, name => Assert.NotNull(CatalogueMembers.Find(name).Model));

    [Theory]
    [MemberData(nameof(Models))]
    public void The_objective_is_the_loss_of_the_outputs(string name)
    {
        var objective = CatalogueMembers.Find(name);
        var loss = objective.Parameters.Where(p => objective.Model!.Loss.Parameters.Any(l => l.Name == p.Name)).Aggregate(objective.Model!.Loss, (l, p) => l.With(p.Name, p.Value));
        var random = new Random(3);
        for (var trial = 0; trial < 3; trial++)
        {
            var x = CatalogueMembers.RandomPoint(objective, random);
            var outputs = objective.Evaluate(DoubleArithmetic.Instance, x, objective.Model.OutputVector);
            var decay = objective.Parameters.Where(p => p.Name == "decay").Sum(p => 0.5 * p.Value * x.Sum(c => c * c));
            // Dropout's expectation adds a term that is no part of the loss of the outputs.
            var value = (objective.Parameters.Any(p => p.Name == "dropout") ? objective.With("dropout", 0) : objective).Evaluate(x);
            // Sums of up to some hundred terms in another order, of which PCA's are a difference of large ones.
            Assert.Equal(value, loss.Evaluate(outputs) + decay, 1e-12 * Math.Max(1, outputs.Sum(y => y * y)));
        }
    }

    [Fact]
    public void Model_and_loss_are_one_formula_where_each_output_is_read_once()
    {
        var y = new Data("y", [1, 2, 3]);
        var apart = Objective.DefineModel("model", 2, x => Vector(3, s => Tanh(x[0] * s) + x[1]), o => Mean(3, s => Square(o[s] - y[s])));
        var whole = Objective.Define("whole", 2, x => Mean(3, s => Square(Tanh(x[0] * s) + x[1] - y[s])));
        Assert.Equal(whole.Value.ToString(), apart.Value.ToString());
    }

    [Fact]
    public void Outputs_that_are_read_out_of_order_or_inside_other_loops_are_still_the_outputs()
    {
        var y = new Data("y", [1, -2, 3]);
        // The inner loop has the extent and depth of the sum that each output is.
        var model = Objective.DefineModel("pairs", 3, x => Vector(3, s => Sum(3, j => x[j] * (j + s))), o => Sum(3, s => Sum(3, j => y[j] * o[s])) + o[2] - (2 * Sum(2, s => o[s + 1])));
        double[] at = [0.3, -0.7, 1.1];
        double Output(int s) => Enumerable.Range(0, 3).Sum(j => at[j] * (j + s));
        var expected = (2 * (Output(0) + Output(1) + Output(2))) + Output(2) - (2 * (Output(1) + Output(2)));
        Assert.Equal(expected, model.Evaluate(at), 1e-14);
    }
}
