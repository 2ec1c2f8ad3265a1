namespace LandscapeGpu.Polish;

/// <summary>Directions that walks find themselves, each from the Hessian at its point.</summary>
/// <param name="objective">The landscape.</param>
/// <param name="derivatives">Its derivatives.</param>
/// <param name="walk">A new walk of d coordinates.</param>
internal sealed class HessianDirections(Objective objective, Derivatives derivatives, Func<int, HessianWalk> walk) : IDirections
{
    private readonly LaneHessians hessians = new(derivatives, objective);
    private readonly double[] hessian = new double[derivatives.Dimension * derivatives.Dimension];

    public bool KnowsSides => false;

    public Walk NewWalk() => walk(derivatives.Dimension);

    public long Find(Walk[] walks)
    {
        for (var l = 0; l < walks.Length; l++)
        {
            hessians.Set(l, ((HessianWalk)walks[l]).Turning);
        }

        hessians.Compute();
        return walks.Count(w => w is { Item: >= 0, IsTurning: true }) * (long)derivatives.Dimension;
    }

    public bool Turn(Walk walk, int lane)
    {
        hessians.CopyTo(hessian, lane);
        walk.Moments = hessians.Moments(lane);
        return ((HessianWalk)walk).Turn(hessian);
    }

    public void Dispose() => hessians.Dispose();
}
