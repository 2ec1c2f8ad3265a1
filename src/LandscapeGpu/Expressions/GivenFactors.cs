namespace LandscapeGpu.Expressions;

/// <summary>Factors that data and indices give, whatever the point is: where one of them is 0, so is the product, and it stays 0 whichever way the point moves.</summary>
/// <remarks>
/// Of (t/x)ᵇ at a time t = 0 and √(Dt) there, the slope of the power or the root is infinite and that of what is within is 0: ∞·0 is no number, and the derivative is 0.
/// </remarks>
internal static class GivenFactors
{
    // Products of more, and what is computed from data by more steps, are not looked through.
    private const int MostDepth = 8;

    /// <summary>Where a factor is 0 that does not depend on the point; null if there is no such factor.</summary>
    public static Condition? AreZero(Real product) => AreZero(product, MostDepth);

    /// <summary>Whether a factor of zero may make it infinite: (t/x)ᵇ is at t = 0 for every b below 0.</summary>
    public static bool MayMakeInfinite(Real r) => r.Operation is Operation.Power && !r.B.IsConstant && AreZero(r.A) is not null;

    private static Condition? AreZero(Real r, int depth) => r.Operation switch
    {
        Operation.Constant => r.Value == 0 ? Functions.Equal(r, 0) : null,
        _ when IsGiven(r, depth) => Functions.Equal(r, 0),
        Operation.Multiply when depth > 0 => (AreZero(r.A, depth - 1), AreZero(r.B, depth - 1)) switch
        {
            ({ } a, { } b) => a | b,
            var (a, b) => a ?? b,
        },
        Operation.Negate or Operation.Abs when depth > 0 => AreZero(r.A, depth - 1),
        _ => null,
    };

    private static bool IsGiven(Real r, int depth) => r.Operation switch
    {
        Operation.Constant or Operation.FromIndex => true,
        Operation.Element => r.Vector is Data,
        Operation.Parameter or Operation.Sum or Operation.IndexLess or Operation.IndexEqual => false,
        _ => depth > 0 && r.Operands.All(o => IsGiven(o, depth - 1)),
    };
}
