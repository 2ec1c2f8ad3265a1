namespace LandscapeGpu.Starts;

/// <summary>Another sampler's points times a factor: initialisations of other sizes.</summary>
public sealed record Scaled : Sampler
{
    /// <exception cref="ArgumentException">The factor is not finite.</exception>
    public Scaled(Sampler inner, double factor)
    {
        ArgumentNullException.ThrowIfNull(inner);
        if (!double.IsFinite(factor))
        {
            throw new ArgumentException(FormattableString.Invariant($"Starts were to be scaled by {factor}; give a finite factor."), nameof(factor));
        }

        (Inner, Factor) = (inner, factor);
    }

    /// <summary>Where points come from.</summary>
    public Sampler Inner { get; }

    /// <summary>What they are multiplied with.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override int? Dimension => Inner.Dimension;

    /// <inheritdoc/>
    public override string Describe() => $"{SamplerText.Of(Factor)} times {Inner.Describe()}";

    /// <inheritdoc/>
    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        Inner.Draw(seed, (long)restart, point);
        for (var i = 0; i < point.Length; i++)
        {
            point[i] *= Factor;
        }
    }
}
