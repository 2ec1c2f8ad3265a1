namespace LandscapeGpu.Polish;

/// <summary>One point on its way by Newton's steps that are solved for by products with the Hessian, and so never wholly.</summary>
/// <param name="d">The number of coordinates.</param>
/// <param name="sides">What the region's sides hold.</param>
internal sealed class ProductWalk(int d, HeldSides sides) : PolishWalk(d, sides, isPlain: true)
{
    // Conjugate gradients that have not solved for so many steps one after the other, or led nowhere, will not come to an end, and a Hessian with its factors costs less than they have.
    private const int MostFruitless = 3;

    // Of the gradient, what a whole step leaves: one that is solved for leaves a ten-thousandth near the minimum.
    private const double Fruitless = 0.5;

    private double left;
    private int fruitless;
    private bool curvesDown;
    private bool isOpen;

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
        (softness, left, fruitless) = (0, 0, 0);
    }

    /// <summary>Notes how well the step was solved for.</summary>
    /// <param name="give">1 over the least curvature that was met.</param>
    /// <param name="residual">The length of what of the gradient it leaves.</param>
    /// <param name="isSaddle">Whether the curvature along a direction was below zero: the gradient grows on the way down from a saddle.</param>
    /// <param name="needsMore">Whether more products would leave less.</param>
    public void Solved(double give, double residual, bool isSaddle, bool needsMore) => (softness, left, curvesDown, isOpen) = (Math.Max(softness, give), residual, isSaddle, needsMore);

    public override bool Turn() => base.Turn() || (fruitless >= MostFruitless && D <= LanePolish.MostFactored);

    protected override void Note(NewtonPoint old) => fruitless = !curvesDown && (isOpen || (old.Share == 1 && At.Norm > Fruitless * old.Norm)) ? fruitless + 1 : 0;
}
