namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>A network fitted to samples by a mean loss, and judged by those that are held out.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Network">Its shape.</param>
/// <param name="Samples">What it is fitted to; held-out samples among them.</param>
/// <param name="Labels">The classes that targets name; null where they are numbers.</param>
/// <param name="Loss">The loss of one sample.</param>
/// <param name="IsClassifier">Whether a sample is told right or wrong.</param>
internal sealed record SampleFit(string Name, ISampleNetwork Network, Samples Samples, ClassLabels? Labels, SampleFit.SampleLoss Loss, bool IsClassifier)
{
    /// <summary>The loss of one sample, and where it is told right: null where there is no right and wrong.</summary>
    /// <param name="outputs">K outputs.</param>
    /// <param name="target">K targets.</param>
    public delegate (Real Loss, Condition? IsRight) SampleLoss(Vector outputs, Func<Index, Real> target);

    /// <summary>½‖f − y‖²; of classes, right where the output of its own is the largest.</summary>
    public static (Real Loss, Condition? IsRight) Squared(Vector outputs, Func<Index, Real> target) =>
        (0.5 * Total(outputs, k => Square(outputs[k] - target(k))), outputs.Length == 1 ? null : IsLargest(outputs, target));

    /// <summary>log(1 + e^(−yf)).</summary>
    public static (Real Loss, Condition? IsRight) Logistic(Vector outputs, Func<Index, Real> target) =>
        (Softplus(-target(0) * outputs[0]), target(0) * outputs[0] > 0);

    /// <summary>log Σ e^f − f of its own class.</summary>
    public static (Real Loss, Condition? IsRight) Softmax(Vector outputs, Func<Index, Real> target) =>
        (LogSumExp(outputs) - Total(outputs, k => target(k) * outputs[k]), IsLargest(outputs, target));

    /// <summary>The probability q that a unit of the last hidden layer is left out; null for none.</summary>
    public Parameter? Dropout { get; init; }

    /// <summary>f = mean loss + penalty, with its outputs; with dropout in expectation, of squared loss.</summary>
    public Objective Model(Func<Point, Real> penalty)
    {
        var (x, n) = (Inputs(Samples), Samples.Count);
        return Over(Samples, Name, x, x, w => Dropout is null ? penalty(w) : penalty(w) + (0.5 * Dropout / (1 - Dropout) * Mean(n, Network.On(w, x, n, x).SentSquare)));
    }

    /// <summary>The mean loss on samples, with the outputs there, of which a linearised network's loss is made.</summary>
    private Objective Over(Samples samples, string name, Data fitted, Data x, Func<Point, Real>? penalty = null)
    {
        var (y, n, k) = (Targets(samples), samples.Count, Network.OutputCount);
        return k == 1
            ? Objective.DefineModel(name, Network.Dimension, w => Vector(n, Single(w, fitted, Samples.Count, x)), outputs => Mean(n, s => Loss(new ComponentVector([outputs[s]]), _ => y[s]).Loss), penalty)
            : Objective.DefineModel(
                name,
                Network.Dimension,
                w => OverSamples(w, fitted, Samples.Count, x, (of, s) => Loss(of(s), o => y[s, o]).Loss, n),
                w =>
                {
                    var of = Network.On(w, fitted, Samples.Count, x).Outputs;
                    return Vector(n * k, i => of(i / k)[i % k]);
                },
                outputs => Mean(n, s => Loss(Vector(k, o => outputs[(s * k) + o]), o => y[s, o]).Loss),
                penalty);
    }

    private Func<Index, Real> Single(Point w, Data fitted, int n, Data x)
    {
        var of = Network.On(w, fitted, n, x).Outputs;
        return s => of(s)[0];
    }

    private Real OverSamples(Point w, Data fitted, int n, Data x, Func<Func<Index, Vector>, Index, Real> term, int count)
    {
        var of = Network.On(w, fitted, n, x).Outputs;
        return Mean(count, s => term(of, s));
    }

    /// <summary>Loss and accuracy on both sets of samples, where there is a second.</summary>
    public Scores? Scores => Samples.HeldOut is null && Labels is null ? null : new()
    {
        TrainLoss = Of("train loss", Samples, s => s.Loss),
        TrainAccuracy = Accuracy("train accuracy", Samples),
        TestLoss = Samples.HeldOut is { } held ? Over(held, "test loss", Inputs(Samples), Inputs(held)) : null,
        TestAccuracy = Samples.HeldOut is { } others ? Accuracy("test accuracy", others) : null,
    };

    private Objective? Accuracy(string name, Samples samples) =>
        IsClassifier ? Of(name, samples, s => Select(s.IsRight!, 1, 0)) : null;

    private Objective Of(string name, Samples samples, Func<(Real Loss, Condition? IsRight), Real> part)
    {
        var (fitted, y) = (Inputs(Samples), Targets(samples));
        var x = ReferenceEquals(samples, Samples) ? fitted : Inputs(samples);
        return Objective.Define(name, Network.Dimension, w => OverSamples(w, fitted, Samples.Count, x, (of, s) => part(Loss(of(s), o => Labels is null ? y[s] : y[s, o])), samples.Count));
    }

    private static Data Inputs(Samples samples) => new("X", samples.Inputs);

    private Data Targets(Samples samples) => Labels is null ? new("y", samples.Targets) : new("Y", Labels.Indicators(samples));

    // Where two are largest, none of them is told: as many outputs as reach that of its class are one, its own.
    private static Condition IsLargest(Vector outputs, Func<Index, Real> target)
    {
        var own = Total(outputs, k => target(k) * outputs[k]);
        return Total(outputs, k => Select(outputs[k] >= own, 1, 0)) < 1.5;
    }

    private static Real Total(Vector outputs, Func<Index, Real> term) => VectorForm.Of(outputs).Total(outputs.Length, term);
}
