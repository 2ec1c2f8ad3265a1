using System.Runtime.Intrinsics;

namespace LandscapeGpu.Polish;

/// <summary>Newton's steps by factors of the Hessian, those of all lanes side by side.</summary>
internal sealed class FactoredDirections : IDirections
{
    private readonly int d;
    private readonly int count;
    private readonly LaneHessians hessians;
    private readonly HeldSides sides;
    private readonly double[] factors;
    private readonly double[] directions;
    private readonly double[] matrix;
    private readonly double[] pivots;

    public FactoredDirections(Objective objective, Derivatives derivatives)
    {
        d = derivatives.Dimension;
        hessians = new(derivatives, objective);
        count = hessians.Count;
        sides = new(objective.Region, d);
        (factors, directions) = (new double[d * d * count], new double[d * count]);
        (matrix, pivots) = (new double[d * d], new double[d]);
    }

    public bool KnowsSides => true;

    public Walk NewWalk() => new PolishWalk(d, sides, isPlain: false);

    public long Find(Walk[] walks)
    {
        for (var l = 0; l < count; l++)
        {
            hessians.Set(l, walks[l].Point);
        }

        hessians.ComputeApart();
        hessians.Entries.CopyTo(factors, 0);
        for (var l = 0; l < count; l++)
        {
            for (var i = 0; i < d; i++)
            {
                directions[(i * count) + l] = -walks[l].Gradient[i];
            }

            sides.Hold(walks[l].Point, walks[l].Gradient, factors, directions, count, l);
        }

        Solve();
        foreach (var (l, walk) in walks.Index())
        {
            if (walk is PolishWalk { Item: >= 0, IsTurning: true } turning)
            {
                for (var i = 0; i < d; i++)
                {
                    turning.Direction[i] = turning.IsShifted ? -turning.Gradient[i] : directions[(i * count) + l];
                }

                if (turning.IsShifted)
                {
                    Shift(turning, l);
                }
            }
        }

        return walks.Count(w => w is { Item: >= 0, IsTurning: true }) * (long)d;
    }

    public bool Turn(Walk walk, int lane)
    {
        var polished = (PolishWalk)walk;
        if (polished.TryReturn((i, j) => hessians.Entries[(((i * d) + j) * count) + lane]))
        {
            return false;
        }

        walk.Moments = hessians.Moments(lane);
        return polished.Turn();
    }

    public void Dispose() => hessians.Dispose();

    /// <summary>The direction of the Hessian plus a multiple of the identity instead.</summary>
    private void Shift(PolishWalk walk, int l)
    {
        hessians.CopyTo(matrix, l);
        sides.Hold(walk.Point, walk.Gradient, matrix, walk.Direction);
        ArrayFactors.Of(matrix, matrix, pivots).Solve(new(walk.Direction));
    }

    /// <summary>Factors and solves as many lanes at once as the machine's vectors hold.</summary>
    private void Solve()
    {
        if (count % Lanes512.Width == 0 && Vector512.IsHardwareAccelerated)
        {
            Solve<Lanes512>();
        }
        else if (count % Lanes256.Width == 0 && Vector256.IsHardwareAccelerated)
        {
            Solve<Lanes256>();
        }
        else if (count % Lanes128.Width == 0)
        {
            Solve<Lanes128>();
        }
        else
        {
            Solve<Scalar>();
        }
    }

    private unsafe void Solve<T>()
        where T : unmanaged, ILanes<T>
    {
        fixed (double* h = factors, b = directions)
        {
            for (var c = 0; c < count; c += T.Width)
            {
                RaisedFactors<T, StridedEntries<T>>.Solve(new(h + c, count), new(b + c, count), d);
            }
        }
    }
}
