namespace LandscapeGpu.Starts;

/// <summary>Positive coordinates whose logarithms are uniform: every scale from low to high is as likely.</summary>
/// <remarks>xᵢ = low·(high/low)^uᵢ with u of 52 random bits; by the machine's power function, so its last place can differ between machines.</remarks>
public sealed record LogUniform : Sampler
{
    /// <exception cref="ArgumentException">Not 0 &lt; low &lt; high, or not finite.</exception>
    public LogUniform(double low, double high)
    {
        if (!(low > 0 && high > low && double.IsFinite(high)))
        {
            throw new ArgumentException(FormattableString.Invariant($"Scales were given from {low} to {high}; they must be positive, finite and ascending."));
        }

        (Low, High) = (low, high);
    }

    /// <summary>The smallest value, above 0.</summary>
    public double Low { get; }

    /// <summary>The largest value, above <see cref="Low"/>.</summary>
    public double High { get; }

    /// <inheritdoc/>
    public override string Describe() => $"log-uniform on [{SamplerText.Of(Low)}, {SamplerText.Of(High)}]";

    /// <inheritdoc/>
    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = Low * Math.Pow(High / Low, CounterRandom.Uniform(seed, StreamId.Starts, restart, 0, (uint)i));
        }
    }
}
