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
    private readonly RoundedDerivatives rounded;
    private readonly Lanes slope;
    private readonly AlignedMemory data;
    private readonly LaneHessians? hessians;
    private readonly ConjugateSteps? conjugate;
    private readonly Retraction retraction;
    private readonly double[][] trials;
    private readonly HeldSides sides;
    private readonly PolishLane[] lanes;
    private readonly double[] factors = [];
    private readonly double[] directions = [];
    private readonly double[] matrix = [];
    private readonly double[] single = [];
    private RestartQueue.Chunk chunk;
    private int alive;

    /// <param name="objective">The landscape.</param>
    /// <param name="derivatives">Its derivatives.</param>
    /// <param name="items">What there is to polish.</param>
    /// <param name="byProducts">No Hessian is formed: steps are found by products with it.</param>
    public PolishWorker(Objective objective, Derivatives derivatives, WalkItems items, bool byProducts)
    {
        d = derivatives.Dimension;
        (this.derivatives, this.items) = (derivatives, items);
        rounded = derivatives.Rounded;
        slope = new Lanes(rounded.Slope);
        count = slope.Count;
        data = rounded.Slope.NewData(objective.Parameters, objective.Replaced);
        if (byProducts)
        {
            conjugate = new(objective, derivatives);
        }
        else
        {
            hessians = new(derivatives, objective);
            (factors, directions) = (new double[d * d * count], new double[d * count]);
            (matrix, single) = (new double[d * d], new double[d]);
        }

        retraction = new Retraction(objective, derivatives.Bits);
        sides = new HeldSides(objective.Region, d);
        lanes = [.. Enumerable.Range(0, count).Select(_ => new PolishLane(d))];
        trials = [.. lanes.Select(l => l.Trial)];
    }

    public long Evaluations { get; private set; }

    /// <summary>Told how many more are done.</summary>
    public Action<long>? Progress { get; init; }

    public void Dispose()
    {
        slope.Dispose();
        data.Dispose();
        hessians?.Dispose();
        conjugate?.Dispose();
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
                rounded.Write(slope, l, lanes[l].Trial);
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
                Solve();
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

        lane.Begin(chunk.Take(), isPlain: conjugate is not null);
        alive++;
        items.Starts.Span.Slice(lane.Item * d, d).CopyTo(lane.Trial);
        lane.Trial.CopyTo(lane.Origin, 0);
    }

    /// <summary>Takes the trial point or halves the step; true if a new direction is needed.</summary>
    private bool Judge(PolishLane lane, int l)
    {
        var (value, rounding) = (slope.Read(rounded.Value, 0, l), slope.Read(rounded.ValueError, 0, l));
        slope.Read(rounded.Gradient, l, lane.TrialGradient);
        slope.Read(rounded.GradientError, l, lane.TrialErrors);
        var free = sides.FreeNorm(lane.Trial, lane.TrialGradient);
        if (!lane.At.Accepts(value, rounding, free))
        {
            if (lane.At.Steps == 0)
            {
                // A formula may not be finite at a point where the function is, as sin x/x at 0.
                if (lane.TryBeside())
                {
                    return false;
                }

                Finish(lane, l, false);
                return false;
            }

            lane.Halve();
            if (lane.At.IsExhausted)
            {
                if (lane.At.NeedsShift && !IsStationary(lane))
                {
                    lane.Shift();
                    return true;
                }

                Finish(lane, l, IsStationary(lane));
                return false;
            }

            lane.Advance();
            return false;
        }

        lane.Accept(value, rounding, free);
        lane.Turning = true;
        return true;
    }

    /// <summary>New directions for the lanes that have moved.</summary>
    private void Solve()
    {
        if (conjugate is not null)
        {
            Evaluations += conjugate.Solve(lanes, sides);
            return;
        }

        for (var l = 0; l < count; l++)
        {
            hessians!.Set(l, lanes[l].Point);
        }

        hessians!.ComputeApart();
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
            for (var i = 0; i < d; i++)
            {
                lanes[l].Direction[i] = directions[(i * count) + l];
            }
        }
    }

    /// <summary>The next trial points of the lanes that have a new direction.</summary>
    private void Turn()
    {
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

        hessians!.CopyTo(matrix, l);
        sides.Hold(lane.Point, lane.Gradient, matrix, single);
        ShiftedFactorisation.Solve(matrix, single, d);
        for (var i = 0; i < d; i++)
        {
            directions[(i * count) + l] = single[i];
        }
    }

    private void Direct(PolishLane lane, int l)
    {
        if (hessians is not null && lane.TryReturn((i, j) => hessians.Entries[(((i * d) + j) * count) + l]))
        {
            return;
        }

        lane.Turn();
        var (settled, strayed) = (IsStationary(lane), lane.HasStrayed);
        if (settled || strayed || lane.At.IsOver)
        {
            Finish(lane, l, settled && !strayed);
            return;
        }

        lane.Advance();
    }

    /// <summary>The gradient is zero to its rounding, or Newton's step leads nowhere that the value could tell.</summary>
    private bool IsStationary(PolishLane lane) =>
        sides.IsStationary(lane.Point, lane.Gradient, lane.Errors) || lane.At.PromisesNothing(lane.Reach);

    private void Finish(PolishLane lane, int l, bool stationary)
    {
        var item = lane.Item;
        var result = items.Result;
        (lane.At.Steps == 0 ? lane.Trial : lane.Point).CopyTo(result.Points.AsSpan(item * d));
        result.Values[item] = lane.At.Steps == 0 ? double.NaN : lane.At.Value;
        result.Residuals[item] = lane.At.Norm;
        result.Stationary[item] = stationary;
        (result.Roundings[item], result.Uncertainties[item]) = (lane.At.Rounding, lane.Uncertainty);
        (result.Moments[2 * item], result.Moments[(2 * item) + 1]) = hessians?.Moments(l) ?? (double.NaN, double.NaN);
        Take(lane);
    }
}
