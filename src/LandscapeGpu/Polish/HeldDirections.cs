namespace LandscapeGpu.Polish;

/// <summary>Directions that walks find themselves, each from the Hessian at its point without what sides hold.</summary>
/// <param name="objective">The landscape.</param>
/// <param name="derivatives">Its derivatives.</param>
/// <param name="walk">A new walk among sides.</param>
internal sealed class HeldDirections(Objective objective, Derivatives derivatives, Func<HeldSides, MatrixWalk> walk) : IDirections
{
    private readonly int d = derivatives.Dimension;
    private readonly LaneHessians hessians = new(derivatives, objective);
    private readonly HeldSides sides = new(objective.Region, derivatives.Dimension);
    private readonly double[] hessian = new double[derivatives.Dimension * derivatives.Dimension];

    public bool KnowsSides => true;

    public Walk NewWalk() => walk(sides);

    public long Find(Walk[] walks)
    {
        for (var l = 0; l < walks.Length; l++)
        {
            hessians.Set(l, walks[l].Point);
        }

        hessians.ComputeApart();
        return walks.Count(w => w is { Item: >= 0, IsTurning: true }) * (long)d;
    }

    public bool Turn(Walk walk, int lane)
    {
        var turning = (MatrixWalk)walk;
        hessians.CopyTo(hessian, lane);
        if (turning.TryReturn((i, j) => hessian[(i * d) + j]))
        {
            return false;
        }

        walk.Moments = hessians.Moments(lane);
        for (var i = 0; i < d; i++)
        {
            turning.Direction[i] = -turning.Gradient[i];
        }

        sides.Hold(turning.Point, turning.Gradient, hessian, turning.Direction);
        return turning.Turn(hessian);
    }

    public void Dispose() => hessians.Dispose();
}
