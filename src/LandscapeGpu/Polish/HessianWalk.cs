namespace LandscapeGpu.Polish;

/// <summary>A walk that chooses each step from the whole Hessian at its point.</summary>
internal abstract class HessianWalk(int dimension) : TrialWalk(dimension)
{
    /// <summary>The next trial point from the Hessian at the present one; true if the walk has ended.</summary>
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
