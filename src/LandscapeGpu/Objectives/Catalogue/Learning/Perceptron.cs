namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>The training loss of a perceptron with one or more hidden layers, on samples; with an output for each class where targets are classes.</summary>
/// <remarks>
/// <para>
/// Squared loss is ½ mean ‖f(xₛ) − yₛ‖², yₛ being the target, or the unit vector of its class; logistic loss mean log(1 + e^(−yₛ f(xₛ))) for labels ±1; softmax
/// loss the cross-entropy mean (log Σₖ e^fₖ(xₛ) − f_yₛ(xₛ)) for classes; all plus ½ decay ‖w‖², decay being a parameter. With one hidden layer a unit's weights lie together: incoming weights, bias, outgoing weights, so that exchanging units is exchanging
/// blocks; after the units come the weights of a skip connection from inputs to outputs, if any, and the outputs' biases. With more, layers
/// follow one another, each unit its incoming weights and bias; a skip connection adds a layer's input to its output.
/// Layer normalisation brings the sums of a layer's units to mean 0 and variance 1, sample by sample; batch normalisation those of a unit, over all samples that are fitted to,
/// of which held-out samples take mean and variance as well (<see cref="BatchNormalisedShape"/>).
/// </para>
/// <para>
/// Dropout leaves out each unit of the last hidden layer with probability q and multiplies the others by 1/(1 − q), for every sample by itself. The expected squared loss is that of the whole network plus
/// ½ q/(1 − q) mean Σₖ (vₖhₖ(xₛ))², vₖ being the outgoing weights.
/// </para>
/// <para>
/// Declared symmetries, in every layer: exchange of units; with tanh their signs; without decay, with the logistic function their signs,
/// with ReLU their scales, and with weights straight from inputs to output the signs of ReLU, softplus and GELU units. Skips from layer
/// to layer tie the units of one number together. Normalisation leaves signs to whole layers only, breaks scales, and, without decay, lets
/// one vector be added to the incoming weights of a layer's units. With one output, ReLU units that no sample bends count by what they add up to.
/// </para>
/// </remarks>
internal sealed class Perceptron() : Family(
    "perceptron", "training loss of a neural network: activation, loss, depth, skips and normalisation to choose", 13, DataForm.Samples,
    "Rumelhart, Hinton and Williams (1986), Learning representations by back-propagating errors, Nature 323, 533; " +
    "symmetries: Chen, Lu and Hecht-Nielsen (1993), On the geometry of feedforward neural network error surfaces, Neural Computation 5, 910; " +
    "starts: Glorot and Bengio (2010), AISTATS, and He et al. (2015), ICCV; normalisation: Ba, Kiros and Hinton (2016), Ioffe and Szegedy (2015); dropout: Srivastava et al. (2014), JMLR 15, 1929")
{
    // 1/(1 − q) grows without end.
    private const double MostDropout = 0.99;

    private enum Loss
    {
        Squared,
        Logistic,
        Softmax,
    }

    private enum Targets
    {
        Numbers,
        Classes,
    }

    private enum Switch
    {
        Off,
        On,
    }

    private enum Normalisation
    {
        Off,
        On,
        Batch,
    }

    private enum Order
    {
        Data,
        Easy,
        Hard,
    }

    private enum Initialisation
    {
        Xavier,
        Kaiming,
    }

    public override IReadOnlyList<Setting> Settings =>
    [
        new("inputs", 2, "the number of inputs") { IsOfGenerator = true },
        new("width", 3, "the number of units in a hidden layer"),
        new("layers", 1, "the number of hidden layers"),
        Setting.Of("activation", Activation.Tanh, "what a unit does with the sum of its inputs"),
        Setting.Of("loss", Loss.Squared, "squared, logistic for two labels, or softmax for classes"),
        Setting.Of("targets", Targets.Numbers, "numbers, or classes with an output for each, as softmax always has"),
        new("decay", 0, "weight of the L2 term, half the squared length of all weights"),
        Setting.Of("skip", Switch.Off, "skip connections"),
        Setting.Of("normalise", Normalisation.Off, "on for layer normalisation, batch for batch normalisation with the mean and variance over all samples"),
        new("dropout", 0, "the probability that a unit of the last hidden layer is left out: its expected squared loss, in closed form"),
        Setting.Of("start", Initialisation.Xavier, "deviation of the starts' weights: sqrt(2/(in+out)), or sqrt(2/in)"),
        new("scale", 1, "a factor on the starts' weights"),
        new("n", 40, "the number of samples") { IsOfGenerator = true },
        new("teacher", 3, "the number of hidden units of the network the targets come from") { IsOfGenerator = true },
        new("clouds", 0, "how many normal clouds of deviation 1 inputs are drawn from, each of one label; 0 for normal inputs and the labels of a network") { IsOfGenerator = true },
        new("separation", 6, "the length of the clouds' middles, which point in random directions") { IsOfGenerator = true },
        new("classes", 3, "the number of classes of generated targets") { IsOfGenerator = true },
        new("test", 0, "samples held out, that minima are judged by: a share below 1, or a number"),
        new("split", 1, "the seed of which samples are held out, and which labels are flipped"),
        new("flips", 0, "the share of the labels fitted to that are turned to another class"),
        Setting.Of("order", Order.Data, "of the samples, for curricula: that of the data, or by how far each target is from linear least squares, nearest (easy) or farthest (hard) first"),
        new("noise", 0, "the standard deviation of the noise in the targets") { IsOfGenerator = true },
        Setting.Seed("the data"),
    ];

    protected override Objective Build(Choices choices)
    {
        var loss = choices.Option<Loss>("loss");
        var hasClasses = loss == Loss.Softmax || choices.Option<Targets>("targets") == Targets.Classes;
        if (loss == Loss.Logistic && hasClasses)
        {
            throw new ArgumentException($"{Name} with logistic loss has one output, for two labels; for classes use loss=softmax or loss=squared.");
        }

        var samples = choices.Samples ?? Generate(choices, loss, hasClasses);
        samples = loss == Loss.Logistic ? samples.Signed($"{Name} with logistic loss") : samples;
        samples = choices.Within("test", 0) is > 0 and var held ? samples.HoldOut(held, (ulong)choices.Whole("split", 0)) : samples;
        samples = choices.Within("flips", 0, 1) is > 0 and var share ? Flipped(samples, share, loss == Loss.Logistic || hasClasses, (ulong)choices.Whole("split", 0)) : samples;
        samples = choices.Option<Order>("order") is not Order.Data and var order ? samples.ByDifficulty(order == Order.Easy) : samples;
        var labels = hasClasses ? ClassLabels.Of(samples) : null;
        var normalisation = choices.Option<Normalisation>("normalise");
        var shape = new NetworkShape(
            samples.Dimension, choices.Whole("width", 1, 10_000), choices.Whole("layers", 1, 100), choices.Option<Activation>("activation"),
            choices.Option<Switch>("skip") == Switch.On, normalisation == Normalisation.On, labels?.Count ?? 1);
        ISampleNetwork network = normalisation == Normalisation.Batch ? new BatchNormalisedShape(shape) : shape;
        var dropout = choices.Within("dropout", 0, MostDropout);
        if (dropout > 0 && loss != Loss.Squared)
        {
            throw new ArgumentException($"{Name} was given dropout={dropout.ToString(CultureInfo.InvariantCulture)} with {loss.ToString().ToLowerInvariant()} loss; its expectation has a closed form with loss=squared only.");
        }

        var decay = new Parameter("decay", choices.Within("decay", 0));
        Real Penalty(Point w) => 0.5 * decay * Sum(network.Dimension, k => Square(w[k]));
        var fit = new SampleFit(Name, network, samples, labels, loss == Loss.Squared ? SampleFit.Squared : loss == Loss.Logistic ? SampleFit.Logistic : SampleFit.Softmax, loss != Loss.Squared || hasClasses) { Dropout = dropout == 0 ? null : new Parameter("dropout", dropout) };
        return fit.Model(Penalty) with
        {
            Symmetry = network.Symmetry(decay.Value == 0, dropout > 0, samples.Inputs),
            SymmetryFor = parameters => network.Symmetry(parameters.Single(p => p.Name == decay.Name).Value == 0, dropout > 0, samples.Inputs),
            Starts = network.Starts(choices.Within("scale", 0), choices.Option<Initialisation>("start") == Initialisation.Kaiming),
            Parts = network.Parts,
            Scores = fit.Scores,
            Classes = labels?.Names ?? [],
            Doubt = choices.Samples is null || normalisation == Normalisation.Batch ? null : InputUnits.DoubtOf(samples),
            Known = new() { GlobalValue = IsRealisable(choices, shape, loss) ? 0 : null },
        };
    }

    /// <summary>What is fitted to is relabelled, what is held out is not: the test is of the truth.</summary>
    private Samples Flipped(Samples samples, double share, bool isOfClasses, ulong seed) => isOfClasses
        ? samples.Relabelled(share, seed)
        : throw new ArgumentException($"{Name} was given flips, and targets that are numbers; labels are flipped with loss=logistic, loss=softmax or targets=classes.");

    /// <summary>Whether the network can compute the targets exactly, because the one they come from is part of it.</summary>
    private static bool IsRealisable(Choices choices, NetworkShape network, Loss loss) =>
        choices.Samples is null && loss == Loss.Squared && network.OutputCount == 1 && choices["noise"] == 0 && choices["decay"] == 0 && choices["dropout"] == 0 && choices["clouds"] == 0
        && network is { Layers: 1, IsNormalised: false } && network.Width >= choices["teacher"];

    /// <summary>Normal inputs, and targets of a network with one hidden layer; their signs for logistic loss, and for classes the number of its largest output.</summary>
    private static Samples Generate(Choices choices, Loss loss, bool hasClasses)
    {
        var (d, teacher, noise) = (choices.Whole("inputs", 1, 10_000), choices.Whole("teacher", 1, 10_000), choices.Within("noise", 0));
        var activation = choices.Option<Activation>("activation");
        var (inputs, weights, errors) = (new GeneratedNumbers(choices.Seed, 0), new GeneratedNumbers(choices.Seed, 1), new GeneratedNumbers(choices.Seed, 2));
        var outgoing = new GeneratedNumbers(choices.Seed, 3);
        var classes = hasClasses ? choices.Whole("classes", 2, ClassLabels.Most) : 1;
        if (choices.Whole("clouds", 0, 10_000) is > 0 and var clouds)
        {
            return Clouds(choices, d, clouds, hasClasses ? classes : 2, hasClasses);
        }

        return Samples.Generate(choices.Whole("n", 1, 10_000_000), d, inputs.Normal, (s, x) =>
        {
            // Weights of the size that makes units bend: sums of variance about 2, outputs of variance about 1.
            double[] units = [.. Enumerable.Range(0, teacher).Select(k => activation.Of(Math.Sqrt(2.0 / d) * x.Select((c, j) => c * weights.Normal(k, j + 1)).Sum()) / Math.Sqrt(teacher))];
            if (hasClasses)
            {
                return Enumerable.Range(0, classes).MaxBy(o => units.Select((u, k) => outgoing.Normal(k, o) * u).Sum() + (noise == 0 ? 0 : errors.Bounded(s, o, noise)));
            }

            var target = units.Select((u, k) => weights.Sign(k, 0) * u).Sum() + (noise == 0 ? 0 : errors.Bounded(s, 0, noise));
            return loss == Loss.Squared ? target : target >= 0 ? 1 : -1;
        });
    }

    /// <summary>A mixture of as many normal clouds, in turn; cloud c has class c mod K, or of two labels 1 and −1.</summary>
    private static Samples Clouds(Choices choices, int d, int clouds, int classes, bool isOfClasses)
    {
        var (inputs, middles) = (new GeneratedNumbers(choices.Seed, 0), new GeneratedNumbers(choices.Seed, 4));
        var length = choices.Within("separation", 0, 1e6);
        double[][] centres = [.. Enumerable.Range(0, clouds).Select(c =>
        {
            double[] v = [.. Enumerable.Range(0, d).Select(j => middles.Normal(c, j))];
            var norm = Math.Sqrt(v.Sum(e => e * e));
            return v.Select(e => length * e / norm).ToArray();
        })];
        return Samples.Generate(choices.Whole("n", 1, 10_000_000), d, (s, j) => centres[s % clouds][j] + inputs.Normal(s, j), (s, _) => isOfClasses ? s % clouds % classes : 1 - (2 * (s % clouds % 2)));
    }
}
