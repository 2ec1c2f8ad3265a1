namespace LandscapeGpu.Polish;

/// <summary>Whether a walk tries another point on its way, needs a new direction, or has ended.</summary>
internal enum WalkState
{
    Trying,
    Turning,
    Ended,
}

/// <summary>One start on its way to a stationary point: who steps decides by value, gradient and Hessian, which are computed for the walks of all lanes at once.</summary>
internal abstract class Walk(int dimension)
{
    protected int D { get; } = dimension;

    public int Item { get; set; } = -1;

    /// <summary>It needs a new direction at its point.</summary>
    public bool IsTurning { get; set; }

    public double[] Point { get; } = new double[dimension];

    public double[] Gradient { get; } = new double[dimension];

    /// <summary>The next trial point.</summary>
    public double[] Ahead { get; } = new double[dimension];

    /// <summary>The first two moments of the Hessian's spectrum, as it was formed last.</summary>
    public (double Trace, double Square) Moments { get; set; }

    public abstract double Value { get; }

    /// <summary>A bound of the value's rounding.</summary>
    public abstract double Rounding { get; }

    /// <summary>‖∇f‖, of the directions that can move.</summary>
    public abstract double Norm { get; }

    /// <summary>The walk has come to where it was to lead.</summary>
    public abstract bool IsStationary { get; }

    /// <summary>The value kept falling as far as the walk went, and there was nowhere to arrive.</summary>
    public virtual bool IsEndless => false;

    /// <summary>It has come to where it was to lead, and may get much nearer by other steps.</summary>
    public virtual bool IsSlow => false;

    /// <summary>Where it ended may be no end, but the floor of a valley that leads on down; of a walk down valleys, where it began was such a place.</summary>
    public virtual bool IsOnFloor => false;

    /// <summary>Whether trial points are meant as they are, and not known to a rounding of their unit only.</summary>
    public virtual bool IsExact => false;

    /// <summary>How far the stationary point may be from where the walk ended; NaN where nobody says.</summary>
    public virtual double Uncertainty => double.NaN;

    public virtual void Begin(int item, ReadOnlySpan<double> start)
    {
        (Item, IsTurning, Moments) = (item, false, (double.NaN, double.NaN));
        start.CopyTo(Ahead);
        start.CopyTo(Point);
    }

    /// <summary>Takes the trial point or leaves it.</summary>
    public abstract WalkState Judge(Trial trial);
}

/// <summary>What is known at a trial point.</summary>
internal sealed class Trial(int dimension)
{
    public double Value { get; set; }

    /// <summary>A bound of the value's rounding.</summary>
    public double Rounding { get; set; }

    public double[] Gradient { get; } = new double[dimension];

    /// <summary>Bounds of the gradient's rounding.</summary>
    public double[] Errors { get; } = new double[dimension];

    /// <summary>Takes what is known of another.</summary>
    public void Take(Trial other)
    {
        (Value, Rounding) = (other.Value, other.Rounding);
        other.Gradient.CopyTo(Gradient, 0);
        other.Errors.CopyTo(Errors, 0);
    }
}
