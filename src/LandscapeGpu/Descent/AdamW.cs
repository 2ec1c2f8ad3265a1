namespace LandscapeGpu.Descent;

/// <summary>Adam with decoupled weight decay: x′ = (1 − ηλ)x − η m̂/(√ŝ + ε).</summary>
/// <remarks>Loshchilov and Hutter (2019), Decoupled weight decay regularization, ICLR.</remarks>
public sealed record AdamW : Adam
{
    /// <inheritdoc/>
    public override string Name => "adamw";

    /// <summary>λ, at least 0.</summary>
    public double Decay { get; init; } = 1e-2;

    internal override Real Decayed(Real x, Real eta) => Decay >= 0
        ? x - (eta * Decay * x)
        : throw new ArgumentException(FormattableString.Invariant($"AdamW's weight decay was given {Decay}; it must be at least 0."));
}
