namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>A perceptron with batch normalisation: a unit's sum z becomes γ(z − mean)/√(variance + 10⁻⁵) + β, mean and variance being over all samples that are fitted to.</summary>
/// <remarks>
/// Ioffe and Szegedy (2015), Batch normalization, ICML. Held-out samples are normalised by the mean and variance of those that are fitted. A point is, layer by layer and
/// unit by unit, incoming weights, γ and β, which takes the place of the bias; then the outputs' weights, those straight from the inputs (with one hidden layer and skips), and the outputs' biases.
/// Multiplying a unit's incoming weights by c &gt; 0 can be made up for by γ, changing the signs of both changes nothing: all of this, and what the network without normalisation that
/// computes the same allows, is declared (<see cref="FoldedUnits"/>).
/// </remarks>
/// <param name="Plain">Its shape without.</param>
internal sealed record BatchNormalisedShape(NetworkShape Plain) : ISampleNetwork
{
    private BatchLayout Layout => new(Plain.Inputs, Plain.Width, Plain.Layers, Plain.HasSkips && Plain.Layers == 1 ? Plain.Inputs : 0, Plain.OutputCount);

    private bool IsTied => Plain.HasSkips && Plain.Layers > 1;

    /// <inheritdoc/>
    public int Dimension => Layout.Dimension;

    /// <inheritdoc/>
    public int OutputCount => Plain.OutputCount;

    /// <inheritdoc/>
    public IReadOnlyList<ObjectivePart> Parts =>
    [
        .. Enumerable.Range(0, Plain.Layers).Select(l => new ObjectivePart($"layer {l + 1}", [.. Enumerable.Range(Layout.Row(l, 0), Plain.Width * (Layout.InputsOf(l) + 2))])),
        new("output", [.. Enumerable.Range(Layout.Sent(0, 0), Dimension - Layout.Sent(0, 0))]),
    ];

    /// <inheritdoc/>
    public SampleOutputs On(Point w, Data fitted, int count, Data x)
    {
        var (layout, m, layers) = (Layout, Plain.Width, new List<Layer>());
        Vector? below = null;
        for (var l = 0; l < Plain.Layers; l++)
        {
            var (number, under) = (l, below);
            var sums = Vector(count * m, i => Total(w, number, i % m, j => under is null ? fitted[i / m, j] : under[(i / m * m) + j]));
            var mean = Vector(m, k => Mean(count, s => sums[(s * m) + k]));
            var scale = Vector(m, k => 1 / Sqrt(Mean(count, s => Square(sums[(s * m) + k] - mean[k])) + BatchLayout.LeastVariance));
            var layer = new Layer(mean, scale);
            layers.Add(layer);
            below = Vector(count * m, i => Unit(w, number, i % m, sums[i], layer, () => under![i]));
        }

        var last = below!;
        Func<Index, Func<Index, Real>> hidden = ReferenceEquals(x, fitted) ? s => k => last[(s * m) + k] : s =>
        {
            Vector? h = null;
            foreach (var (l, layer) in layers.Index())
            {
                var under = h;
                h = Vector(m, k => Unit(w, l, k, Total(w, l, k, j => under is null ? x[s, j] : under[j]), layer, () => under![k]));
            }

            return k => h![k];
        };
        return new(
            s =>
            {
                var units = hidden(s);
                Real Output(Index o)
                {
                    var output = Sum(m, k => w[layout.Sent(o, 0) + k] * units(k)) + w[layout.Bias + o];
                    return layout.Straight == 0 ? output : output + Sum(layout.Straight, j => w[layout.Linear(o, 0) + j] * x[s, j]);
                }

                return OutputCount == 1 ? new ComponentVector([Output(0)]) : Vector(OutputCount, Output);
            },
            s =>
            {
                var units = hidden(s);
                return Sum(m, k => Square(units(k)) * Sum(OutputCount, o => Square(w[layout.Sent(o, 0) + k])));
            });
    }

    /// <inheritdoc/>
    public Symmetry Symmetry(bool isWithoutDecay, bool hasDropout, double[,] samples) =>
        new FoldedUnits(Layout, Plain.Rules(isWithoutDecay, hasDropout, samples), z => Plain.Activation.Of(z), samples, HasScales: isWithoutDecay);

    /// <inheritdoc/>
    public Gaussian Starts(double scale, bool isKaiming)
    {
        var (layout, means, deviations) = (Layout, new double[Dimension], new double[Dimension]);
        double Of(int inputs, int outputs) => scale * Math.Sqrt(2.0 / (isKaiming ? inputs : inputs + outputs));
        for (var l = 0; l < Plain.Layers; l++)
        {
            var inputs = layout.InputsOf(l);
            for (var k = 0; k < Plain.Width; k++)
            {
                Array.Fill(deviations, Of(inputs, Plain.Width), layout.Row(l, k), inputs);
                means[layout.Row(l, k) + inputs] = 1;
            }
        }

        Array.Fill(deviations, Of(Plain.Width, OutputCount), layout.Sent(0, 0), Plain.Width * OutputCount);
        Array.Fill(deviations, Of(Plain.Inputs, OutputCount), layout.Linear(0, 0), layout.Straight * OutputCount);
        return new(PerCoordinate.Create(means), PerCoordinate.Create(deviations));
    }

    private sealed record Layer(Vector Mean, Vector Scale);

    /// <summary>Σ of what unit k of a layer receives.</summary>
    private Real Total(Point w, int layer, Index k, Func<Index, Real> below)
    {
        var (inputs, first) = (Layout.InputsOf(layer), Layout.Row(layer, 0));
        return Sum(inputs, j => w[first + (k * (inputs + 2)) + j] * below(j));
    }

    /// <summary>What unit k of a layer puts out, from its sum.</summary>
    private Real Unit(Point w, int number, Index k, Real sum, Layer layer, Func<Real> below)
    {
        var (inputs, first) = (Layout.InputsOf(number), Layout.Row(number, 0));
        var gain = w[first + (k * (inputs + 2)) + inputs];
        var unit = Plain.Activation.Of((gain * (sum - layer.Mean[k]) * layer.Scale[k]) + w[first + (k * (inputs + 2)) + inputs + 1]);
        return IsTied && number > 0 ? below() + unit : unit;
    }
}
