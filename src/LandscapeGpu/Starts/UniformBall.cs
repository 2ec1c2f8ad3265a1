using System.Runtime.CompilerServices;
namespace LandscapeGpu.Starts;

/// <summary>The uniform distribution on the ball ‖x‖ ≤ radius about the origin of ℝᵈ.</summary>
/// <remarks>
/// The first d coordinates of a uniform point on the sphere of ℝᵈ⁺² are uniform on the ball of ℝᵈ, which takes no d-th root:
/// roots of numbers differ between devices. R. Harman, V. Lacko: On decompositional algorithms for uniform sampling
/// from n-spheres and n-balls (Journal of Multivariate Analysis 101, 2010).
/// </remarks>
public sealed record UniformBall : Sampler
{
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="radius"/> is not a positive finite number.</exception>
    public UniformBall(double radius = 1) => Radius = UniformSphere.RequireRadius(radius);

    /// <summary>The radius of the ball.</summary>
    public double Radius { get; }

    /// <inheritdoc/>
    public override string Describe() => $"uniform on the ball of radius {SamplerText.Of(Radius)}";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        StandardNormal.Fill(seed, restart, point);
        var beyond0 = StandardNormal.Coordinate(seed, restart, point.Length);
        var beyond1 = StandardNormal.Coordinate(seed, restart, point.Length + 1);
        var norm2 = StandardNormal.SquaredNorm(point);
        norm2 = Math.FusedMultiplyAdd(beyond0, beyond0, norm2);
        norm2 = Math.FusedMultiplyAdd(beyond1, beyond1, norm2);
        StandardNormal.Scale(point, Radius / Math.Sqrt(norm2));
    }
}
