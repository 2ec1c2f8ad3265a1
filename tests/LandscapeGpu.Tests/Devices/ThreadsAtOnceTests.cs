namespace LandscapeGpu.Tests.Devices;

/// <summary>How many threads a launch has where their state is in memory.</summary>
public class ThreadsAtOnceTests
{
    // From what a register holds beside others to what a network of 100,000 weights takes.
    private static readonly double[] Bytes = [8, 64, 256, 500, 640, 800, 1000, 1200, 2000, 4000, 50_000, 1e6];

    // An H200, an A100, a card for games, and a small one that hardly has a cache.
    private static readonly KernelLimits[] Devices = [Limits(132, 50), Limits(108, 40), Limits(128, 72), Limits(16, 1)];

    [Fact]
    public void State_in_memory_stays_in_the_cache_where_it_holds_that_of_enough_threads_and_never_are_there_too_few_to_be_busy()
    {
        var kinds = new HashSet<string>();
        foreach (var limits in Devices)
        {
            foreach (var bytes in Bytes)
            {
                var demand = Demand(bytes, numbers: 1000);
                var threads = ThreadsAtOnce.Of(demand, limits);
                // Three quarters of it, less the data that all read.
                var room = (0.75 * limits.CacheBytes) - demand.SharedBytes;
                var fits = threads * bytes <= room;
                Assert.InRange(threads, ThreadsAtOnce.ForCache * limits.Multiprocessors, limits.Threads);
                Assert.True(threads % StateTiles.Width == 0);
                Assert.True(!fits || threads == limits.Threads || (threads + StateTiles.Width) * bytes > room, $"{bytes} bytes: {threads} are fewer than fit");
                Assert.True(fits || threads == ThreadsAtOnce.ForMemory * limits.Multiprocessors, $"{bytes} bytes: {threads}");
                Assert.True(fits || ThreadsAtOnce.ForCache * limits.Multiprocessors * bytes > room - (StateTiles.Width * bytes), $"{bytes} bytes: enough threads would fit");
                kinds.Add(threads == limits.Threads ? "all" : fits ? "cache" : "memory");
            }
        }

        Assert.Equal(["all", "cache", "memory"], kinds.Order());
    }

    [Fact]
    public void State_in_registers_and_a_cache_that_nobody_knows_leave_a_launch_as_many_threads_as_the_device_holds()
    {
        var limits = Devices[0];
        Assert.Equal(limits.Threads, ThreadsAtOnce.Of(Demand(0, 1000), limits));
        Assert.Equal(limits.Threads, ThreadsAtOnce.Of(Demand(1e6, 1000), limits with { CacheBytes = 0 }));
        Assert.Equal(0, DemandOf("rastrigin", 10).StepBytes);
        Assert.InRange(DemandOf("pca", 200).StepBytes, 200 * sizeof(float), 2000 * sizeof(float));
    }

    [Fact]
    public void Memory_that_is_short_still_decides_and_data_take_their_part_of_the_cache()
    {
        var limits = Devices[0] with { Bytes = 1e9 };
        Assert.InRange(KernelBuffers.Plan(Demand(1e6, 10), 1_000_000, limits).Threads, 32, 400);
        Assert.True(ThreadsAtOnce.Of(Demand(500, 4_000_000), limits) < ThreadsAtOnce.Of(Demand(500, 10), limits));
    }

    [Fact]
    public void What_explains_a_landscape_says_how_many_threads_and_why()
    {
        var limits = Devices[0];
        Assert.Null(ThreadsAtOnce.Why(Demand(0, 10), limits));
        Assert.Equal(
            "threads in a launch on H: 65,536 of 135,168, with 600 bytes of state in memory each: so many stay in the cache of 50 MiB",
            ThreadsAtOnce.Why(Demand(600, 0), limits));
        Assert.Equal(
            "threads in a launch on H: 67,584 of 135,168, with 4,000 bytes of state in memory each: the cache of 50 MiB holds the state of too few, and so many keep the memory busy",
            ThreadsAtOnce.Why(Demand(4000, 0), limits));
        Assert.Contains("threads in a launch on a GPU of 132 multiprocessors: 67,584 of 135,168", Catalogue.Find("pca").Create(200).Explain(), StringComparison.Ordinal);
        Assert.DoesNotContain("threads in a launch", Catalogue.Find("rastrigin").Create(10).Explain(), StringComparison.Ordinal);
    }

    private static KernelLimits Limits(int multiprocessors, double mebibytes) =>
        new("H", 1024 * multiprocessors, 1e11) { CacheBytes = mebibytes * 1048576, Multiprocessors = multiprocessors };

    private static KernelDemand Demand(double stepBytes, int numbers) => new()
    {
        IsDouble = false,
        StateElements = (int)Math.Max(1, stepBytes / sizeof(float)),
        StepBytes = stepBytes,
        Numbers = new double[numbers],
        Integers = [],
        GivenLength = 0,
        RowLength = 10,
    };

    private static KernelDemand DemandOf(string name, int dimension)
    {
        var (objective, options) = (Catalogue.Find(name).Create(dimension), new DescentOptions { Rule = new GradientDescent() });
        return KernelPlan.Make(StepProgram.Write(objective, options)).Demand(objective, options, new(new(objective.DefaultStarts, 1, 0, 1), dimension));
    }
}
