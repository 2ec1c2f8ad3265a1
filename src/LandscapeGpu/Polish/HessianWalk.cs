namespace LandscapeGpu.Polish;

/// <summary>A walk that chooses each step from the whole Hessian at its point.</summary>
/// <param name="dimension">The number of coordinates.</param>
/// <param name="region">Where it walks; null where that is the whole space, or nobody said.</param>
internal abstract class HessianWalk(int dimension, Region? region = null) : TrialWalk(dimension, region)
{
    /// <summary>Where the Hessian is asked for.</summary>
    public virtual double[] Turning => Point;

    /// <summary>The next trial point from the Hessian there; true if the walk has ended.</summary>
    public abstract bool Turn(double[] hessian);

    /// <summary>The largest |Hᵢᵢ|.</summary>
    protected double LargestPivot(double[] hessian)
    {
        var largest = 0.0;
        for (var i = 0; i < D; i++)
        {
            largest = Math.Max(largest, Math.Abs(hessian[(i * D) + i]));
        }

        return largest;
    }
}
