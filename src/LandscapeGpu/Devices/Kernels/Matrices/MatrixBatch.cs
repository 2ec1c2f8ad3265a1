namespace LandscapeGpu.Devices.Kernels;

/// <summary>A batch whose restarts step together: a slice is the work of so many steps, piece after piece for all of them.</summary>
/// <param name="batch">The batch, on its device.</param>
/// <param name="step">A step.</param>
/// <param name="most">More threads than this do not run at once.</param>
internal sealed class MatrixBatch(KernelBatch batch, LockStep step, int most) : KernelBatch
{
    public override int Threads => batch.Threads;

    public override void Restart(double[] starts) => batch.Restart(starts);

    public override void RunEach(Type kernel, Launch launch) => batch.RunEach(kernel, launch);

    public override void Queue(Type kernel, Launch launch) => batch.Queue(kernel, launch);

    public override void Multiply(BatchedProduct product, Launch launch) => batch.Multiply(product, launch);

    public override void Run(Launch launch)
    {
        Begin(launch);
        Wait();
    }

    public override void Begin(Launch launch)
    {
        (launch.FirstSeat, launch.Seats, launch.FirstThread) = (launch.FirstThread, launch.Threads, 0);
        Live(typeof(SeatTaking<>), 1);
        Live(typeof(SeatStarts<>), launch.Dimension);
        for (var k = 0; k < launch.Steps; k++)
        {
            foreach (var work in step.Turns[(launch.Turn + k) % step.Turns.Count])
            {
                Do(work);
            }

            Live(typeof(SeatEnding<>), 1);
            Live(typeof(SeatResults<>), launch.Dimension);
            Live(typeof(SeatTaking<>), 1);
            Live(typeof(SeatStarts<>), launch.Dimension);
        }

        void Live(Type kernel, int count) => Do(new(kernel, step.LifeAt, count));

        void Do(LockStepWork work)
        {
            var own = launch;
            (own.PlanAt, own.Threads) = (work.PlanAt, (int)Math.Min(most, (long)launch.Seats * work.Count));
            if (work.Product is { } product)
            {
                batch.Multiply(product, own);
            }
            else
            {
                batch.Queue(work.Kernel, own);
            }
        }
    }

    public override void Wait() => batch.Wait();

    public override int Ended() => batch.Ended();

    public override void Download(Endpoints into, int begin, int count) => batch.Download(into, begin, count);

    public override (int[] Outcomes, int[] Steps) Ends(int count) => batch.Ends(count);

    public override double[] Rows(int[] items) => batch.Rows(items);

    public override void Take(KernelBatch ended, int count, uint outcomes) => batch.Take(ended, count, outcomes);

    public override void Sort(int count) => batch.Sort(count);

    public override void Give(double[] values, int at) => batch.Give(values, at);

    public override double[] Given(int at, int count) => batch.Given(at, count);

    protected override void Dispose(bool disposing)
    {
        batch.Dispose();
        base.Dispose(disposing);
    }
}
