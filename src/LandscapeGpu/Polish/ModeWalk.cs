namespace LandscapeGpu.Polish;

/// <summary>A walk that chooses each step from modes of the Hessian that a few products show.</summary>
/// <remarks>On the boundary of a region it moves within the face that descent is held on, and leaves it where descent leads inwards.</remarks>
internal abstract class ModeWalk(Objective objective) : TrialWalk(objective.Dimension, objective.Region)
{
    // So many products are enough to be on the way; more are made where they bring more, up to the most.
    private const int First = 8;
    private const int Most = 64;

    // A step that the region bends by more than this share of its length is cut where it meets the boundary.
    private const double MostBent = 1.0 / 32;

    private readonly Region region = objective.Region;
    private readonly bool hasSides = !objective.Region.IsWholeSpace && !objective.Region.HasOwnCoordinates;
    private HeldFace face = HeldFace.None;
    private HeldFace ahead = HeldFace.None;

    /// <summary>The modes at the point.</summary>
    public RitzModes Modes { get; } = new(objective.Dimension, objective.MovingSymmetry);

    /// <summary>How many products a step may take.</summary>
    protected int Products { get; private set; }

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        Products = Math.Min(D, First);
        Modes.Forget();
        face = HeldFace.None;
    }

    /// <summary>Begins the space of modes at the point, unless they are known.</summary>
    public void Ask()
    {
        if (!Modes.IsKnown)
        {
            Modes.Begin(Point, Guides(), ProductsNow, face);
        }
    }

    /// <summary>The next trial point from the modes; true if the walk has ended.</summary>
    public abstract bool Turn();

    /// <summary>Takes the trial point or leaves it, by the gradient that the sides there leave; true if the walk has ended.</summary>
    protected abstract bool EndsAt(Trial trial);

    /// <summary>Whether a side does not hold although descent would leave through it.</summary>
    protected virtual bool IsReleased(ActiveConstraint side) => false;

    protected sealed override bool HasEnded(Trial trial)
    {
        if (hasSides)
        {
            ahead = HeldFace.Of(region, Ahead, trial.Gradient, IsReleased);
            ahead.Free(Ahead, trial.Gradient, trial.Errors);
        }

        return EndsAt(trial);
    }

    protected override void Accept(Trial trial)
    {
        base.Accept(trial);
        face = ahead;
    }

    /// <summary>Takes what the sides at the trial point hold out of a vector.</summary>
    protected void FreeAhead(double[] vector) => ahead.Free(vector);

    /// <summary>The next trial point: a whole step, or as much of it as stays in the region; true where that is another step, which is written in its place.</summary>
    protected bool AdvanceWithin(double[] step)
    {
        Advance(step);
        IsPressing = false;
        if (!hasSides || IsWithin(Ahead))
        {
            return false;
        }

        var whole = Inner.Norm(step);
        foreach (var side in region.Active(Point))
        {
            if (side.Along(step) > 0)
            {
                side.Remove(step);
            }
        }

        IsPressing = Inner.Norm(step) < whole / 2;

        var (most, least) = (1.0, 0.0);
        if (!TryReach(step, most))
        {
            for (var halving = 0; halving < 48; halving++)
            {
                var middle = 0.5 * (least + most);
                (least, most) = TryReach(step, middle) ? (middle, most) : (least, middle);
            }

            _ = TryReach(step, least);
        }

        for (var i = 0; i < D; i++)
        {
            step[i] = Ahead[i] - Point[i];
        }

        return true;
    }

    /// <summary>Whether most of the last step led out of the region, through sides that the point lies on.</summary>
    protected bool IsPressing { get; private set; }

    /// <summary>Puts the trial point where the region takes the end of a share of a step; whether that is about where the share leads.</summary>
    private bool TryReach(double[] step, double share)
    {
        for (var i = 0; i < D; i++)
        {
            Ahead[i] = Point[i] + (share * step[i]);
        }

        double[] aimed = [.. Ahead];
        _ = region.TryProject(Ahead);
        return Math.Sqrt(Projection(aimed)) <= MostBent * share * Length(step);

        double Projection(double[] from) => Ahead.Zip(from, (a, b) => (a - b) * (a - b)).Sum();
    }

    /// <summary>Whether no side moves a point; to what is a surface it is retracted later.</summary>
    private bool IsWithin(double[] point)
    {
        double[] projected = [.. point];
        _ = region.TryProject(projected);
        return projected.AsSpan().SequenceEqual(point);
    }

    /// <summary>What the space of modes is to hold above all.</summary>
    protected abstract IEnumerable<double[]> Guides();

    /// <summary>How many products the space at this point may take.</summary>
    protected virtual int ProductsNow => Products;

    /// <summary>Fits the number of products to the step that was taken: more where what the space left out is most of the gradient now, fewer where it is little of it.</summary>
    /// <param name="leftOut">The part of the product with the step that is outside the space.</param>
    protected void Fit(double leftOut) => Products = leftOut > Norm / 2 ? Math.Min(All, Products * 3 / 2)
        : leftOut < Norm / 8 ? Math.Max(Math.Min(D, First), Products * 2 / 3)
        : Products;

    /// <summary>As many as there may be, where nothing is known to begin from.</summary>
    protected int All => Math.Min(D, Most);
}
