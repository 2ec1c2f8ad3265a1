using LandscapeGpu.Objectives.Symmetries;

namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>A perceptron's shape: where its weights lie in a point, and what it computes.</summary>
/// <param name="Inputs">d.</param>
/// <param name="Width">m, of every hidden layer.</param>
/// <param name="Layers">Hidden layers.</param>
/// <param name="Activation">Of hidden units; the output is linear.</param>
/// <param name="HasSkips">From inputs to output with one hidden layer, from layer to layer with more.</param>
/// <param name="IsNormalised">Layer normalisation of hidden units' sums.</param>
internal sealed record NetworkShape(int Inputs, int Width, int Layers, Activation Activation, bool HasSkips, bool IsNormalised)
{
    // Keeps the variance of a layer away from 0, as implementations of layer normalisation do.
    private const double LeastVariance = 1e-5;

    private bool IsShallow => Layers == 1;

    /// <summary>Coordinates of a unit of the only hidden layer: incoming weights, bias, outgoing weight.</summary>
    private int UnitLength => Inputs + 2;

    private int FirstLayerLength => Width * (Inputs + 1);

    private int LayerLength => Width * (Width + 1);

    /// <summary>The number of weights.</summary>
    public int Dimension => IsShallow
        ? (Width * UnitLength) + (HasSkips ? Inputs : 0) + 1
        : FirstLayerLength + ((Layers - 1) * LayerLength) + Width + 1;

    /// <summary>f(xₛ).</summary>
    public Real Output(Point w, Data x, Index s) => IsShallow ? Shallow(w, x, s) : Deep(w, x, s);

    /// <summary>Exchange of units, with the signs, scales and shifts that make no difference.</summary>
    /// <param name="isWithoutDecay">Decay sees the length of all weights: it leaves only the exchanges, and the signs of odd units.</param>
    /// <param name="samples">n × d inputs, by which idle units are told.</param>
    public Symmetry Symmetry(bool isWithoutDecay, double[,] samples) => new HiddenUnits(new()
    {
        Inputs = Inputs,
        Width = Width,
        Layers = Layers,
        HasLinear = IsShallow && HasSkips,
        IsTied = !IsShallow && HasSkips,
        Flip = Activation == Activation.Tanh || (Activation == Activation.Sigmoid && isWithoutDecay) ? UnitFlip.Odd
            : Activation is not Activation.Sigmoid && IsShallow && HasSkips && isWithoutDecay && !IsNormalised ? UnitFlip.Even
            : UnitFlip.None,
        IsJoint = IsNormalised,
        Centre = Activation == Activation.Sigmoid && isWithoutDecay ? 0.5 : 0,
        HasScales = Activation == Activation.Relu && isWithoutDecay && !IsNormalised,
        HasShifts = isWithoutDecay && IsNormalised,
        LeastVariance = IsNormalised ? LeastVariance : null,
        Samples = Activation == Activation.Relu && isWithoutDecay ? samples : null,
    });

    /// <summary>Deviations of the starts' coordinates: by the number of inputs and outputs of each weight; biases start at 0.</summary>
    public double[] StartDeviations(double scale, bool isKaiming)
    {
        double Of(int inputs, int outputs) => scale * Math.Sqrt(2.0 / (isKaiming ? inputs : inputs + outputs));
        var next = IsShallow ? 1 : Width;
        var first = Enumerable.Repeat(Of(Inputs, Width), Inputs).Append(0);
        if (IsShallow)
        {
            double[] unit = [.. first, Of(Width, next)];
            return [.. Enumerable.Repeat(unit, Width).SelectMany(u => u), .. Enumerable.Repeat(Of(Inputs, 1), HasSkips ? Inputs : 0), 0];
        }

        double[] inner = [.. Enumerable.Repeat(Of(Width, Width), Width), 0];
        return
        [
            .. Enumerable.Repeat(first, Width).SelectMany(u => u),
            .. Enumerable.Repeat(inner, (Layers - 1) * Width).SelectMany(u => u),
            .. Enumerable.Repeat(Of(Width, 1), Width), 0,
        ];
    }

    private Real Shallow(Point w, Data x, Index s)
    {
        var (d, unit) = (Inputs, UnitLength);
        var sums = Normalised(Vector(Width, k => Sum(d, j => w[(k * unit) + j] * x[s, j]) + w[(k * unit) + d]));
        var output = Sum(Width, k => w[(k * unit) + d + 1] * Activation.Of(sums[k])) + w[Dimension - 1];
        return HasSkips ? output + Sum(d, j => w[(Width * unit) + j] * x[s, j]) : output;
    }

    private Real Deep(Point w, Data x, Index s)
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

        var (last, output) = (h, Dimension - m - 1);
        return Sum(m, k => w[output + k] * last[k]) + w[Dimension - 1];
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
