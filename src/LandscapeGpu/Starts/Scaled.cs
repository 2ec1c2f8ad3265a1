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

    public Sampler Inner { get; }

    public double Factor { get; }

    public override int? Dimension => Inner.Dimension;

    public override string Describe() => $"{SamplerText.Of(Factor)} times {Inner.Describe()}";

    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        Inner.Draw(seed, (long)restart, point);
        for (var i = 0; i < point.Length; i++)
        {
            point[i] *= Factor;
        }
    }
}
