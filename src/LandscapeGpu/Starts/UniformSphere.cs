using System.Runtime.CompilerServices;
namespace LandscapeGpu.Starts;

/// <summary>The uniform distribution on the sphere ‖x‖ = radius about the origin of ℝᵈ; ±radius where d = 1.</summary>
/// <remarks>
/// x = radius·z/‖z‖ with z standard normal. M. E. Muller: A note on a method for generating points uniformly on
/// n-dimensional spheres (Communications of the ACM 2, 1959). ‖x‖ equals the radius to about d/2 + 2 units of 2⁻⁵³.
/// </remarks>
public sealed record UniformSphere : Sampler
{
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="radius"/> is not a positive finite number.</exception>
    public UniformSphere(double radius = 1) => Radius = RequireRadius(radius);

    /// <summary>The radius of the sphere.</summary>
    public double Radius { get; }

    /// <inheritdoc/>
    public override string Describe() => $"uniform on the sphere of radius {SamplerText.Of(Radius)}";

    internal static double RequireRadius(double radius) => double.IsFinite(radius) && radius > 0
        ? radius
        : throw new ArgumentOutOfRangeException(nameof(radius), radius, "A radius is a positive finite number.");

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        StandardNormal.Fill(seed, restart, point);
        StandardNormal.Scale(point, Radius / Math.Sqrt(StandardNormal.SquaredNorm(point)));
    }
}
