using System.Runtime.CompilerServices;

namespace LandscapeGpu.Polish;

/// <summary>Walks on the lanes of one thread; a lane that is done takes the next start.</summary>
internal sealed class WalkWorker : IDisposable
{
    private readonly int d;
    private readonly WalkItems items;
    private readonly RoundedDerivatives rounded;
    private readonly Lanes slope;
    private readonly IDirections directions;
    private readonly Retraction? retraction;
    private readonly Walk[] walks;
    private readonly double[][] trials;
    private readonly Trial trial;
    private RestartQueue.Chunk chunk;
    private int alive;

    /// <param name="objective">The landscape.</param>
    /// <param name="derivatives">Its derivatives.</param>
    /// <param name="items">What there is to walk from.</param>
    /// <param name="directions">What says where walks turn to, and what walks there are; disposed of with this.</param>
    public WalkWorker(Objective objective, Derivatives derivatives, WalkItems items, IDirections directions)
    {
        d = derivatives.Dimension;
        (this.items, this.directions) = (items, directions);
        rounded = derivatives.Rounded;
        slope = objective.OnLanes(rounded.Slope);
        walks = [.. Enumerable.Range(0, slope.Count).Select(_ => directions.NewWalk())];
        // Who knows no sides knows the surface, which is not left.
        retraction = directions.KnowsSides || objective.Surface is not null ? new Retraction(objective, derivatives.Bits) : null;
        trials = [.. walks.Select(w => w.Ahead)];
        trial = new Trial(d);
    }

    public long Evaluations { get; private set; }

    public long Bounded { get; private set; }

    /// <summary>Told how many more are done.</summary>
    public Action<long>? Progress { get; init; }

    public void Dispose()
    {
        slope.Dispose();
        directions.Dispose();
        retraction?.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(CancellationToken cancellation)
    {
        foreach (var walk in walks)
        {
            Take(walk);
        }

        while (alive > 0 && !cancellation.IsCancellationRequested)
        {
            retraction?.Apply(trials);
            for (var l = 0; l < walks.Length; l++)
            {
                if (walks[l].IsExact)
                {
                    rounded.WriteExact(slope, l, walks[l].Ahead);
                }
                else
                {
                    rounded.Write(slope, l, walks[l].Ahead);
                }
            }

            slope.Run();
            Evaluations += alive;
            Bounded += alive;
            if (Judge())
            {
                Evaluations += directions.Find(walks);
                Turn();
            }
        }
    }

    /// <summary>Tells each walk what its trial point is like; true if any needs a new direction.</summary>
    private bool Judge()
    {
        var isTurning = false;
        for (var l = 0; l < walks.Length; l++)
        {
            if (walks[l] is not { Item: >= 0 } walk)
            {
                continue;
            }

            slope.Read(rounded.Gradient, l, trial.Gradient);
            slope.Read(rounded.GradientError, l, trial.Errors);
            (trial.Value, trial.Rounding) = (slope.Read(rounded.Value, 0, l), slope.Read(rounded.ValueError, 0, l));
            var state = walk.Judge(trial);
            walk.IsTurning = state == WalkState.Turning;
            isTurning |= walk.IsTurning;
            if (state == WalkState.Ended)
            {
                Finish(walk);
            }
        }

        return isTurning;
    }

    private void Turn()
    {
        for (var l = 0; l < walks.Length; l++)
        {
            if (walks[l] is { Item: >= 0, IsTurning: true } walk)
            {
                walk.IsTurning = false;
                if (directions.Turn(walk, l))
                {
                    Finish(walk);
                }
            }
        }
    }

    private void Finish(Walk walk)
    {
        var (item, result) = (walk.Item, items.Result);
        walk.Point.CopyTo(result.Points.AsSpan(item * d));
        (result.Values[item], result.Residuals[item], result.Stationary[item]) = (walk.Value, walk.Norm, walk.IsStationary);
        (result.Roundings[item], result.Uncertainties[item], result.Endless[item]) = (walk.Rounding, walk.Uncertainty, walk.IsEndless);
        (result.Slow[item], result.OnFloor[item]) = (walk.IsStationary && walk.IsSlow, walk.IsOnFloor);
        // By these stationary points can be told apart.
        (result.Moments[2 * item], result.Moments[(2 * item) + 1]) = walk.Moments;
        Take(walk);
    }

    private void Take(Walk walk)
    {
        if (walk.Item >= 0)
        {
            alive--;
        }

        if (chunk.IsEmpty)
        {
            Progress?.Invoke(chunk.Length);
            chunk = items.Queue.Next();
        }

        if (chunk.IsEmpty)
        {
            walk.Item = -1;
            return;
        }

        var item = chunk.Take();
        walk.Begin(item, items.Starts.Span.Slice(item * d, d));
        alive++;
    }
}
