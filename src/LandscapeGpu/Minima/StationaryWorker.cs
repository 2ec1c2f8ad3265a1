using LandscapeGpu.Execution;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Minima;

/// <summary>Walks to stationary points on the lanes of one thread; a lane that is done takes the next start.</summary>
internal sealed class StationaryWorker : IDisposable
{
    private readonly int d;
    private readonly Derivatives derivatives;
    private readonly ReadOnlyMemory<double> starts;
    private readonly PolishedSet result;
    private readonly RestartQueue queue;
    private readonly Lanes slope;
    private readonly AlignedMemory data;
    private readonly LaneHessians hessians;
    private readonly Retraction retraction;
    private readonly StationaryWalk[] walks;
    private readonly double[][] trials;
    private readonly double[] gradient;
    private readonly double[] hessian;
    private RestartQueue.Chunk chunk;
    private int alive;

    public StationaryWorker(Objective objective, Derivatives derivatives, ReadOnlyMemory<double> starts, PolishedSet result, RestartQueue queue)
    {
        d = derivatives.Dimension;
        (this.derivatives, this.starts, this.result, this.queue) = (derivatives, starts, result, queue);
        slope = new Lanes(derivatives.Slope);
        data = derivatives.Slope.NewData(objective.Parameters, objective.Replaced);
        hessians = new LaneHessians(derivatives, objective);
        walks = [.. Enumerable.Range(0, slope.Count).Select(_ => new StationaryWalk(d))];
        retraction = new Retraction(objective, derivatives.Bits);
        trials = [.. walks.Select(w => w.Trial)];
        (gradient, hessian) = (new double[d], new double[d * d]);
    }

    public long Evaluations { get; private set; }

    /// <summary>Told how many more are done.</summary>
    public Action<long>? Progress { get; init; }

    public void Dispose()
    {
        slope.Dispose();
        data.Dispose();
        hessians.Dispose();
        retraction.Dispose();
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
        retraction.Apply(trials);
        for (var l = 0; l < walks.Length; l++)
        {
            slope.Write(derivatives.X, l, walks[l].Trial);
        }

        slope.Run(data);
        Evaluations += alive;
        for (var l = 0; l < walks.Length; l++)
        {
            if (walks[l].Item >= 0)
            {
                slope.Read(derivatives.Gradient, l, gradient);
                if (walks[l].Judge(slope.Read(derivatives.Value, 0, l), gradient))
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
                (result.Moments[2 * walk.Item], result.Moments[(2 * walk.Item) + 1]) = hessians.Moments(l);
                if (walk.Turn(hessian))
                {
                    Finish(walk);
                }
            }
        }
    }

    private void Finish(StationaryWalk walk)
    {
        var item = walk.Item;
        walk.Point.CopyTo(result.Points.AsSpan(item * d));
        (result.Values[item], result.Residuals[item], result.Stationary[item]) = (walk.Value, walk.Norm, walk.IsStationary);
        Take(walk);
    }

    private void Take(StationaryWalk walk)
    {
        if (walk.Item >= 0)
        {
            alive--;
        }

        if (chunk.IsEmpty)
        {
            Progress?.Invoke(chunk.Length);
            chunk = queue.Next();
        }

        if (chunk.IsEmpty)
        {
            walk.Item = -1;
            return;
        }

        var item = chunk.Take();
        walk.Begin(item, starts.Span.Slice(item * d, d));
        alive++;
    }
}
