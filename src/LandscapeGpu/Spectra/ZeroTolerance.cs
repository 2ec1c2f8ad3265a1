namespace LandscapeGpu.Spectra;

/// <summary>Which eigenvalues of a Hessian count as zero: those with |λ| ≤ max(absolute, max(relative, 4dε)·max|λ|).</summary>
/// <remarks>
/// <para>Two errors move a computed eigenvalue that ought to be zero.</para>
/// <para>
/// Rounding. An entry that is computed with c roundings is wrong by c·ε·max|λ|, ε = 2⁻⁵³, and by Weyl's inequality d × d of
/// them and the eigensolver together move no eigenvalue by more than about c·d·ε·max|λ|. That is 1e-12 relative for
/// c·d = 10⁴, and <c>4dε</c> is the least that is ever used, however small the tolerance asked for.
/// </para>
/// <para>
/// The point. A polished point that keeps a gradient g is off by up to |g|/μ along directions of curvature μ, and moves a
/// zero eigenvalue by |f‴|·|g|/μ. The third derivative is not known; with one of the size of the curvature over the problem's
/// length, gradients polished to 1e-12 and curvatures down to 1e-4 of the largest, that is 1e-8 relative, the default.
/// </para>
/// <para>
/// At a minimum of higher order the curvature is zero at the minimum only, and quickly not near it: for x⁴ a gradient of 1e-12
/// leaves x = 6e-5 and f″ = 5e-8. Where such minima are expected, ask for a larger tolerance; where honest curvatures span
/// more than eight orders, for a smaller one.
/// </para>
/// </remarks>
internal sealed record ZeroTolerance
{
    private readonly double _relative = 1e-8;
    private readonly double _absolute = 2.2250738585072014e-308;

    public static ZeroTolerance Default { get; } = new();

    /// <summary>Of the largest eigenvalue in magnitude.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, 1).</exception>
    public double Relative
    {
        get => _relative;
        init => _relative = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Relative), value, FormattableString.Invariant($"A relative tolerance of {value} was given; it is a number of [0, 1), such as 1e-8."));
    }

    /// <summary>
    /// In the units of the Hessian; the smallest normal number unless given. Give one where a Hessian may be wholly rounding,
    /// which nothing in its spectrum can tell.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Absolute
    {
        get => _absolute;
        init => _absolute = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Absolute), value, FormattableString.Invariant($"An absolute tolerance of {value} was given; it is a finite number, at least 0."));
    }

    /// <summary>The largest |λ| that counts as zero.</summary>
    /// <param name="largest">max|λ|.</param>
    /// <param name="dimension">d, the rows of the Hessian.</param>
    public double Threshold(double largest, int dimension) =>
        Math.Max(Absolute, Math.Max(Relative * largest, OfRounding(largest, dimension)));

    /// <summary>What rounding alone may make of an eigenvalue that is zero: 4dε·max|λ|.</summary>
    /// <param name="largest">max|λ|.</param>
    /// <param name="dimension">d, the rows of the Hessian.</param>
    public static double OfRounding(double largest, int dimension) => 4 * dimension * Stationarity.UnitRoundoff * largest;
}
