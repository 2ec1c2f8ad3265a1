namespace LandscapeGpu.Descent;

/// <summary>A rule whose steps are as long as they are given: what slopes add up to is divided by how large they have been, √s + ε.</summary>
public abstract record NormedRule : CoordinateRule
{
    // The authors', for slopes of about 1.
    private const double UsualEpsilon = 1e-8;

    /// <summary>ε, beside which slopes are short; null for 10⁻⁸ of the units that the landscape is explored in, where its region tells them, and 10⁻⁸ elsewhere.</summary>
    public double? Epsilon { get; init; }

    internal override bool StepsByLength => true;

    /// <summary>ε where none is given, and slopes are so many times as long as in units of the landscape's own.</summary>
    internal static double EpsilonOf(double slope) => UsualEpsilon * slope;

    /// <summary>√s + ε.</summary>
    protected Real Norm(Real square) => Sqrt(square) + (Epsilon ?? EpsilonOf(1));
}
