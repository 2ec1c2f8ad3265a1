namespace LandscapeGpu.Polish;

/// <summary>A walk that takes a trial point or leaves it by value and gradient there, and turns after each.</summary>
/// <param name="dimension">The number of coordinates.</param>
/// <param name="region">Where it walks; null where that is the whole space, or nobody said.</param>
internal abstract class TrialWalk(int dimension, Region? region = null) : Walk(dimension)
{
    private readonly double[] begun = new double[dimension];
    private double value;
    private double rounding;
    private double norm;

    public override double Value => value;

    public override double Rounding => rounding;

    public override double Norm => norm;

    /// <summary>Points judged so far.</summary>
    protected int Steps { get; set; }

    /// <summary>Whether the gradient is zero to its rounding.</summary>
    protected bool IsZero { get; private set; }

    /// <summary>What distances are short or long against.</summary>
    protected double Scale => (Region ?? Region.WholeSpace).Reach(Point);

    /// <summary>Where it walks; null where that is the whole space, or nobody said.</summary>
    protected Region? Region { get; } = region;

    /// <summary>So far from where it began it is on its way to infinity, wherever the origin is.</summary>
    protected bool HasEscaped => Symmetry.Euclidean(Point, begun) > Stationarity.Escape;

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        start.CopyTo(begun);
        (Steps, value, norm) = (0, double.NaN, double.NaN);
    }

    public sealed override WalkState Judge(Trial trial) => HasEnded(trial) ? WalkState.Ended : WalkState.Turning;

    /// <summary>Takes the trial point or leaves it; true if the walk has ended.</summary>
    protected abstract bool HasEnded(Trial trial);

    protected virtual void Accept(Trial trial)
    {
        (value, rounding, norm, IsZero) = (trial.Value, trial.Rounding, Length(trial.Gradient), true);
        for (var i = 0; i < D; i++)
        {
            IsZero &= Stationarity.IsZero(trial.Gradient[i], trial.Errors[i]);
        }

        trial.Gradient.CopyTo(Gradient, 0);
        Ahead.CopyTo(Point, 0);
        Steps++;
    }

    /// <summary>Whether a step is no longer than a rounding along every coordinate, which counts as known to one of max(1, |xᵢ|): so far off the gradient is zero to its rounding.</summary>
    protected bool IsHidden(double[] step)
    {
        for (var i = 0; i < D; i++)
        {
            if (!(Math.Abs(step[i]) <= Stationarity.UnitRoundoff * Math.Max(1, Math.Abs(Point[i]))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The next trial point: a whole step.</summary>
    protected void Advance(double[] step)
    {
        for (var i = 0; i < D; i++)
        {
            Ahead[i] = Point[i] + step[i];
        }
    }

    protected static double Length(double[] v)
    {
        // Scaled: the square of a gradient far out on a tail is zero before the gradient is.
        var largest = Inner.Largest(v);
        if (!(largest > 0))
        {
            return largest;
        }

        double square = 0;
        foreach (var e in v)
        {
            square += e / largest * (e / largest);
        }

        return largest * Math.Sqrt(square);
    }
}
