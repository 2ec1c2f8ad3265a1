namespace LandscapeGpu.Spectra;

/// <summary>A side of a region that a point lies on: an inequality c(x) ≤ 0 that holds with equality there.</summary>
/// <remarks>
/// Normals of several sides of one point are orthogonal: they belong to different coordinates, or to different blocks of them. The
/// multiplier is μ = −n·∇f, the push of descent outwards; J. Nocedal, S. Wright: Numerical Optimization (2nd edition, 2006), §12.3.
/// </remarks>
/// <param name="First">The coordinate that the normal begins at.</param>
/// <param name="Normal">n = ∇c, the outward unit normal, of the coordinates from <paramref name="First"/> on; zero in all others.</param>
/// <param name="Curvature">κ, where the side is that of a ball of radius 1/κ, with ∇²c = κI on those coordinates; 0 where it is flat.</param>
/// <param name="IsFixed">The point cannot leave it on either side: an equation, such as that of a coordinate between equal bounds.</param>
public sealed record ActiveConstraint(int First, double[] Normal, double Curvature = 0, bool IsFixed = false)
{
    /// <summary>The coordinate that is at a bound; null where the normal is one of several coordinates.</summary>
    public int? Coordinate => Normal.Length == 1 ? First : null;

    /// <summary>μ = −n·∇f.</summary>
    public double Multiplier(ReadOnlySpan<double> gradient) => -Along(gradient);

    /// <summary>Whether descent would leave the region through this side.</summary>
    public bool Holds(ReadOnlySpan<double> gradient) => IsFixed || Along(gradient) < 0;

    /// <summary>n·v.</summary>
    public double Along(ReadOnlySpan<double> v)
    {
        double sum = 0;
        for (var i = 0; i < Normal.Length; i++)
        {
            sum += Normal[i] * v[First + i];
        }

        return sum;
    }

    /// <summary>Takes the part along the normal out of a vector.</summary>
    public void Remove(Span<double> v)
    {
        if (Normal.Length == 1)
        {
            // Whatever it is, infinity included.
            v[First] = 0;
            return;
        }

        var along = Along(v);
        for (var i = 0; i < Normal.Length; i++)
        {
            v[First + i] -= along * Normal[i];
        }
    }
}
