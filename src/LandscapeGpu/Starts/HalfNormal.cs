using System.Runtime.CompilerServices;

namespace LandscapeGpu.Starts;

/// <summary>|z| for independent normal coordinates z with mean 0: the positive orthant's normal distribution.</summary>
public sealed record HalfNormal : Sampler
{
    /// <param name="standardDeviation">Of z, in every coordinate.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="standardDeviation"/> is not a positive finite number.</exception>
    public HalfNormal(double standardDeviation = 1) => StandardDeviation = double.IsFinite(standardDeviation) && standardDeviation > 0
        ? standardDeviation
        : throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "A standard deviation is a positive finite number.");

    /// <summary>The standard deviation of the normal distribution whose absolute value is drawn.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public override string Describe() => $"|normal| with standard deviation {SamplerText.Of(StandardDeviation)}";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        StandardNormal.Fill(seed, restart, point);
        foreach (ref var x in point)
        {
            x = StandardDeviation * Math.Abs(x);
        }
    }
}
