using LandscapeGpu.Differentiation;
using LandscapeGpu.Execution;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Polish;

/// <summary>Walks on the lanes of one thread; a lane that is done takes the next start.</summary>
internal sealed class StationaryWorker : IDisposable
{
    private readonly int d;
    private readonly Derivatives derivatives;
    private readonly WalkItems items;
    private readonly RoundedDerivatives rounded;
    private readonly Lanes slope;
    private readonly AlignedMemory data;
    private readonly LaneHessians hessians;
    private readonly Retraction? retraction;
    private readonly Walk[] walks;
    private readonly double[][] trials;
    private readonly Trial trial;
    private readonly double[] hessian;
    private RestartQueue.Chunk chunk;
    private int alive;

    /// <param name="objective">The landscape.</param>
    /// <param name="derivatives">Its derivatives.</param>
    /// <param name="items">What there is to walk from.</param>
    /// <param name="walk">A new walk of d coordinates.</param>
    public StationaryWorker(Objective objective, Derivatives derivatives, WalkItems items, Func<int, Walk> walk)
    {
        d = derivatives.Dimension;
        (this.derivatives, this.items) = (derivatives, items);
        rounded = derivatives.Rounded;
        slope = new Lanes(rounded.Slope);
        data = rounded.Slope.NewData(objective.Parameters, objective.Replaced);
        hessians = new LaneHessians(derivatives, objective);
        walks = [.. Enumerable.Range(0, slope.Count).Select(_ => walk(d))];
        // The search knows no sides; a surface it does not leave.
        retraction = objective.Surface is null ? null : new Retraction(objective, derivatives.Bits);
        trials = [.. walks.Select(w => w.Ahead)];
        (trial, hessian) = (new Trial(d), new double[d * d]);
    }

    public long Evaluations { get; private set; }

    /// <summary>Told how many more are done.</summary>
    public Action<long>? Progress { get; init; }

    public void Dispose()
    {
        slope.Dispose();
        data.Dispose();
        hessians.Dispose();
        retraction?.Dispose();
    }

    public void Run(CancellationToken cancellation)
    {
        foreach (var walk in walks)
        {
            Take(walk);
        }

        while (alive > 0 && !cancellation.IsCancellationRequested)
        {
            Judge();
            Turn();
        }
    }

    private void Judge()
    {
        retraction?.Apply(trials);
        for (var l = 0; l < walks.Length; l++)
        {
            rounded.Write(slope, l, walks[l].Ahead);
        }

        slope.Run(data);
        Evaluations += alive;
        for (var l = 0; l < walks.Length; l++)
        {
            if (walks[l].Item >= 0)
            {
                slope.Read(rounded.Gradient, l, trial.Gradient);
                slope.Read(rounded.GradientError, l, trial.Errors);
                (trial.Value, trial.Rounding) = (slope.Read(rounded.Value, 0, l), slope.Read(rounded.ValueError, 0, l));
                if (walks[l].Judge(trial))
                {
                    Finish(walks[l]);
                }
            }
        }
    }

    private void Turn()
    {
        for (var l = 0; l < walks.Length; l++)
        {
            hessians.Set(l, walks[l].Point);
        }

        hessians.Compute();
        Evaluations += (long)alive * d;
        for (var l = 0; l < walks.Length; l++)
        {
            // A walk that has just been taken has not been evaluated at its start yet.
            if (walks[l] is { Item: >= 0, Steps: > 0 } walk)
            {
                hessians.CopyTo(hessian, l);
                // By these stationary points can be told apart.
                (items.Result.Moments[2 * walk.Item], items.Result.Moments[(2 * walk.Item) + 1]) = hessians.Moments(l);
                if (walk.Turn(hessian))
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
        (result.Roundings[item], result.Endless[item]) = (walk.Rounding, walk.IsEndless);
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
