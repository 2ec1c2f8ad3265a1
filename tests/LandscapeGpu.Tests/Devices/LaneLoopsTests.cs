using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Devices;

/// <summary>Of which loops lanes of a warp take the iterations where state is in memory, and whether a warp carries a restart then.</summary>
public class LaneLoopsTests
{
    private static readonly Multiprocessor Machine = Multiprocessor.Typical;

    [Theory]
    [MemberData(nameof(Families))]
    public void What_iterations_store_is_their_own_if_lanes_take_them(string name)
    {
        foreach (var rule in LongTests.AreAsked ? Rules.Names : ["gradient-descent", "lbfgs", "adam"])
        {
            RequireOwn(PlanOf(Catalogue.Find(name).Create(), rule).Program);
        }
    }

    [Theory]
    [MemberData(nameof(Made))]
    public void So_it_is_where_loops_are_many_and_of_all_lengths(string name)
    {
        var program = PlanOf(InMemory.Make(name), "lbfgs").Program;
        RequireOwn(program);
        Assert.True(LaneLoops.For(program).IsAny);
    }

    [Fact]
    public void Iterations_that_add_to_one_element_are_not_apart()
    {
        // Each pair of atoms pushes both.
        var plan = PlanOf(InMemory.Make("atoms"), "gradient-descent");
        var pairs = Loops(plan.Program.Body).Where(l => l.Body.Statements.OfType<Loop>().Any()).ToList();
        Assert.NotEmpty(pairs);
        Assert.DoesNotContain(pairs, plan.InLanes!.Loops.Has);
    }

    [Fact]
    public void A_restart_that_is_large_is_carried_by_a_warp_and_one_that_is_not_by_a_thread_and_why_is_said()
    {
        Assert.Contains("a warp for each restart, however many there are", InMemory.Large(2000).Explain(), StringComparison.Ordinal);
        Assert.DoesNotContain("threads in a launch", InMemory.Large(2000).Explain(), StringComparison.Ordinal);
        Assert.Contains("a thread for each restart, however few there are: by the model", InMemory.Make("atoms").Explain(new()), StringComparison.Ordinal);
        Assert.Contains("this device's warps carry none", new ReferenceDevice().Explain(InMemory.Large(16)), StringComparison.Ordinal);
        Assert.Contains("noise and batches", PlanOf(InMemory.Make("network"), "perturbed").WhoCarries("a GPU", 132, isAble: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_warp_needs_no_more_memory_than_its_restart()
    {
        var objective = InMemory.Large(16);
        var plan = PlanOf(objective, "gradient-descent");
        var starts = new StartNumbers(new(objective.DefaultStarts, 1, 0, 5), objective.Dimension);
        var buffers = KernelBuffers.Plan(plan.DemandByWarps(objective, new(), starts), 5, new("a device", 1000, 1e9));
        Assert.Equal(5 * 32, buffers.Threads);
        Assert.InRange(buffers.StateLength, 5L * plan.Layout.StateElements, 5L * (plan.Layout.StateElements + 31));
        // As many warps as a multiprocessor runs at once have room for what they share.
        Assert.InRange(plan.InLanes!.Elements, 1, (Machine.SharedBytes / Multiprocessor.Blocks / sizeof(float)) - 256);
    }

    [Theory]
    [MemberData(nameof(Made))]
    public void In_the_order_of_lanes_a_thread_takes_the_steps_of_lanes(string name)
    {
        foreach (var rule in new[] { "gradient-descent", "lbfgs" })
        {
            Parity.Require(InMemory.Make(name), new() { Rule = Rules.Named(rule), IsDouble = true }, new ReferenceDevice(2) { AddsAsLanes = true, Carriers = Carriers.Warps }, [3]);
        }
    }

    /// <summary>By trying: elements that one iteration writes no other reads or writes, whatever iteration the loops around are at.</summary>
    private static void RequireOwn(LandscapeGpu.Compilation.Program program)
    {
        var lanes = LaneLoops.For(program);
        Visit(program.Body, []);

        void Visit(Block block, Dictionary<Index, long> around)
        {
            foreach (var loop in block.Statements.OfType<Loop>())
            {
                if (lanes.Has(loop))
                {
                    RequireApart(loop, around);
                    continue;
                }

                // The first iteration, and the last.
                foreach (var at in new[] { 0, loop.Variable.Extent.Evaluate(l => around[l]) - 1 }.Where(k => k >= 0).Distinct())
                {
                    around[loop.Variable] = at;
                    Visit(loop.Body, around);
                }

                around.Remove(loop.Variable);
            }
        }

        static void RequireApart(Loop loop, Dictionary<Index, long> around)
        {
            var (readers, writers) = (new Dictionary<(ProgramArray, long), long>(), new Dictionary<(ProgramArray, long), long>());
            for (var k = 0L; k < loop.Variable.Extent.Evaluate(l => around[l]); k++)
            {
                around[loop.Variable] = k;
                Run(loop.Body, k);
            }

            around.Remove(loop.Variable);
            Assert.All(writers, w => Assert.True(!readers.TryGetValue(w.Key, out var reader) || reader == w.Value));

            void Run(Block block, long k)
            {
                foreach (var statement in block.Statements)
                {
                    switch (statement)
                    {
                        case Flag:
                            Assert.Fail("A lane would stop by itself.");
                            break;
                        case Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.State } v }:
                            Note(readers, v.Array!, v.Index!, k);
                            break;
                        case Store s:
                            Assert.True(Note(writers, s.Array, s.Index, k));
                            break;
                        case Accumulate s:
                            Assert.True(Note(writers, s.Array, s.Index, k));
                            break;
                        case Loop inner:
                            for (var n = 0L; n < inner.Variable.Extent.Evaluate(l => around[l]); n++)
                            {
                                around[inner.Variable] = n;
                                Run(inner.Body, k);
                            }

                            around.Remove(inner.Variable);
                            break;
                    }
                }
            }

            // Of circular memories the first place is overwritten.
            bool Note(Dictionary<(ProgramArray, long), long> by, ProgramArray array, Index index, long k)
            {
                Assert.DoesNotContain(loop.Variable, array.Free.Variables);
                var key = (array.Shares ?? array, index.Evaluate(l => around.GetValueOrDefault(l)));
                var isOwn = !by.TryGetValue(key, out var before) || before == k;
                by[key] = isOwn ? k : -1;
                return isOwn;
            }
        }
    }

    private static IEnumerable<Loop> Loops(Block block) => block.Statements.OfType<Loop>().SelectMany(l => Loops(l.Body).Prepend(l));

    private static KernelPlan PlanOf(Objective objective, string rule) => KernelPlan.Make(StepProgram.Write(objective, new() { Rule = Rules.Named(rule) }), inMemory: true, machine: Machine);

    public static TheoryData<string> Families() => [.. Catalogue.Families.Select(f => f.Name)];

    public static TheoryData<string> Made() => [.. InMemory.Names];
}
