namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>What changing the sign of a hidden unit's incoming weights can be made up for by.</summary>
internal enum UnitFlip
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The sign of its outgoing weights: tanh, and the logistic function with half of each outgoing weight moved to a bias.</summary>
    Odd,

    /// <summary>Weights straight from inputs to output, since σ(z) − σ(−z) = z: ReLU, softplus and GELU.</summary>
    Even,
}

/// <summary>A perceptron's shape, and which changes of its hidden units' weights leave its value as it is.</summary>
/// <remarks>
/// Units of a layer can always be exchanged. Where each layer adds to the one before, the units of one number in all layers are one
/// stream, and what is done to a unit is done to its stream.
/// </remarks>
internal sealed record UnitRules
{
    public required int Inputs { get; init; }

    /// <summary>m, units in every hidden layer.</summary>
    public required int Width { get; init; }

    /// <summary>K, outputs; idle units are looked for with one.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>How many hidden layers.</summary>
    public required int Layers { get; init; }

    /// <summary>With one hidden layer: weights straight from inputs to output.</summary>
    public bool HasLinear { get; init; }

    /// <summary>With more: every hidden layer adds to the one before.</summary>
    public bool IsTied { get; init; }

    public UnitFlip Flip { get; init; }

    /// <summary>Signs change for all units of a layer at once or for none: normalisation takes the mean of a layer's sums.</summary>
    public bool IsJoint { get; init; }

    /// <summary>σ(0) where σ − σ(0) is odd, ½ for the logistic function.</summary>
    public double Centre { get; init; }

    /// <summary>A unit's incoming weights can be multiplied by c &gt; 0 and its outgoing ones divided by it.</summary>
    public bool HasScales { get; init; }

    /// <summary>One vector can be added to the incoming weights of all units of a layer: normalisation takes it away.</summary>
    public bool HasShifts { get; init; }

    /// <summary>n × d inputs that idle units are told by; null where idle units are not looked for.</summary>
    public double[,]? Samples { get; init; }

    /// <summary>What normalisation adds to the variance of a layer's sums; null where there is none.</summary>
    public double? LeastVariance { get; init; }

    /// <summary>How many independent sets of units there are: one a layer, or one for all where they are tied.</summary>
    public int Groups => IsTied ? 1 : Layers;

    /// <summary>How many weights straight from the inputs are kept of each output: with one, straight units become such.</summary>
    public int LinearLength => HasLinear || Outputs == 1 ? Inputs : 0;

    /// <summary>The number of weights.</summary>
    public int Dimension => Layers == 1
        ? (Width * (Inputs + 1 + Outputs)) + (HasLinear ? Inputs * Outputs : 0) + Outputs
        : (Width * (Inputs + 1)) + ((Layers - 1) * Width * (Width + 1)) + ((Width + 1) * Outputs);

    /// <summary>What a unit of a layer receives, its bias included.</summary>
    public int RowLength(int layer) => (layer == 0 ? Inputs : Width) + 1;
}
