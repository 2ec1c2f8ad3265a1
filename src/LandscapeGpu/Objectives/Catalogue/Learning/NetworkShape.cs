namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>A perceptron's shape: where its weights lie in a point, and what it computes.</summary>
/// <param name="Inputs">d.</param>
/// <param name="Width">m, of every hidden layer.</param>
/// <param name="Layers">Hidden layers.</param>
/// <param name="Activation">Of hidden units; the output is linear.</param>
/// <param name="HasSkips">From inputs to output with one hidden layer, from layer to layer with more.</param>
/// <param name="IsNormalised">Layer normalisation of hidden units' sums.</param>
/// <param name="OutputCount">K.</param>
internal sealed record NetworkShape(int Inputs, int Width, int Layers, Activation Activation, bool HasSkips, bool IsNormalised, int OutputCount = 1) : ISampleNetwork
{
    // Keeps the variance of a layer away from 0, as implementations of layer normalisation do.
    private const double LeastVariance = 1e-5;

    private bool IsShallow => Layers == 1;

    /// <summary>Coordinates of a unit of the only hidden layer: incoming weights, bias, outgoing weights.</summary>
    private int UnitLength => Inputs + 1 + OutputCount;

    private int FirstLayerLength => Width * (Inputs + 1);

    private int LayerLength => Width * (Width + 1);

    /// <summary>The number of weights.</summary>
    public int Dimension => IsShallow
        ? (Width * UnitLength) + (HasSkips ? Inputs * OutputCount : 0) + OutputCount
        : FirstLayerLength + ((Layers - 1) * LayerLength) + ((Width + 1) * OutputCount);

    /// <inheritdoc/>
    public SampleOutputs On(Point w, Data fitted, int count, Data x) => new(s => Outputs(w, x, s), s =>
    {
        var hidden = IsShallow ? Shallow(w, x, s) : Deep(w, x, s);
        return Sum(Width, k => Square(hidden(k)) * Sum(OutputCount, o => Square(w[Sent(k, o)])));
    });

    /// <summary>f(xₛ): K numbers.</summary>
    private Vector Outputs(Point w, Data x, Index s)
    {
        var hidden = IsShallow ? Shallow(w, x, s) : Deep(w, x, s);
        return OutputCount == 1 ? new ComponentVector([Output(w, x, s, hidden, 0)]) : Vector(OutputCount, o => Output(w, x, s, hidden, o));
    }

    /// <summary>Where the weight from unit k of the last hidden layer to output o lies.</summary>
    private Index Sent(Index k, Index o) => IsShallow ? (k * UnitLength) + Inputs + 1 + o : Dimension - OutputCount - (Width * OutputCount) + (o * Width) + k;

    /// <inheritdoc/>
    public IReadOnlyList<ObjectivePart> Parts
    {
        get
        {
            var own = Enumerable.Range(0, Width).ToArray();
            int[] Range(int from, int count) => [.. Enumerable.Range(from, count)];
            return IsShallow
                ?
                [
                    new("layer 1", [.. own.SelectMany(k => Range(k * UnitLength, Inputs + 1))]),
                    new("output", [.. own.SelectMany(k => Range((k * UnitLength) + Inputs + 1, OutputCount)), .. Range(Width * UnitLength, Dimension - (Width * UnitLength))]),
                ]
                :
                [
                    new("layer 1", Range(0, FirstLayerLength)),
                    .. Enumerable.Range(1, Layers - 1).Select(l => new ObjectivePart($"layer {l + 1}", Range(FirstLayerLength + ((l - 1) * LayerLength), LayerLength))),
                    new("output", Range(Dimension - ((Width + 1) * OutputCount), (Width + 1) * OutputCount)),
                ];
        }
    }

    /// <summary>Exchange of units, with the signs, scales and shifts that make no difference.</summary>
    /// <inheritdoc/>
    public Symmetry Symmetry(bool isWithoutDecay, bool hasDropout, double[,] samples) => new HiddenUnits(Rules(isWithoutDecay, hasDropout, samples));

    /// <summary>What can be done to its units.</summary>
    internal UnitRules Rules(bool isWithoutDecay, bool hasDropout, double[,] samples) => new()
    {
        Outputs = OutputCount,
        Inputs = Inputs,
        Width = Width,
        Layers = Layers,
        HasLinear = IsShallow && HasSkips,
        IsTied = !IsShallow && HasSkips,
        // Dropout sees what a unit sends, h and not h − ½, and no weights straight from the inputs.
        Flip = Activation is Activation.Tanh or Activation.Identity || (Activation == Activation.Sigmoid && isWithoutDecay && !hasDropout) ? UnitFlip.Odd
            : Activation is not Activation.Sigmoid && IsShallow && HasSkips && isWithoutDecay && !hasDropout && !IsNormalised ? UnitFlip.Even
            : UnitFlip.None,
        IsJoint = IsNormalised,
        Centre = Activation == Activation.Sigmoid && isWithoutDecay && !hasDropout ? 0.5 : 0,
        HasScales = Activation == Activation.Relu && isWithoutDecay && !IsNormalised,
        HasShifts = isWithoutDecay && IsNormalised,
        LeastVariance = IsNormalised ? LeastVariance : null,
        Samples = Activation == Activation.Relu && isWithoutDecay && !hasDropout && OutputCount == 1 ? samples : null,
    };

    /// <inheritdoc/>
    public Gaussian Starts(double scale, bool isKaiming) => new(PerCoordinate.Create(StartDeviations(scale, isKaiming)));

    /// <summary>Deviations of the starts' coordinates: by the number of inputs and outputs of each weight; biases start at 0.</summary>
    private double[] StartDeviations(double scale, bool isKaiming)
    {
        double Of(int inputs, int outputs) => scale * Math.Sqrt(2.0 / (isKaiming ? inputs : inputs + outputs));
        var first = Enumerable.Repeat(Of(Inputs, Width), Inputs).Append(0);
        var biases = Enumerable.Repeat(0.0, OutputCount);
        if (IsShallow)
        {
            double[] unit = [.. first, .. Enumerable.Repeat(Of(Width, OutputCount), OutputCount)];
            return [.. Enumerable.Repeat(unit, Width).SelectMany(u => u), .. Enumerable.Repeat(Of(Inputs, OutputCount), HasSkips ? Inputs * OutputCount : 0), .. biases];
        }

        double[] inner = [.. Enumerable.Repeat(Of(Width, Width), Width), 0];
        return
        [
            .. Enumerable.Repeat(first, Width).SelectMany(u => u),
            .. Enumerable.Repeat(inner, (Layers - 1) * Width).SelectMany(u => u),
            .. Enumerable.Repeat(Of(Width, OutputCount), Width * OutputCount), .. biases,
        ];
    }

    /// <summary>Output o for sample s, from what the last hidden layer's units put out.</summary>
    private Real Output(Point w, Data x, Index s, Func<Index, Real> hidden, Index o)
    {
        var (d, m, unit, bias) = (Inputs, Width, UnitLength, Dimension - OutputCount);
        if (!IsShallow)
        {
            return Sum(m, k => w[bias - (m * OutputCount) + (o * m) + k] * hidden(k)) + w[bias + o];
        }

        var output = Sum(m, k => w[(k * unit) + d + 1 + o] * hidden(k)) + w[bias + o];
        return HasSkips ? output + Sum(d, j => w[(m * unit) + (o * d) + j] * x[s, j]) : output;
    }

    private Func<Index, Real> Shallow(Point w, Data x, Index s)
    {
        var (d, unit) = (Inputs, UnitLength);
        var sums = Normalised(Vector(Width, k => Sum(d, j => w[(k * unit) + j] * x[s, j]) + w[(k * unit) + d]));
        if (OutputCount == 1)
        {
            return k => Activation.Of(sums[k]);
        }

        // Read by every output, so made once.
        var units = Vector(Width, k => Activation.Of(sums[k]));
        return k => units[k];
    }

    private Func<Index, Real> Deep(Point w, Data x, Index s)
    {
        var (d, m) = (Inputs, Width);
        var first = Normalised(Vector(m, k => Sum(d, j => w[(k * (d + 1)) + j] * x[s, j]) + w[(k * (d + 1)) + d]));
        var h = Vector(m, k => Activation.Of(first[k]));
        for (var l = 1; l < Layers; l++)
        {
            var (below, begin) = (h, FirstLayerLength + ((l - 1) * LayerLength));
            var sums = Normalised(Vector(m, k => Sum(m, j => w[begin + (k * (m + 1)) + j] * below[j]) + w[begin + (k * (m + 1)) + m]));
            h = Vector(m, k => HasSkips ? below[k] + Activation.Of(sums[k]) : Activation.Of(sums[k]));
        }

        var last = h;
        return k => last[k];
    }

    private Vector Normalised(Vector sums)
    {
        if (!IsNormalised)
        {
            return sums;
        }

        var mean = Sum(sums) / Width;
        var variance = Sum(Width, k => Square(sums[k] - mean)) / Width;
        var scale = 1 / Sqrt(variance + LeastVariance);
        return Vector(Width, k => (sums[k] - mean) * scale);
    }
}
