using System.Numerics;
using System.Runtime.CompilerServices;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Devices;

/// <summary>Descent on lanes: a lane whose restart has ended takes the next one at once.</summary>
internal sealed class LaneDescent(Objective objective, DescentOptions options, StepProgram step, CompiledProgram program, int threads) : CompiledDescent
{
    // At most so many steps between looks at the cancellation; of long steps fewer, about a millisecond's.
    private const int MostStepsBetweenLooks = 256;
    private const double FlopsBetweenLooks = 1e6;

    // Clearing takes a quarter of the instructions of the shortest step there is, Rastrigin's: less than a fiftieth of the time. A step on
    // subnormal numbers takes that of fifty, and then there are at most so many.
    private const int StepsBetweenClearings = 16;

    private const ulong AllTogether = (1UL << Lanes.Together) - 1;

    private readonly int stepsBetweenLooks = (int)Math.Clamp(FlopsBetweenLooks / OperationCount.Flops(program.Program), 1, MostStepsBetweenLooks);

    public CompiledProgram Program => program;

    public override double FlopsPerStep => OperationCount.Flops(program.Program);

    public override Endpoints Run(RestartRange range, Action<long>? progress = null, CancellationToken cancellation = default) => RunInto(range, null, progress, cancellation);

    public override Endpoints RunInto(RestartRange range, Endpoints? spare, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        range.Starts.Validate(range.First, range.Count, objective.Dimension);
        var endpoints = Endpoints.InPlaceOf(spare, objective.Dimension, range.Count);
        using var data = program.NewData([.. objective.Parameters, .. options.Numbers], objective.Replaced);
        // Where the state is large, fewer threads than there are have room.
        var workers = (int)Math.Clamp((MachineMemory.Bytes - data.Length) / program.Layout.StateBytes, 1, threads);
        var queue = new RestartQueue(range.Count, workers * program.Layout.Restarts);
        var busy = Math.Min(workers, (range.Count + program.Layout.Restarts - 1) / program.Layout.Restarts);
        Workers.Run(busy, stop =>
        {
            // Where there are fewer restarts than threads, several make one step.
            using var worker = new Worker(this, range, endpoints, queue, data, progress, workers / Math.Max(1, busy));
            worker.Run(stop);
        }, cancellation);
        return endpoints;
    }

    private DescentOptions Options => options;

    private StepProgram Step => step;

    private readonly struct LaneBatch(Lanes lanes, ProgramArray array, int lane) : IBatch
    {
        private readonly Lanes lanes = lanes;
        private readonly ProgramArray array = array;
        private readonly int lane = lane;

        public void Set(int position, int sample) => lanes.Write(array, position, lane, sample);
    }

    private sealed class Worker(LaneDescent descent, RestartRange range, Endpoints endpoints, RestartQueue queue, AlignedMemory data, Action<long>? progress, int together) : IDisposable
    {
        private readonly Lanes lanes = new(descent.Program, together);
        private readonly int[] restartOf = new int[descent.Program.Layout.Restarts];
        private readonly StepProgram step = descent.Step;
        // An array: going through an interface's enumerator would allocate one at every restart.
        private readonly (ProgramArray Array, double Initial)[] slots = [.. descent.Step.Slots];
        private readonly double[] points = new double[(long)endpoints.Dimension * Lanes.Together];
        private readonly bool areTogether = Lanes.AreTogether(descent.Step.X);
        private readonly BatchPlan batch = new()
        {
            Seed = range.Seed,
            Size = descent.Options.Batch?.Size ?? 0,
            Samples = descent.Step.Samples,
            WithReplacement = descent.Options.Batch is { WithReplacement: true } ? 1 : 0,
        };

        // Restarts that only the number of steps ends are all of one age, so that what is cleared when does not depend on who runs beside whom.
        private readonly ProgramArray[] cleared = descent.Options.Stop.OnlyIterations
            ? [descent.Step.X, .. descent.Step.Slots.Select(s => s.Array).Where(a => a.Length == endpoints.Dimension && !ReferenceEquals(a, descent.Step.Steps))]
            : [];

        private RestartQueue.Chunk chunk;
        private ulong alive;
        private int finished;

        // Optimised from the first call: it runs once and for long.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public unsafe void Run(CancellationToken cancellation)
        {
            // What the code of a step has no register for lies at multiples of a vector from here (RyuJIT's frames): where a vector straddled two lines of
            // the cache it cost a twentieth of a network's steps, and where two pages a quarter.
            var here = stackalloc byte[16];
            _ = stackalloc byte[(int)((nuint)here % 64)];
            Take(0, lanes.Count);

            var most = step.Noise is null && step.Batch is null ? descent.stepsBetweenLooks : 1;
            while (alive != 0)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return;
                }

                if (step.Noise is not null)
                {
                    DrawNoise();
                }

                if (step.Batch is not null)
                {
                    DrawBatches();
                }

                var ended = lanes.Run(data, cleared.Length == 0 ? most : Math.Min(most, StepsBetweenClearings - (Age % StepsBetweenClearings))) & alive;
                if (step.Turns > 1)
                {
                    lanes.SetSlot(0, (lanes.Slot(0) + 1) % step.Turns);
                }

                if (cleared.Length > 0 && ended == 0 && Age % StepsBetweenClearings == 0)
                {
                    foreach (var array in cleared)
                    {
                        lanes.ClearSubnormals(array);
                    }
                }

                while (ended != 0)
                {
                    var lane = BitOperations.TrailingZeroCount(ended);
                    var count = areTogether && (ended >> lane & AllTogether) == AllTogether ? Lanes.Together : 1;
                    ended &= ~Mask(lane, count);
                    Finish(lane, count);
                    Take(lane, count);
                }
            }
        }

        public void Dispose() => lanes.Dispose();

        /// <summary>How many steps the restart in the first lane that has one has made.</summary>
        private int Age => (int)lanes.Read(step.Steps, 0, BitOperations.TrailingZeroCount(alive));

        /// <summary>So many lanes from one on.</summary>
        private static ulong Mask(int lane, int count) => ulong.MaxValue >> (64 - count) << lane;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private unsafe void Finish(int lane, int count)
        {
            finished += count;
            ReadOnlySpan<int> restarts = restartOf.AsSpan(lane, count);
            if (count == 1)
            {
                lanes.Read(step.X, lane, endpoints.Points.AsSpan(restarts[0] * endpoints.Dimension, endpoints.Dimension));
            }
            else
            {
                fixed (double* points = endpoints.Points)
                {
                    lanes.ReadTogether(step.X, lane, points, restarts);
                }
            }

            foreach (var restart in restarts)
            {
                endpoints.Outcomes[restart] = (byte)lanes.Read(step.Status, 0, lane);
                endpoints.Steps[restart] = (int)lanes.Read(step.Steps, 0, lane++);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Take(int lane, int count)
        {
            while (count > 0)
            {
                if (chunk.IsEmpty)
                {
                    // Those that have ended, not those that were handed out.
                    progress?.Invoke(finished);
                    finished = 0;
                    chunk = queue.Next();
                }

                if (chunk.IsEmpty)
                {
                    // The lanes go on with what they have; nobody looks at it any more.
                    alive &= ~Mask(lane, count);
                    return;
                }

                var some = areTogether && Math.Min(count, chunk.Left) >= Lanes.Together ? Lanes.Together : 1;
                Begin(lane, some);
                (lane, count) = (lane + some, count - some);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Begin(int lane, int count)
        {
            var restart = chunk.Take(count);
            var starts = range.Starts.DrawNext(range.Seed, range.First + restart, count, points.AsSpan(0, count * endpoints.Dimension));
            if (count == 1)
            {
                lanes.Write(step.X, lane, starts);
            }
            else
            {
                lanes.WriteTogether(step.X, lane, starts);
            }

            foreach (var (slot, initial) in slots)
            {
                lanes.Fill(slot, lane, count, initial);
            }

            alive |= Mask(lane, count);
            for (var k = 0; k < count; k++)
            {
                restartOf[lane + k] = restart + k;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void DrawBatches()
        {
            for (var lane = 0; lane < lanes.Count; lane++)
            {
                if ((alive >> lane & 1) != 0)
                {
                    var restart = (ulong)(range.First + restartOf[lane]);
                    SampleDraw.Fill(new LaneBatch(lanes, step.Batch!, lane), batch, restart, (uint)lanes.Read(step.Steps, 0, lane));
                }
            }
        }

        private void DrawNoise()
        {
            for (var lane = 0; lane < lanes.Count; lane++)
            {
                if ((alive >> lane & 1) == 0)
                {
                    continue;
                }

                var iteration = (uint)lanes.Read(step.Steps, 0, lane);
                var restart = (ulong)(range.First + restartOf[lane]);
                for (uint pair = 0; 2 * pair < endpoints.Dimension; pair++)
                {
                    var normal = CounterRandom.NormalPair(range.Seed, StreamId.Noise, restart, iteration, pair);
                    lanes.Write(step.Noise!, (int)(2 * pair), lane, normal.Even);
                    if ((2 * pair) + 1 < endpoints.Dimension)
                    {
                        lanes.Write(step.Noise!, (int)((2 * pair) + 1), lane, normal.Odd);
                    }
                }
            }
        }
    }
}
