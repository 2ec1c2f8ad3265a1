namespace LandscapeGpu.Polish;

/// <summary>One point on its way by Newton's steps that are solved for by products with the Hessian, and so never wholly.</summary>
/// <param name="d">The number of coordinates.</param>
/// <param name="sides">What the region's sides hold.</param>
internal sealed class ProductWalk(int d, HeldSides sides) : PolishWalk(d, sides, isPlain: true)
{
    private double left;

    // How far a unit of the gradient leads where the Hessian gives way most, of all that this walk has seen: 1 over the least curvature along a direction.
    private double softness;

    /// <summary>
    /// A step that is not solved for wholly says less than how far the stationary point is: what of the gradient is left, and what of it is rounding, may lead as far as the softest direction lets it.
    /// Never more than a short step, as for steps that factors give.
    /// </summary>
    public override double Uncertainty =>
        softness > 0 ? Math.Min(Stationarity.QuarterOfTheDigits * Reach, Inner.Norm(Direction) + (softness * (left + ErrorNorm))) : base.Uncertainty;

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        (softness, left) = (0, 0);
    }

    /// <summary>Notes how well the step was solved for.</summary>
    /// <param name="give">1 over the least curvature that was met.</param>
    /// <param name="residual">The length of what of the gradient it leaves.</param>
    public void Solved(double give, double residual) => (softness, left) = (Math.Max(softness, give), residual);
}
