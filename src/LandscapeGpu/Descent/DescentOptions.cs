namespace LandscapeGpu.Descent;

/// <summary>How restarts descend.</summary>
public sealed record DescentOptions
{
    public UpdateRule Rule { get; init; } = new Lbfgs();

    public Schedule Schedule { get; init; } = Schedule.Constant;

    public StopRule Stop { get; init; } = new();

    /// <summary>Gradients longer than this are shortened to it; null for none.</summary>
    public double? Clip { get; init; }

    /// <summary>λ of a term ½λ‖x‖² added to the objective.</summary>
    public double WeightDecay { get; init; }

    /// <summary>T of the noise √(2ηT)·N(0, I) added to every step of size η.</summary>
    public double Temperature { get; init; }

    /// <summary>Each step's gradient is that of a mean over so many samples of the objective; null for all of them.</summary>
    public MiniBatch? Batch { get; init; }

    /// <summary>Double or single precision.</summary>
    public bool IsDouble { get; init; }
}
