namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>What a network computes for samples.</summary>
/// <param name="Outputs">f(xₛ): K numbers.</param>
/// <param name="SentSquare">Σₒₖ (vₒₖ hₖ(xₛ))², of the last hidden layer's units hₖ and the weights from them.</param>
internal sealed record SampleOutputs(Func<Index, Vector> Outputs, Func<Index, Real> SentSquare);

/// <summary>A network as a formula in its weights.</summary>
internal interface ISampleNetwork
{
    /// <summary>The number of weights.</summary>
    int Dimension { get; }

    /// <summary>K.</summary>
    int OutputCount { get; }

    /// <summary>Its layers, the first first.</summary>
    IReadOnlyList<ObjectivePart> Parts { get; }

    /// <summary>What it computes for inputs x.</summary>
    /// <param name="w">Its weights.</param>
    /// <param name="fitted">The inputs that it is fitted to, of which it may take means.</param>
    /// <param name="count">How many of these there are.</param>
    /// <param name="x">These, or others.</param>
    SampleOutputs On(Point w, Data fitted, int count, Data x);

    /// <summary>Changes of the weights that change nothing.</summary>
    /// <param name="isWithoutDecay">Decay sees the length of all weights: it leaves only the exchanges, and the signs of odd units.</param>
    /// <param name="hasDropout">Dropout sees what each unit sends.</param>
    /// <param name="samples">n × d inputs that it is fitted to.</param>
    Symmetry Symmetry(bool isWithoutDecay, bool hasDropout, double[,] samples);

    /// <summary>Where restarts begin.</summary>
    /// <param name="scale">A factor on the weights.</param>
    /// <param name="isKaiming">Whether deviations are √(2/in), and not √(2/(in + out)).</param>
    Gaussian Starts(double scale, bool isKaiming);
}
