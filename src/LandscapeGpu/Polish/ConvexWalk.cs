namespace LandscapeGpu.Polish;

/// <summary>A walk down a convex valley whose curvatures differ by more than half the digits: by Newton's steps from factors with every pivot that is more than rounding; along what has none it stays.</summary>
/// <remarks>
/// Conjugate gradients do not come to an end there, and pivots that are raised make steps along the floor too short. It ends where the Hessian is not positive: factors that keep small pivots lead anywhere then.
/// Steps may be as long as the floor is, where those before them fell as the model foretold.
/// </remarks>
/// <param name="d">The number of coordinates.</param>
/// <param name="sides">What the region's sides hold.</param>
internal sealed class ConvexWalk(int d, HeldSides sides) : MatrixWalk(d, sides, isPlain: true)
{
    // As near as the model of second order is to what is found in a Newton basin.
    private const double AsForetold = 1.0 / 8;

    private readonly PivotedFactors factors = new(d);
    private double stretch;

    /// <summary>A step that promises nothing says so of directions that have curvature.</summary>
    public override bool IsStationary => !factors.CurvesDown && base.IsStationary && (factors.Rank == D || Sides.IsStationary(Point, Gradient, Errors));

    protected override bool Shifts => false;

    /// <summary>Where all the way is convex no ridge is between its two ends.</summary>
    protected override bool IsLeashed => false;

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        stretch = 1;
    }

    public override bool Turn(double[] hessian)
    {
        factors.Find(hessian, _ => true);
        if (factors.CurvesDown)
        {
            return true;
        }

        factors.Solve(factors.Right(Direction), Direction);
        if (Turn())
        {
            return true;
        }

        At.Share = Math.Min(1, stretch * At.Share);
        Vectors.Advance(At.Share);
        return false;
    }

    protected override void Note(NewtonPoint old)
    {
        var foretold = old.Share * (1 - (0.5 * old.Share)) * old.Slope;
        stretch = Math.Abs(At.Value - old.Value - foretold) <= AsForetold * Math.Abs(foretold) ? 2 * stretch : 1;
    }
}
