namespace LandscapeGpu.Tests.Devices;

/// <summary>A device, the reference device where none is named, which fails at one of the calls that are made into it, and from then on or not.</summary>
/// <param name="failsAt">The number of the call that fails, from 0.</param>
/// <param name="staysLost">Whether every later call fails as well, as those of a lost context do.</param>
/// <param name="inner">What does the work.</param>
internal sealed class FailingDevice(int failsAt, bool staysLost, KernelDevice? inner = null) : KernelDevice
{
    private readonly KernelDevice inner = inner ?? new ReferenceDevice(1);
    private int calls;

    /// <summary>How many calls were made.</summary>
    public int Calls => calls;

    /// <summary>Whether one endpoint of every batch is forgotten when they are sorted.</summary>
    public bool LosesAnEndpoint { get; init; }

    /// <summary>Slices that were begun and waited for, each with the numbers that a row of its batch has.</summary>
    public List<(string Call, int RowLength)> Slices { get; } = [];

    /// <summary>Of each lattice that told endpoints apart, which it was and how many led in it.</summary>
    public List<(int Lattice, int Leaders)> Led { get; } = [];

    public override string Description => "a device that fails";

    internal override KernelLimits Limits => Call(() => inner.Limits);

    internal override KernelLimits LimitsFor(Type kernel, KernelDemand demand) => Call(() => inner.LimitsFor(kernel, demand));

    internal override ProductLibrary Products => Call(() => inner.Products);

    internal override Type MemoryType(bool isDouble) => inner.MemoryType(isDouble);

    internal override KernelBatch Open(Type kernel, KernelBuffers buffers, double[] starts) => Call(() => new Session(this, inner.Open(kernel, buffers, starts), buffers.RowLength));

    private T Call<T>(Func<T> work)
    {
        var number = calls++;
        return number == failsAt || (staysLost && number > failsAt) ? throw new DeviceFailedException("an illegal memory access was encountered") : work();
    }

    private sealed class Session(FailingDevice device, KernelBatch inner, int rowLength) : KernelBatch
    {
        private readonly KernelBatch inner = inner;
        private bool isSorted;

        public override int Threads => inner.Threads;

        public override void Restart(double[] starts) => Do(() => inner.Restart(starts));

        public override void RunEach(Type kernel, Launch launch) => Do(() =>
        {
            inner.RunEach(kernel, launch);
            if (kernel == typeof(CellRuns<>))
            {
                device.Led.Add((launch.Lattice, launch.Lattice == 0
                    ? inner.Ends(launch.Count).Outcomes.Count(mark => mark >= CellMark.Leader)
                    : inner.Given(CellList.ResultsAt(launch.Count), launch.Count).Count(result => result != 0)));
            }
        });

        public override void Queue(Type kernel, Launch launch) => Do(() => inner.Queue(kernel, launch));

        public override void Multiply(BatchedProduct product, Launch launch) => Do(() => inner.Multiply(product, launch));

        public override (int[] Outcomes, int[] Steps) Ends(int count) => device.Call(() =>
        {
            var ends = inner.Ends(count);
            ends.Outcomes[^1] = isSorted && device.LosesAnEndpoint ? NewtonPlan.Stationary : ends.Outcomes[^1];
            return ends;
        });

        public override double[] Rows(int[] items) => device.Call(() => inner.Rows(items));

        public override void Take(KernelBatch ended, int count, uint outcomes) => Do(() => inner.Take(((Session)ended).inner, count, outcomes));

        public override void Sort(int count) => Do(() =>
        {
            isSorted = true;
            inner.Sort(count);
        });

        public override void Give(double[] values, int at) => Do(() => inner.Give(values, at));

        public override double[] Given(int at, int count) => device.Call(() => inner.Given(at, count));

        public override void Run(Launch launch) => throw new NotSupportedException("Slices are begun and waited for.");

        public override void Begin(Launch launch)
        {
            device.Slices.Add((nameof(Begin), rowLength));
            Do(() => inner.Begin(launch));
        }

        public override void Wait()
        {
            device.Slices.Add((nameof(Wait), rowLength));
            Do(inner.Wait);
        }

        public override int Ended() => device.Call(inner.Ended);

        public override void Download(Endpoints into, int begin, int count) => Do(() => inner.Download(into, begin, count));

        protected override void Dispose(bool disposing)
        {
            Do(inner.Dispose);
            base.Dispose(disposing);
        }

        private void Do(Action work) => device.Call(() =>
        {
            work();
            return 0;
        });
    }
}
