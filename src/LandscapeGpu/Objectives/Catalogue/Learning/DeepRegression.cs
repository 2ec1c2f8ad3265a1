namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>mean (W_L ⋯ W₁xₛ − yₛ)ᵖ/p with one output: linear regression in the p-norm, written with as many matrices as one likes.</summary>
/// <remarks>
/// Depth adds nothing to what is computed: with depth 1 the loss is convex in the weights, and at every depth its least value is the same. Gradient descent's
/// path is another. On losses with p &gt; 2 the largest step that is stable is decided by the residuals at the start; deeper parametrisations begin
/// where steps are short and grow with the weights, which speeds descent up. Weights are W₁ row by row, then W₂, …; minima are counted by their product.
/// </remarks>
internal sealed class DeepRegression() : Family(
    "deep-regression", "linear regression in a p-norm as a product of layers: the same minimum, another path", 6, DataForm.Samples,
    "Arora, Cohen and Hazan (2018), On the optimization of deep networks: implicit acceleration by overparameterization, ICML")
{
    public override IReadOnlyList<Setting> Settings =>
    [
        new("inputs", 5, "the number of inputs") { IsOfGenerator = true },
        new("depth", 2, "the number of layers; 1 for the linear model itself"),
        new("width", 1, "the width of the layers between"),
        new("power", 4, "p, an even number"),
        new("scale", 0.3, "the size of the starts' weights, over the root of how many a unit has"),
        new("n", 40, "the number of samples") { IsOfGenerator = true },
        new("norm", 3, "the length of the true weights") { IsOfGenerator = true },
        new("noise", 0, "the standard deviation of the noise in y") { IsOfGenerator = true },
        new("test", 0, "samples held out, that minima are judged by: a share below 1, or a number"),
        new("split", 1, "the seed of which samples are held out"),
        Setting.Seed("the data"),
    ];

    protected override Objective Build(Choices choices)
    {
        var (depth, width, power) = (choices.Whole("depth", 1, 50), choices.Whole("width", 1, 1000), choices.Whole("power", 2, 20));
        if (power % 2 != 0)
        {
            throw new ArgumentException($"{Name} was given power={power}; it must be even, so that the loss is smooth.");
        }

        var samples = choices.Samples ?? Generate(choices);
        samples = choices.Within("test", 0) is > 0 and var held ? samples.HoldOut(held, (ulong)choices.Whole("split", 0)) : samples;
        int[] widths = [samples.Dimension, .. Enumerable.Repeat(width, depth - 1), 1];
        var dimension = widths.Zip(widths.Skip(1), (from, to) => from * to).Sum();
        var deviations = widths.Zip(widths.Skip(1), (from, to) => Enumerable.Repeat(choices.Within("scale", 1e-9) / Math.Sqrt(from), from * to)).SelectMany(w => w);
        return Fit(Name, samples, widths, dimension, power) with
        {
            Parts = LinearLayers.Parts(widths),
            Symmetry = depth == 1 ? null : new LayerProduct(widths),
            Starts = new Gaussian(PerCoordinate.Create(deviations.ToArray())),
            Scores = samples.HeldOut is { } others ? new() { TestLoss = Fit("test loss", others, widths, dimension, power) } : null,
            Known = choices.Samples is null && choices["noise"] == 0 ? new() { GlobalValue = 0 } : new(),
        };
    }

    private static Objective Fit(string name, Samples samples, int[] widths, int dimension, int power)
    {
        var (x, y, n) = (new Data("X", samples.Inputs), new Data("y", samples.Targets), samples.Count);
        return Objective.DefineModel(
            name, dimension,
            w => Vector(n, s => Output(w, widths, x, s)),
            outputs => Mean(n, s => Pow(outputs[s] - y[s], power)) / power);
    }

    private static Real Output(Point w, int[] widths, Data x, Index s)
    {
        var begin = 0;
        Func<Index, Real> below = j => x[s, j];
        for (var l = 1; l < widths.Length - 1; l++)
        {
            var (from, offset, under) = (widths[l - 1], begin, below);
            var h = Vector(widths[l], i => Sum(from, j => w[offset + (i * from) + j] * under(j)));
            below = i => h[i];
            begin += widths[l] * from;
        }

        var (last, units) = (begin, below);
        return Sum(widths[^2], j => w[last + j] * units(j));
    }

    private static Samples Generate(Choices choices)
    {
        var (inputs, errors) = (new GeneratedNumbers(choices.Seed, 1), new GeneratedNumbers(choices.Seed, 2));
        var (d, noise) = (choices.Whole("inputs", 1, 10_000), choices.Within("noise", 0));
        var truth = new GeneratedNumbers(choices.Seed, 0).OnSphere(d, choices.Within("norm", 0, 1e6));
        return Samples.Generate(choices.Whole("n", 1, 1_000_000), d, inputs.Normal, (s, x) => x.Zip(truth, (a, b) => a * b).Sum() + (noise == 0 ? 0 : noise * errors.Normal(s, 0)));
    }
}
