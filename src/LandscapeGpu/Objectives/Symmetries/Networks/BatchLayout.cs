namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Where the weights of a batch-normalised perceptron lie in a point.</summary>
/// <param name="Inputs">d.</param>
/// <param name="Width">m.</param>
/// <param name="Layers">Hidden layers.</param>
/// <param name="Straight">d where there are weights from the inputs straight to the outputs, else 0.</param>
/// <param name="Outputs">K.</param>
internal sealed record BatchLayout(int Inputs, int Width, int Layers, int Straight, int Outputs)
{
    /// <summary>What is added to variances, as implementations do: sums that are the same for all samples stay what they are.</summary>
    public const double LeastVariance = 1e-5;

    /// <summary>How many numbers a unit of a layer receives.</summary>
    public int InputsOf(int layer) => layer == 0 ? Inputs : Width;

    /// <summary>Where unit k of a layer begins: incoming weights, then γ, then β.</summary>
    public int Row(int layer, int k) => (layer == 0 ? 0 : (Width * (Inputs + 2)) + ((layer - 1) * Width * (Width + 2))) + (k * (InputsOf(layer) + 2));

    /// <summary>The weight from unit k of the last hidden layer to output o.</summary>
    public int Sent(int o, int k) => Row(Layers, 0) + (o * Width) + k;

    /// <summary>The same of an output that a loop gives.</summary>
    public Index Sent(Index o, int k) => Row(Layers, 0) + (o * Width) + k;

    /// <summary>The weight from input j straight to output o.</summary>
    public int Linear(int o, int j) => Sent(Outputs, 0) + (o * Straight) + j;

    /// <summary>The same of an output that a loop gives.</summary>
    public Index Linear(Index o, int j) => Sent(Outputs, 0) + (o * Straight) + j;

    /// <summary>The first output's bias.</summary>
    public int Bias => Linear(Outputs, 0);

    /// <summary>The number of weights.</summary>
    public int Dimension => Bias + Outputs;
}
