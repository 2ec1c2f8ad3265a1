namespace LandscapeGpu.Polish;

/// <summary>A damped Newton method that finds each step itself, from the Hessian without what sides hold.</summary>
/// <param name="d">The number of coordinates.</param>
/// <param name="sides">What the region's sides hold.</param>
/// <param name="isPlain">No step is made longer than Newton's.</param>
internal abstract class MatrixWalk(int d, HeldSides sides, bool isPlain) : PolishWalk(d, sides, isPlain)
{
    /// <summary>Takes a new direction; true if the walk has ended.</summary>
    /// <param name="hessian">The Hessian at the point, without what sides hold.</param>
    public abstract bool Turn(double[] hessian);
}
