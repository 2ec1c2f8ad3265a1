namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>mean log(1 + e^(−yₛ⟨w, xₛ⟩)) + ½λ‖w‖² for labels ±1: convex, and without a minimum where the labels can be separated.</summary>
/// <remarks>
/// Inputs are a mixture of two normal clouds of unit variance around ±(separation/2)u, one for each label, with u of length 1; a share of the labels is
/// turned round. Where some w has all yₛ⟨w, xₛ⟩ &gt; 0 and λ = 0, f falls to 0 along tw and has no minimum: gradient descent runs to infinity
/// in the direction of the largest margin, nearer to it like 1/log of the steps.
/// </remarks>
internal sealed class LogisticRegression() : Family(
    "logistic-regression", "logistic loss on two clouds: one minimum, or none where a plane parts them", 2, (1, 10_000), DataForm.Samples,
    "Soudry, Hoffer, Nacson, Gunasekar and Srebro (2018), The implicit bias of gradient descent on separable data, JMLR 19, 2822")
{
    public override IReadOnlyList<Setting> Settings =>
    [
        new("decay", 0, "weight λ of the L2 term, half the squared length of w"),
        new("n", 40, "the number of samples") { IsOfGenerator = true },
        new("separation", 2, "the distance of the middles of the clouds, each of deviation 1") { IsOfGenerator = true },
        new("flips", 0, "the share of labels that are turned round") { IsOfGenerator = true },
        Setting.Seed("the data"),
    ];

    protected override Objective Build(Choices choices)
    {
        var given = choices.Samples?.Signed(Name);
        var samples = given ?? Generate(choices);
        var (n, d) = (samples.Count, samples.Dimension);
        var (x, y, decay) = (new Data("X", samples.Inputs), new Data("y", samples.Targets), new Parameter("decay", choices.Within("decay", 0)));
        return (Objective.DefineModel(
            Name, d,
            w => Vector(n, s => Sum(d, j => x[s, j] * w[j])),
            outputs => Mean(n, s => Softplus(-y[s] * outputs[s])),
            w => 0.5 * decay * Sum(d, j => Square(w[j]))) with
        {
            Starts = new Gaussian(1 / Math.Sqrt(d)),
        }).InUnits(given, 1 / Math.Sqrt(d));
    }

    private static Samples Generate(Choices choices)
    {
        var (inputs, labels, flips) = (new GeneratedNumbers(choices.Seed, 0), new GeneratedNumbers(choices.Seed, 1), new GeneratedNumbers(choices.Seed, 2));
        var middle = new GeneratedNumbers(choices.Seed, 3).OnSphere(choices.Dimension, 0.5 * choices.Within("separation", 0, 1e6));
        var share = choices.Within("flips", 0, 0.5);
        return Samples.Generate(
            choices.Whole("n", 1, 10_000_000), choices.Dimension,
            (s, j) => inputs.Normal(s, j) + (labels.Sign(s, 0) * middle[j]),
            (s, _) => labels.Sign(s, 0) * (flips.Uniform(s, 0) < share ? -1 : 1));
    }
}
