using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Devices;

/// <summary>Sums over samples are made of parts, 32 or several groups of as many, whether a thread carries a restart, a warp or a block, and the planner says which does.</summary>
public class SampleSplitTests
{
    private static readonly Multiprocessor Machine = Multiprocessor.Typical;

    [Theory]
    [MemberData(nameof(Sums))]
    public void Sums_of_parts_take_the_steps_of_lanes(string name, string rule, bool isDouble)
    {
        // A few steps, to rounding.
        foreach (var device in Everywhere.KernelDevices)
        {
            Parity.Require(OverSamples.Make(name), new() { Rule = Rules.Named(rule), IsDouble = isDouble }, device, [3]);
        }
    }

    [Fact]
    public void Two_parts_of_a_run_are_the_whole_bit_for_bit()
    {
        var objective = OverSamples.Make("a mixture");
        var descent = new ReferenceDevice(2).Compile(objective, new() { Stop = new() { Iterations = 15 } });
        var whole = descent.Run(new(objective.DefaultStarts, 4, 100, 40));
        double[] parts = [.. new[] { (100, 1), (101, 30), (131, 9) }.SelectMany(p => descent.Run(new(objective.DefaultStarts, 4, p.Item1, p.Item2)).Points)];
        Assert.Equal(whole.Points, parts);
    }

    [Fact]
    public void Sums_of_few_samples_have_no_parts_since_a_thread_that_is_alone_would_lose_by_them()
    {
        Assert.Contains("200 samples are too few", Carrying(Glm(200)), StringComparison.Ordinal);
        Assert.Null(PlanOf(Glm(200)).ByWarps);
        Assert.NotNull(PlanOf(Glm(1000)).ByWarps);
    }

    [Theory]
    [InlineData(1000, 1, "more than a 64th by adding up in 64 parts")]
    [InlineData(1400, 2, "more than a 64th by adding up in 128 parts")]
    [InlineData(2800, 4, "more than a 64th by adding up in 256 parts")]
    [InlineData(5600, 8, "no more than 8 warps")]
    [InlineData(100_000, 8, "no more than 8 warps")]
    public void The_more_samples_there_are_the_more_warps_may_carry_a_restart(int samples, int warps, string why)
    {
        var choice = PlanOf(Glm(samples)).ByWarps!;
        Assert.Equal(new[] { 1, 2, 4, 8 }.Where(w => w <= warps), choice.Counts);
        Assert.Contains(why, Carrying(Glm(samples)), StringComparison.Ordinal);
        // Few restarts have as many warps as there may be, each fewer the more there are, and at last a thread.
        Assert.Equal(warps, choice.WarpsFor(1, 132));
        var taken = Enumerable.Range(0, 1 + (20_500 / 60)).Select(k => choice.WarpsFor(1 + (60 * k), 132)).ToList();
        Assert.Equal(taken.OrderDescending(), taken);
        Assert.Equal(choice.Counts.Reverse().Append(0), taken.Distinct());
    }

    [Fact]
    public void No_more_warps_carry_a_restart_than_have_room_for_their_parts_of_sums()
    {
        var choice = KernelPlan.Make(StepProgram.Write(Glm(5600), new() { Rule = new GradientDescent() }), machine: new(12 << 10, 100 << 10)).ByWarps!;
        Assert.Equal([1, 2, 4], choice.Counts);
        Assert.InRange(choice.ElementsOf(4), 0, (12 << 10) / sizeof(float));
        Assert.Contains("no 8 warps: what they would share, ", choice.Words("a GPU", 132), StringComparison.Ordinal);
        Assert.Null(KernelPlan.Make(StepProgram.Write(Glm(5600), new() { Rule = new GradientDescent() }), machine: new(2 << 10, 100 << 10)).ByWarps);
    }

    [Fact]
    public void Where_there_are_no_samples_nothing_is_said() => Assert.Null(PlanOf(Catalogue.Find("rastrigin").Create(10)).WhoCarries("a GPU", 132, isAble: true));

    [Fact]
    public void Why_a_warp_cannot_carry_a_restart_is_said()
    {
        var network = Catalogue.Find("perceptron").Create(null, new Dictionary<string, double> { ["inputs"] = 10, ["width"] = 16, ["n"] = 2000 });
        Assert.Contains("however few there are: by the model", Carrying(network), StringComparison.Ordinal);
        Assert.Contains("kept for a later loop", Carrying(OverSamples.Make("logistic-regression"), new() { Rule = Rules.Named("newton") }), StringComparison.Ordinal);
        Assert.Contains("noise and batches", Carrying(OverSamples.Make("glm"), new() { Rule = Rules.Named("perturbed") }), StringComparison.Ordinal);
        Assert.Contains("this device's warps carry none", new ReferenceDevice().Explain(OverSamples.Make("glm")), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_explained_up_to_how_many_restarts_a_warp_carries_each()
    {
        var text = OverSamples.Make("glm").Explain();
        Assert.Matches(@"up to [0-9,]+ restarts at once on a GPU of 132 multiprocessors a warp carries each.*by the model [0-9.]+ times as fast.*\(not measured\)", text);
    }

    [Theory]
    [InlineData("glm")]
    [InlineData("a fit")]
    [InlineData("matrix-sensing")]
    [InlineData("many samples")]
    public void Warps_carry_a_restart_only_where_that_is_clearly_faster_by_the_model(string name)
    {
        var choice = PlanOf(OverSamples.Make(name)).ByWarps!;
        foreach (var multiprocessors in new[] { 1, 20, 132 })
        {
            var most = choice.Most(multiprocessors);
            Assert.InRange(choice.Gain(1, multiprocessors), 10, 32);
            Assert.InRange(choice.Gain(most, multiprocessors), 1.25, 32);
            Assert.InRange(choice.Gain(most + 1, multiprocessors), 0, 1.25);
            // With a restart for every thread at once all of a warp's lanes have work, and a warp for each has all that is done once a step to itself.
            Assert.InRange(choice.Gain(2048L * multiprocessors, multiprocessors), 0, 1);
            foreach (var warps in choice.Counts.Skip(1))
            {
                // Of twice as many warps none is faster than the sums over samples.
                var (least, half) = (choice.Most(multiprocessors, warps), warps / 2);
                Assert.InRange(choice.Gain(least, multiprocessors, warps) / choice.Gain(least, multiprocessors, half), 1.25, 2);
                Assert.InRange(choice.Gain(least + 1, multiprocessors, warps) / choice.Gain(least + 1, multiprocessors, half), 0, 1.25);
            }
        }
    }

    [Fact]
    public void Threads_come_in_whole_warps_and_no_more_than_there_are_restarts_for()
    {
        var objective = OverSamples.Make("glm");
        var plan = PlanOf(objective);
        var demand = plan.DemandByWarps(objective, new(), new(new(objective.DefaultStarts, 1, 0, 5), objective.Dimension));
        Assert.Equal(5 * 32, KernelBuffers.Plan(demand, 5, new("a device", 1000, 1e9)).Threads);
        Assert.Equal(31 * 32, KernelBuffers.Plan(demand, 50, new("a device", 1000, 1e9)).Threads);
    }

    [Fact]
    public void Blocks_are_launched_and_cut_into_slices_as_wholes()
    {
        var objective = OverSamples.Make("many samples");
        var demand = PlanOf(objective).DemandByWarps(objective, new(), new(new(objective.DefaultStarts, 1, 0, 5), objective.Dimension), 8);
        Assert.Equal(5 * 256, KernelBuffers.Plan(demand, 5, new("a device", 2000, 1e9)).Threads);
        Assert.Equal(7 * 256, KernelBuffers.Plan(demand, 50, new("a device", 2000, 1e9)).Threads);
        // Of a device that says it holds fewer a block still waits for all of its threads, and one without room for them is told so.
        Assert.Equal(256, KernelBuffers.Plan(demand, 50, new("a device", 100, 1e9)).Threads);
        Assert.Equal(256, KernelBuffers.Plan(demand, 50, new("a device", 2000, 1.3 * demand.LeastBytes)).Threads);
        var refused = Assert.Throws<NoRoomException>(() => KernelBuffers.Plan(demand, 50, new("a device", 2000, 1.2 * demand.LeastBytes)));
        Assert.StartsWith("one restart, the fewest", refused.Message, StringComparison.Ordinal);
        foreach (var all in new[] { 1, 5, 64, 100, 1000 })
        {
            Assert.Equal(0, new SliceLength(demand.BlockThreads).Threads(all * 256) % 256);
        }
    }

    [Theory]
    [InlineData("glm", 20, 4)]
    [InlineData("matrix-sensing", 21, 1)]
    public void Copies_of_data_have_each_number_where_its_lane_reads_it(string name, int columns, int together)
    {
        var objective = OverSamples.Make(name);
        var plan = PlanOf(objective);
        var copies = plan.ByWarps!.Copies;
        var numbers = plan.Demand(objective, new(), new(new(objective.DefaultStarts, 1, 0, 5), objective.Dimension)).Numbers;
        var all = copies.With(numbers);
        Assert.Equal(numbers, all[..numbers.Length]);
        var (array, values) = plan.Program.Data.Single(d => copies.Of(d.Array) is not null);
        var copy = copies.Of(array)!;
        Assert.Equal(columns, copy.Columns);
        foreach (var (row, column) in new[] { (0, 0), (1, 0), (31, columns - 1), (32, 3), (700, 17), (copy.Rows - 1, columns - 1) })
        {
            // Columns of 32 rows side by side, one or four at a time.
            var at = copy.Begin + (row / 32 * 32 * columns) + (column / together * together * 32) + (row % 32 * together) + (column % together);
            Assert.Equal(values.Values[(row * columns) + column], all[at]);
        }
    }

    private static string? Carrying(Objective objective, DescentOptions? options = null) => PlanOf(objective, options).WhoCarries("a GPU", 132, isAble: true);

    private static KernelPlan PlanOf(Objective objective, DescentOptions? options = null) => KernelPlan.Make(StepProgram.Write(objective, options ?? new() { Rule = new GradientDescent() }), machine: Machine);

    private static Objective Glm(int samples) => Catalogue.Find("glm").Create(20, new Dictionary<string, double> { ["n"] = samples });

    public static TheoryData<string, string, bool> Sums() =>
        Rows.Of(OverSamples.Names.SelectMany((name, k) => LongTests.Slice(Rules.Names, k, 7).Select(rule => (name, rule, k % 2 == 0))));
}
