using LandscapeGpu.Kernels;

namespace LandscapeGpu.Polish;

/// <summary>One start on its way: who steps decides by value, gradient and Hessian, which are computed for the walks of all lanes at once.</summary>
internal abstract class Walk(int dimension)
{
    protected int D { get; } = dimension;

    public int Item { get; set; } = -1;

    /// <summary>Points judged so far.</summary>
    public int Steps { get; protected set; }

    public double[] Point { get; } = new double[dimension];

    public double[] Gradient { get; } = new double[dimension];

    /// <summary>The next trial point.</summary>
    public double[] Ahead { get; } = new double[dimension];

    public double Value { get; private set; }

    /// <summary>A bound of the value's rounding.</summary>
    public double Rounding { get; private set; }

    /// <summary>Whether the gradient is zero to its rounding.</summary>
    public bool IsZero { get; private set; }

    /// <summary>‖∇f‖.</summary>
    public double Norm { get; private set; }

    /// <summary>The walk has come to where it was to lead.</summary>
    public abstract bool IsStationary { get; }

    /// <summary>The value kept falling as far as the walk went, and there was nowhere to arrive.</summary>
    public virtual bool IsEndless => false;

    /// <summary>1 + ‖x‖: distances are short or long against it.</summary>
    protected double Scale => 1 + Length(Point);

    public virtual void Begin(int item, ReadOnlySpan<double> start)
    {
        (Item, Steps, Value, Norm) = (item, 0, double.NaN, double.NaN);
        start.CopyTo(Ahead);
        start.CopyTo(Point);
    }

    /// <summary>Takes the trial point or leaves it; true if the walk has ended.</summary>
    public abstract bool Judge(Trial trial);

    /// <summary>The next trial point from the Hessian at the present one; true if the walk has ended.</summary>
    public abstract bool Turn(double[] hessian);

    protected void Accept(Trial trial)
    {
        (Value, Rounding, Norm, IsZero) = (trial.Value, trial.Rounding, Length(trial.Gradient), true);
        for (var i = 0; i < D; i++)
        {
            IsZero &= Stationarity.IsZero(trial.Gradient[i], trial.Errors[i]);
        }

        trial.Gradient.CopyTo(Gradient, 0);
        Ahead.CopyTo(Point, 0);
        Steps++;
    }

    protected static double Length(double[] v)
    {
        // Scaled: the square of a gradient far out on a tail is zero before the gradient is.
        var largest = v.Max(Math.Abs);
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

/// <summary>What is known at a trial point.</summary>
internal sealed class Trial(int dimension)
{
    public double Value { get; set; }

    /// <summary>A bound of the value's rounding.</summary>
    public double Rounding { get; set; }

    public double[] Gradient { get; } = new double[dimension];

    /// <summary>Bounds of the gradient's rounding.</summary>
    public double[] Errors { get; } = new double[dimension];
}
