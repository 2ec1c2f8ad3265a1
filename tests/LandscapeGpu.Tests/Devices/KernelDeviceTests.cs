namespace LandscapeGpu.Tests.Devices;

public class KernelDeviceTests
{
    private static readonly Objective Rastrigin = Catalogue.Find("rastrigin").Create(4);

    // A step of all threads, and of one alone, in seconds.
    [Theory]
    [InlineData(1e-5, 0)]
    [InlineData(0.4, 0.01)]
    [InlineData(3.9, 0.4)]
    [InlineData(40, 0)]
    [InlineData(200, 4)]
    public void No_launch_takes_as_long_as_a_display_would_stand_still_and_no_device_idles(double all, double one)
    {
        const int threads = 10_656;
        var slice = new SliceLength();
        var longest = 0.0;
        for (var launch = 0; launch < 100; launch++)
        {
            longest = Math.Max(longest, Seconds());
            slice.Note(Seconds());
        }

        // Of a thread that takes that long by itself nothing can be cut.
        Assert.InRange(longest, 0, Math.Max(1.5, one));
        Assert.True(slice.Steps == 1 || slice.Threads(threads) == threads);
        // Part by part all threads take hardly longer than together.
        Assert.InRange(threads / slice.Threads(threads) * Seconds(), 0, slice.Steps * Math.Max(all, one) * 1.5);

        double Seconds() => slice.Steps * Math.Max(one, all * slice.Threads(threads) / threads);
    }

    [Fact]
    public void Small_problems_live_in_registers_and_large_ones_in_memory()
    {
        Assert.True(PlanOf(Catalogue.Find("rastrigin").Create(10)).Residence.IsInRegisters);
        Assert.False(PlanOf(Catalogue.Find("rastrigin").Create(1000)).Residence.IsInRegisters);
        Assert.StartsWith("register-resident", PlanOf(Rastrigin).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("glm", 20)]
    [InlineData("matrix-sensing", 0)]
    public void A_loop_over_many_samples_stays_one_around_a_point_in_registers(string name, int dimension)
    {
        var family = Catalogue.Find(name);
        var plan = PlanOf(dimension == 0 ? family.Create() : family.Create(dimension));
        Assert.Equal(1, plan.Residence.Loops);
        Assert.Equal(plan.Layout.StateElements, plan.Residence.Registers);
        Assert.EndsWith("1 loop kept", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_over_the_point_itself_is_no_loop_around_registers() =>
        // Every loop that is long enough runs over coordinates.
        Assert.StartsWith("memory-resident", PlanOf(Catalogue.Find("pca").Create(60)).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Batches_that_fit_give_what_one_batch_gives()
    {
        var whole = Run(new Small(), 300);
        var small = new Small { Bytes = 30_000 };
        var parts = Run(small, 300);
        Assert.InRange(small.Batches, 2, 300);
        Assert.Equal(whole.Points, parts.Points);
        Assert.Equal(whole.Outcomes, parts.Outcomes);
        Assert.Equal(0, parts.Totals.Unfinished);
    }

    [Fact]
    public void A_restart_that_does_not_fit_is_a_clear_error()
    {
        var error = Assert.Throws<ArgumentException>(() => Run(new Small { Bytes = 50 }, 10));
        Assert.Contains("32 restarts, the fewest that run side by side, need", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_fails_leaves_the_rest_to_lanes_and_says_so()
    {
        var whole = Run(new Small(), 2000);
        var descent = new FallbackDevice(new Small { SlicesBeforeFailure = 3 }, new LaneDevice()).Compile(Rastrigin, new() { IsDouble = true });
        var progress = 0L;
        var endpoints = descent.Run(new RestartRange(Rastrigin.DefaultStarts, 5, 0, 2000), done => Interlocked.Add(ref progress, done));
        Assert.Contains("went on on lanes", Assert.Single(descent.Warnings), StringComparison.Ordinal);
        Assert.Equal(0, endpoints.Totals.Unfinished);
        Assert.Equal(whole.Outcomes, endpoints.Outcomes);
        // Neither forgotten nor counted twice, though the lanes did some of them again.
        Assert.Equal(2000, progress);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_device_that_fails_while_it_polishes_leaves_the_rest_to_lanes_and_says_so(int slices)
    {
        var points = PolishParity.Endpoints(Rastrigin, 300);
        var ends = new EndpointPool.EndPoints(new byte[300], [.. Enumerable.Range(0, 300)], points);
        var lane = new LaneDevice(1);
        var device = new FallbackDevice(new Small { SlicesBeforeFailure = slices }, lane);
        var progress = 0L;
        var polished = new Refinement(Rastrigin, device).Run(ends, done => Interlocked.Add(ref progress, done));
        var lanes = new Refinement(Rastrigin, new(lane, lane)).Run(ends, null);
        Assert.Contains("polishing went on on lanes", Assert.Single(device.Warnings), StringComparison.Ordinal);
        Assert.Equal(lanes.Stationary, polished.Stationary);
        Assert.Equal(lanes.Values, polished.Values);
        Assert.Equal(300, progress);
    }

    [Fact]
    public void Cancellation_keeps_what_has_ended()
    {
        using var stop = new CancellationTokenSource();
        var descent = new Small().Compile(Rastrigin, new());
        var endpoints = descent.Run(new RestartRange(Rastrigin.DefaultStarts, 5, 0, 50_000), _ => stop.Cancel(), stop.Token);
        Assert.InRange(endpoints.Totals.Unfinished, 1, 49_999);
    }

    [Fact]
    public void Memory_that_shrinks_between_batches_makes_the_next_one_smaller()
    {
        var device = new Small { Bytes = 30_000, BytesLostByBatch = 2_000 };
        var parts = Run(device, 300);
        Assert.InRange(device.Batches, 2, 300);
        Assert.Equal(Run(new Small(), 300).Points, parts.Points);
    }

    [Fact]
    public void No_piece_of_memory_is_larger_than_the_device_gives_at_once()
    {
        var demand = new KernelDemand { IsDouble = true, StateElements = 20, Numbers = [1, 2, 3], Integers = [], GivenLength = 10, RowLength = 14 };
        const double Largest = 40_000;
        var plan = KernelBuffers.Plan(demand, 100_000, new("a device", 100_000, 1e9, Largest));
        Assert.InRange(plan.StateLength * 8, 1, Largest);
        Assert.InRange(plan.Restarts * 14.0 * 8, 1, Largest);
        Assert.InRange(KernelBuffers.Plan(demand, 100_000, new("a device", 100_000, 1e9)).Restarts, 100_000, 100_000);
        Assert.False(KernelBuffers.Fits(demand, new("a device", 100_000, 1e9, 1_000)));
    }

    private static KernelPlan PlanOf(Objective objective) =>
        KernelPlan.Make(StepProgram.Write(objective, new() { Rule = new GradientDescent() }));

    private static Endpoints Run(Small device, int count) =>
        device.Compile(Rastrigin, new() { IsDouble = true }).Run(new RestartRange(Rastrigin.DefaultStarts, 5, 0, count));

    /// <summary>The reference device, with little memory or an early end.</summary>
    private sealed class Small : KernelDevice
    {
        private readonly ReferenceDevice inner = new(2);

        public double Bytes { get; init; } = 1e9;

        /// <summary>What others take of its memory whenever it is given a batch.</summary>
        public double BytesLostByBatch { get; init; }

        public int SlicesBeforeFailure { get; init; } = int.MaxValue;

        /// <summary>How many batches it was given memory for.</summary>
        public int Batches { get; private set; }

        public override string Description => "a small device";

        internal override KernelLimits Limits => new("a small device", 64, Bytes - (Batches * BytesLostByBatch));

        internal override Type MemoryType(bool isDouble) => inner.MemoryType(isDouble);

        internal override KernelBatch Open(Type kernel, KernelBuffers buffers, double[] starts)
        {
            Assert.True(buffers.Restarts * buffers.RowLength * 8 <= Limits.Bytes);
            Batches++;
            return new Session(inner.Open(kernel, buffers, starts), SlicesBeforeFailure);
        }

        private sealed class Session(KernelBatch inner, int slices) : KernelBatch
        {
            private readonly KernelBatch inner = inner;
            private int left = slices;

            public override int Threads => inner.Threads;

            public override void Restart(double[] starts) => inner.Restart(starts);

            public override void RunEach(Type kernel, Launch launch) => inner.RunEach(kernel, launch);

            public override (int[] Outcomes, int[] Steps) Ends(int count) => inner.Ends(count);

            public override double[] Rows(int[] items) => inner.Rows(items);

            public override void Take(KernelBatch ended, int count, uint outcomes) => inner.Take(((Session)ended).inner, count, outcomes);

            public override void Sort(int count) => inner.Sort(count);

            public override void Give(double[] values, int at) => inner.Give(values, at);

            public override double[] Given(int at, int count) => inner.Given(at, count);

            public override void Run(Launch launch)
            {
                if (left-- == 0)
                {
                    throw new DeviceFailedException("it was unplugged");
                }

                inner.Run(launch);
            }

            public override int Ended() => inner.Ended();

            public override void Download(Endpoints into, int begin, int count) => inner.Download(into, begin, count);
        }
    }
}
