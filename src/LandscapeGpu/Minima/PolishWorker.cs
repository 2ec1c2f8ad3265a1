using System.Runtime.CompilerServices;
using LandscapeGpu.Execution;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Minima;

/// <summary>Polishes points on the lanes of one thread; a lane that is done takes the next point.</summary>
internal sealed class PolishWorker : IDisposable
{
    // A hundred steps are enough for flat minima, where Newton's method gains only a constant factor a step.
    private const int MostSteps = 100;

    private readonly int d;
    private readonly int count;
    private readonly Derivatives derivatives;
    private readonly ReadOnlyMemory<double> points;
    private readonly PolishedSet result;
    private readonly RestartQueue queue;
    private readonly Lanes slope;
    private readonly AlignedMemory data;
    private readonly LaneHessians hessians;
    private readonly Retraction retraction;
    private readonly double[][] trials;
    private readonly HeldBounds bounds;
    private readonly PolishLane[] lanes;
    private readonly double[] factors;
    private readonly double[] directions;
    private readonly double[] matrix;
    private readonly double[] single;
    private RestartQueue.Chunk chunk;
    private int alive;

    public PolishWorker(Objective objective, Derivatives derivatives, ReadOnlyMemory<double> points, PolishedSet result, RestartQueue queue)
    {
        d = derivatives.Dimension;
        (this.derivatives, this.points, this.result, this.queue) = (derivatives, points, result, queue);
        slope = new Lanes(derivatives.Slope);
        data = derivatives.Slope.NewData(objective.Parameters, objective.Replaced);
        hessians = new LaneHessians(derivatives, objective);
        count = slope.Count;
        retraction = new Retraction(objective, derivatives.Bits);
        bounds = new HeldBounds(objective.Domain);
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
            chunk = queue.Next();
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
        points.Span.Slice(lane.Item * d, d).CopyTo(lane.Trial);
        bounds.Clamp(lane.Trial);
        lane.Trial.CopyTo(lane.Origin, 0);
    }

    /// <summary>Takes the trial point or halves the step; true if a new direction is needed.</summary>
    private bool Judge(PolishLane lane, int l)
    {
        var value = slope.Read(derivatives.Value, 0, l);
        slope.Read(derivatives.Gradient, l, lane.TrialGradient);
        var free = bounds.FreeNorm(lane.Trial, lane.TrialGradient);
        var finite = double.IsFinite(value) && double.IsFinite(free);
        if (lane.Steps == 0 && !finite)
        {
            Finish(lane, l, false);
            return false;
        }

        // Near the floor of rounding the value says nothing any more; then a shorter gradient is progress.
        var slack = 1e-13 * Math.Abs(lane.Value);
        var accepted = finite && (lane.Steps == 0
            || value <= lane.Value + (1e-4 * lane.Share * lane.Slope)
            || (value <= lane.Value + slack && free < lane.Norm));
        if (!accepted)
        {
            lane.Share *= 0.5;
            if (lane.Share < 1e-6)
            {
                if (!lane.IsShifted && !lane.IsAtFloor)
                {
                    lane.GiveUpRaised();
                    lane.Turning = true;
                    return true;
                }

                Finish(lane, l, lane.IsAtFloor);
                return false;
            }

            lane.Advance();
            bounds.Clamp(lane.Trial);
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
                var held = bounds.IsHeld(i, lanes[l].Point, lanes[l].Gradient);
                directions[(i * count) + l] = held ? 0 : lanes[l].Gradient[i];
                if (held)
                {
                    Hold(i, l);
                }
            }
        }

        LaneFactorisation.Solve(factors, directions, d, count);
        for (var l = 0; l < count; l++)
        {
            if (lanes[l] is { Item: >= 0, Turning: true, IsShifted: true } lane)
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
            var isHeld = bounds.IsHeld(i, lane.Point, lane.Gradient);
            single[i] = isHeld ? 0 : -lane.Gradient[i];
            for (var j = 0; j <= i; j++)
            {
                var isApart = isHeld || bounds.IsHeld(j, lane.Point, lane.Gradient);
                matrix[(i * d) + j] = !isApart ? hessians.Entries[(((i * d) + j) * count) + l] : i == j ? 1 : 0;
            }
        }

        ShiftedFactorisation.Solve(matrix, single, d);
        for (var i = 0; i < d; i++)
        {
            directions[(i * count) + l] = single[i];
        }
    }

    private void Direct(PolishLane lane, int l)
    {
        lane.Turning = false;
        double slopeAlong = 0, length = 0;
        for (var i = 0; i < d; i++)
        {
            lane.Direction[i] = directions[(i * count) + l];
            slopeAlong += lane.Direction[i] * lane.Gradient[i];
            length += lane.Direction[i] * lane.Direction[i];
        }

        (lane.Slope, lane.Length, lane.Share, lane.Largest) = (slopeAlong, Math.Sqrt(length), 1, 0);
        for (var i = 0; i < d; i++)
        {
            lane.Largest = Math.Max(lane.Largest, Math.Abs(hessians.Entries[(((i * d) + i) * count) + l]));
        }

        var (promised, strayed) = (lane.IsPromised, lane.HasStrayed);
        if (promised || strayed || !double.IsFinite(slopeAlong) || lane.Steps > MostSteps)
        {
            Finish(lane, l, !strayed && (promised || lane.IsAtFloor));
            return;
        }

        // Endpoints are near their stationary points: a long step would lead to another one.
        lane.Share = Math.Min(1, 0.1 * lane.Reach / lane.Length);
        lane.Advance();
        bounds.Clamp(lane.Trial);
    }

    private void Finish(PolishLane lane, int l, bool stationary)
    {
        var item = lane.Item;
        (lane.Steps == 0 ? lane.Trial : lane.Point).CopyTo(result.Points.AsSpan(item * d));
        result.Values[item] = lane.Steps == 0 ? double.NaN : lane.Value;
        result.Residuals[item] = lane.Norm;
        result.Stationary[item] = stationary;
        (result.Moments[2 * item], result.Moments[(2 * item) + 1]) = hessians.Moments(l);
        Take(lane);
    }

    private void Hold(int i, int l)
    {
        for (var j = 0; j < d; j++)
        {
            factors[(((i * d) + j) * count) + l] = i == j ? 1 : 0;
            factors[(((j * d) + i) * count) + l] = i == j ? 1 : 0;
        }
    }
}
