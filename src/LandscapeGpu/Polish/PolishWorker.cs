using System.Runtime.CompilerServices;
using LandscapeGpu.Differentiation;
using LandscapeGpu.Execution;
using LandscapeGpu.Kernels;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Polish;

/// <summary>Polishes points on the lanes of one thread; a lane that is done takes the next point.</summary>
internal sealed class PolishWorker : IDisposable
{
    private readonly int d;
    private readonly int count;
    private readonly Derivatives derivatives;
    private readonly WalkItems items;
    private readonly Lanes slope;
    private readonly AlignedMemory data;
    private readonly LaneHessians hessians;
    private readonly Retraction retraction;
    private readonly double[][] trials;
    private readonly HeldSides sides;
    private readonly PolishLane[] lanes;
    private readonly double[] factors;
    private readonly double[] directions;
    private readonly double[] matrix;
    private readonly double[] single;
    private RestartQueue.Chunk chunk;
    private int alive;

    public PolishWorker(Objective objective, Derivatives derivatives, WalkItems items)
    {
        d = derivatives.Dimension;
        (this.derivatives, this.items) = (derivatives, items);
        slope = new Lanes(derivatives.Slope);
        data = derivatives.Slope.NewData(objective.Parameters, objective.Replaced);
        hessians = new LaneHessians(derivatives, objective);
        count = slope.Count;
        retraction = new Retraction(objective, derivatives.Bits);
        sides = new HeldSides(objective.Region, d);
        lanes = [.. Enumerable.Range(0, count).Select(_ => new PolishLane(d))];
        trials = [.. lanes.Select(l => l.Trial)];
        factors = new double[d * d * count];
        directions = new double[d * count];
        matrix = new double[d * d];
        single = new double[d];
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(CancellationToken cancellation)
    {
        foreach (var lane in lanes)
        {
            Take(lane);
        }

        while (alive > 0 && !cancellation.IsCancellationRequested)
        {
            retraction.Apply(trials);
            for (var l = 0; l < count; l++)
            {
                slope.Write(derivatives.X, l, lanes[l].Trial);
            }

            slope.Run(data);
            Evaluations += alive;
            var turning = false;
            for (var l = 0; l < count; l++)
            {
                if (lanes[l].Item >= 0)
                {
                    turning |= Judge(lanes[l], l);
                }
            }

            if (turning)
            {
                Turn();
            }
        }
    }

    private void Take(PolishLane lane)
    {
        if (chunk.IsEmpty)
        {
            Progress?.Invoke(chunk.Length);
            chunk = items.Queue.Next();
        }

        if (lane.Item >= 0)
        {
            alive--;
        }

        if (chunk.IsEmpty)
        {
            lane.Item = -1;
            return;
        }

        lane.Begin(chunk.Take());
        alive++;
        items.Starts.Span.Slice(lane.Item * d, d).CopyTo(lane.Trial);
        lane.Trial.CopyTo(lane.Origin, 0);
    }

    /// <summary>Takes the trial point or halves the step; true if a new direction is needed.</summary>
    private bool Judge(PolishLane lane, int l)
    {
        var value = slope.Read(derivatives.Value, 0, l);
        slope.Read(derivatives.Gradient, l, lane.TrialGradient);
        var free = sides.FreeNorm(lane.Trial, lane.TrialGradient);
        if (!lane.At.Accepts(value, free))
        {
            if (lane.At.Steps == 0)
            {
                Finish(lane, l, false);
                return false;
            }

            lane.Halve();
            if (lane.At.IsExhausted)
            {
                if (lane.At.NeedsShift(lane.Reach))
                {
                    lane.Shift();
                    return true;
                }

                Finish(lane, l, lane.At.IsAtFloor(lane.Reach));
                return false;
            }

            lane.Advance();
            return false;
        }

        lane.Accept(value, free);
        lane.Turning = true;
        return true;
    }

    /// <summary>Hessians and new directions for the lanes that have moved.</summary>
    private void Turn()
    {
        for (var l = 0; l < count; l++)
        {
            hessians.Set(l, lanes[l].Point);
        }

        hessians.ComputeApart();
        Evaluations += (long)alive * d;
        hessians.Entries.CopyTo(factors, 0);
        for (var l = 0; l < count; l++)
        {
            for (var i = 0; i < d; i++)
            {
                directions[(i * count) + l] = lanes[l].Gradient[i];
            }

            sides.Hold(lanes[l].Point, lanes[l].Gradient, factors, directions, count, l);
        }

        LaneFactorisation.Solve(factors, directions, d, count);
        for (var l = 0; l < count; l++)
        {
            if (lanes[l] is { Item: >= 0, Turning: true, At.IsShifted: true } lane)
            {
                Shift(lane, l);
            }
        }

        for (var l = 0; l < count; l++)
        {
            if (lanes[l] is { Item: >= 0, Turning: true } lane)
            {
                Direct(lane, l);
            }
        }
    }

    /// <summary>The direction of the Hessian plus a multiple of the identity instead.</summary>
    private void Shift(PolishLane lane, int l)
    {
        for (var i = 0; i < d; i++)
        {
            single[i] = -lane.Gradient[i];
        }

        hessians.CopyTo(matrix, l);
        sides.Hold(lane.Point, lane.Gradient, matrix, single);
        ShiftedFactorisation.Solve(matrix, single, d);
        for (var i = 0; i < d; i++)
        {
            directions[(i * count) + l] = single[i];
        }
    }

    private void Direct(PolishLane lane, int l)
    {
        var largest = 0.0;
        for (var i = 0; i < d; i++)
        {
            lane.Direction[i] = directions[(i * count) + l];
            // Where a bound holds, the curvature may be infinite.
            var curvature = Math.Abs(hessians.Entries[(((i * d) + i) * count) + l]);
            largest = NewtonPoint.IsFinite(curvature) ? Math.Max(largest, curvature) : largest;
        }

        lane.Turn(largest);
        var (settled, strayed) = (lane.At.PromisesNothing(lane.Reach), lane.HasStrayed);
        if (settled || strayed || lane.At.IsOver)
        {
            Finish(lane, l, !strayed && (settled || lane.At.IsAtFloor(lane.Reach)));
            return;
        }

        lane.Advance();
    }

    private void Finish(PolishLane lane, int l, bool stationary)
    {
        var item = lane.Item;
        var result = items.Result;
        (lane.At.Steps == 0 ? lane.Trial : lane.Point).CopyTo(result.Points.AsSpan(item * d));
        result.Values[item] = lane.At.Steps == 0 ? double.NaN : lane.At.Value;
        result.Residuals[item] = lane.At.Norm;
        result.Stationary[item] = stationary;
        (result.Moments[2 * item], result.Moments[(2 * item) + 1]) = hessians.Moments(l);
        Take(lane);
    }
}
