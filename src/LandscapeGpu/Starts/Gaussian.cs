using System.Runtime.CompilerServices;
namespace LandscapeGpu.Starts;

/// <summary>The normal distribution with independent coordinates: xᵢ = meanᵢ + standardDeviationᵢ·zᵢ, z standard normal.</summary>
/// <remarks>
/// |zᵢ| ≤ 8.21, from 52 random bits each (<see cref="Kernels.NormalQuantile"/>); a deviation of 0 holds a coordinate fixed.
/// </remarks>
public sealed record Gaussian : Sampler
{
    /// <param name="mean">Means: one number for all coordinates, or one each.</param>
    /// <param name="standardDeviation">Standard deviations (not variances), likewise, ≥ 0.</param>
    /// <exception cref="ArgumentException">
    /// A number is not finite, a deviation is negative, or there are not as many of each.
    /// </exception>
    public Gaussian(PerCoordinate mean, PerCoordinate standardDeviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(standardDeviation);
        mean.RequireFinite(nameof(mean));
        standardDeviation.RequireFinite(nameof(standardDeviation));
        Dimension = PerCoordinate.CommonDimension(mean, nameof(mean), standardDeviation, nameof(standardDeviation));
        for (var i = 0; i < (standardDeviation.Dimension ?? 1); i++)
        {
            if (standardDeviation[i] < 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{standardDeviation.NameOf(nameof(standardDeviation), i)} = {standardDeviation[i]}: ")
                    + "give a standard deviation of at least 0.",
                    nameof(standardDeviation));
            }
        }

        (Mean, StandardDeviation) = (mean, standardDeviation);
    }

    /// <summary>Centred at the origin.</summary>
    public Gaussian(PerCoordinate standardDeviation)
        : this(0.0, standardDeviation)
    {
    }

    /// <summary>The mean, of each coordinate or of all.</summary>
    public PerCoordinate Mean { get; }

    /// <summary>The standard deviation, of each coordinate or of all.</summary>
    public PerCoordinate StandardDeviation { get; }

    /// <inheritdoc/>
    public override int? Dimension { get; }

    internal override Sampler DividedBy(double[] lengths) => new Gaussian(Mean.DividedBy(lengths), StandardDeviation.DividedBy(lengths));

    /// <inheritdoc/>
    public override string Describe() => $"normal with mean {Mean} and standard deviation {StandardDeviation}";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        StandardNormal.Fill(seed, restart, point);
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = Math.FusedMultiplyAdd(StandardDeviation[i], point[i], Mean[i]);
        }
    }
}
