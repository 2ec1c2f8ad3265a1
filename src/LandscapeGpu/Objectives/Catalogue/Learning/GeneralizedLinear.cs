namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½ mean (yₛ − σ(⟨w, xₛ⟩))² with yₛ = σ(⟨w*, xₛ⟩) + noise: not convex, one minimum.</summary>
/// <remarks>
/// Inputs are bounded, sign vectors unless another distribution is asked for; noise is uniform and bounded. Where inputs are finitely many the population risk
/// is a mean over them and can be had exactly: L(w) = ½E(σ(⟨w*, x⟩) − σ(⟨w, x⟩))² + ½ noise². On ‖w‖ ≤ ‖w*‖ = R it is
/// weakly quasi-convex, ⟨∇L, w − w*⟩ ≥ 2γ(L − L*) with γ the least slope of σ on [−BR, BR].
/// </remarks>
internal sealed class GeneralizedLinear() : Family(
    "glm", "generalised linear model: not convex, and one minimum near the true weights", 5, (1, 10_000), DataForm.Samples,
    "Ma (2021), Why do local methods solve nonconvex problems?, chapter 21 of Beyond the Worst-Case Analysis of Algorithms, section 3; " +
    "Hazan, Levy and Shalev-Shwartz (2015), Beyond convexity, NIPS; Mei, Bai and Montanari (2018), The landscape of empirical risk for nonconvex losses, Annals of Statistics 46, 2747")
{
    // Up to the sign of x: all sign vectors of 12 coordinates and the mixture's of 11.
    private const int MostInPopulation = 2_048;

    private enum Link
    {
        Logistic,
        Tanh,
        Identity,
    }

    private enum Risk
    {
        Empirical,
        Population,
    }

    public override IReadOnlyList<Setting> Settings =>
    [
        new("n", 200, "the number of samples") { IsOfGenerator = true },
        Setting.Of("link", Link.Logistic, "the monotone function of ⟨w, x⟩; with identity it is linear regression"),
        Setting.Of("risk", Risk.Empirical, "mean over samples, or expectation over inputs and noise (of up to 4,096 inputs: 12 coordinates of signs)"),
        Setting.Of("inputs", BoundedInputs.Kind.Signs, "how inputs are distributed: signs ±1, ±√d along one of the axes, a mixture of two clouds of corners, or uniform on [−√3, √3]") with { IsOfGenerator = true },
        new("noise", 0.1, "the standard deviation of the noise in y") { IsOfGenerator = true },
        new("norm", 1, "the length of the true weights") { IsOfGenerator = true },
        Setting.Seed("the data"),
    ];

    protected override Objective Build(Choices choices)
    {
        var (link, d, noise) = (choices.Option<Link>("link"), choices.Dimension, choices.Within("noise", 0, 0.5));
        var radius = choices.Within("norm", 0.01, 100);
        var truth = new GeneratedNumbers(choices.Seed, 0).OnSphere(d, radius);
        var distribution = new BoundedInputs(choices.Option<BoundedInputs.Kind>("inputs"), d);
        double Signal(double[] x) => Number(link, x.Zip(truth, (a, b) => a * b).Sum());
        if (choices.Option<Risk>("risk") == Risk.Population)
        {
            var population = Population(choices, distribution, Signal, link, noise);
            return population with { Theory = TheoryOf(link, truth, distribution).OfPopulation(Half(distribution, d), w => population.Evaluate(w), 0.5 * noise * noise), Known = new() { Count = 1, GlobalValue = 0.5 * noise * noise, Points = [truth], PointError = 1e-9, Planted = truth, Radius = radius } };
        }

        var (inputs, errors) = (new GeneratedNumbers(choices.Seed, 1), new GeneratedNumbers(choices.Seed, 2));
        var samples = choices.Samples
            ?? Samples.Generate(choices.Whole("n", 1, 10_000_000), d, (s, j) => distribution.Draw(inputs, s, j), (s, x) => Signal(x) + errors.Bounded(s, 0, noise));
        return Risked(samples, link).InUnits(choices.Samples, 1 / Math.Sqrt(samples.Dimension), isOfTargets: link == Link.Identity) with
        {
            Known = choices.Samples is null ? new() { Planted = truth, Radius = radius } : new(),
            Doubt = choices.Samples is null ? null : BeyondReach(samples, link),
            Theory = choices.Samples is null ? TheoryOf(link, truth, distribution).OfSamples(samples.Count, distribution.Count <= MostInPopulation ? Deviation(samples, link, truth, Half(distribution, d), radius) : null) : null,
        };
    }

    private Objective Population(Choices choices, BoundedInputs distribution, Func<double[], double> signal, Link link, double noise)
    {
        if (!(distribution.Count <= MostInPopulation) || choices.Samples is not null)
        {
            throw new ArgumentException($"{Name}'s population risk is a sum over all inputs of the generator, which may be at most {2 * MostInPopulation}: it takes no samples, has at most 12 coordinates with inputs=signs, 11 with mixture and {MostInPopulation} with axes, and none of uniform inputs, which are a continuum.");
        }

        var half = Samples.Generate((int)distribution.Count, choices.Dimension, distribution.Half, (_, x) => signal(x));
        return Risked(half, link, new("noise", noise));
    }

    // x and −x give the same square: the logistic function, tanh and the identity are odd about their middles.
    private static double[,] Half(BoundedInputs inputs, int d) => GeneratedNumbers.Matrix((int)inputs.Count!, d, inputs.Half);

    private static GeneralizedLinearTheory TheoryOf(Link link, double[] truth, BoundedInputs inputs) => new(truth, inputs, t => Number(link, t), t => link switch
    {
        Link.Tanh => 1 - Math.Pow(Math.Tanh(t), 2),
        Link.Identity => 1,
        _ => Number(link, t) * (1 - Number(link, t)),
    });

    /// <summary>−⟨∇L − ∇L̂, w − w*⟩² on the ball ‖w‖ ≤ R.</summary>
    private static Objective Deviation(Samples samples, Link link, double[] truth, double[,] half, double radius)
    {
        var d = truth.Length;
        var (x, y, star, all) = (new Data("X", samples.Inputs), new Data("y", samples.Targets), new Data("truth", truth), new Data("inputs", half));
        return Objective.Define("deviation", d, w =>
        {
            Real Slope(Data inputs, Index s, Func<Real, Real> target)
            {
                var (t, u) = (Sum(d, j => inputs[s, j] * w[j]), Sum(d, j => inputs[s, j] * star[j]));
                var signal = Formula(link, t);
                var bend = link switch { Link.Tanh => 1 - Square(signal), Link.Identity => 1, _ => signal * (1 - signal) };
                return (signal - target(u)) * bend * (t - u);
            }

            var population = Mean(half.GetLength(0), s => Slope(all, s, u => Formula(link, u)));
            return -Square(population - Mean(samples.Count, s => Slope(x, s, _ => y[s])));
        }) with
        { Region = Region.Ball(radius) };
    }

    /// <param name="samples">Inputs and targets.</param>
    /// <param name="link">σ.</param>
    /// <param name="noise">The deviation of noise that the targets are without, of which half the square is part of the risk.</param>
    private Objective Risked(Samples samples, Link link, Parameter? noise = null)
    {
        var (x, y) = (new Data("X", samples.Inputs), new Data("y", samples.Targets));
        var d = samples.Dimension;
        Real Fit(Vector outputs) => 0.5 * Mean(samples.Count, s => Square(y[s] - outputs[s]));
        return Objective.DefineModel(
            Name, d,
            w => Vector(samples.Count, s => Formula(link, Sum(d, j => x[s, j] * w[j]))),
            outputs => noise is null ? Fit(outputs) : (0.5 * Square(noise)) + Fit(outputs)) with
        {
            Starts = new Gaussian(1 / Math.Sqrt(d)),
        };
    }

    /// <summary>What is to be said where targets are beyond all outputs.</summary>
    private static string? BeyondReach(Samples samples, Link link)
    {
        var (least, most) = link switch { Link.Logistic => (0.0, 1.0), Link.Tanh => (-1, 1), _ => (double.NegativeInfinity, double.PositiveInfinity) };
        var beyond = samples.Targets.Count(y => y < least || y > most);
        return beyond == 0 ? null : FormattableString.Invariant(
            $"Of {samples.Count} targets {beyond} lie outside [{least}, {most}], from {samples.Targets.Min():G6} to {samples.Targets.Max():G6}, and outputs of link={(link == Link.Tanh ? "tanh" : "logistic")} lie inside: no weights fit them. Scale the targets, or take link=identity for linear regression.");
    }

    private static Real Formula(Link link, Real t) => link switch { Link.Tanh => Tanh(t), Link.Identity => t, _ => Sigmoid(t) };

    private static double Number(Link link, double t) => link switch { Link.Tanh => Math.Tanh(t), Link.Identity => t, _ => 1 / (1 + Math.Exp(-t)) };
}
