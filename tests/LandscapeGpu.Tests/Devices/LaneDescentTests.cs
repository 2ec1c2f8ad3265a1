using System.Runtime.CompilerServices;

namespace LandscapeGpu.Tests.Devices;

public unsafe class LaneDescentTests
{
    // What a processor reads at once, and the widest vector.
    private const int Line = 64;

    private static nuint seen;

    [Fact]
    public void What_a_step_has_no_register_for_lies_at_the_same_place_of_a_line_however_deep_the_caller_is()
    {
        // The same calls lead from a descent to its steps and to whoever is told of progress: where the one's frame is tells where the other's is.
        var descent = new LaneDevice(threads: 1).Compile(Objective.Define("bowl", 1, x => Square(x[0])), new() { IsDouble = true });
        var restarts = new RestartRange(new Gaussian(1), 1, 0, 4);
        // Compiled before, so that all that follows is the same code.
        Deeper(0, descent, restarts);
        var places = new HashSet<nuint>();
        for (var depth = 0; depth < Line; depth += 16)
        {
            seen = 0;
            Deeper(depth, descent, restarts);
            Assert.NotEqual((nuint)0, seen);
            places.Add(seen % Line);
        }

        Assert.Single(places);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Endpoints_of_an_earlier_run_are_written_over_with_the_same_bits_as_new_ones(bool isInUnits)
    {
        var objective = Objective.Define("quartic", 3, x => Sum(3, i => Square(Square(x[i]) - 1) + (0.1 * x[i])));
        var units = isInUnits ? new Units([0.5, 4, 2], 8) : objective.Units;
        var descent = DescentInUnits.Compile(new LaneDevice(threads: 2), objective, new(), units);
        var (early, late) = (new RestartRange(new Gaussian(2), 1, 0, 50), new RestartRange(new Gaussian(2), 1, 50, 50));
        var spare = descent.Run(early);
        var fresh = descent.Run(late);

        var again = descent.RunInto(late, spare);
        Assert.Same(spare, again);
        Same(fresh, again);
        // Of a run that was stopped before it began, nothing that was there before is shown.
        var stopped = descent.RunInto(late, spare, null, new(canceled: true));
        Assert.Equal(50, stopped.Totals.Unfinished);
        Assert.All(stopped.Steps, steps => Assert.Equal(0, steps));
        // What has no room is left alone.
        var more = descent.RunInto(late with { Count = 51 }, fresh);
        Assert.NotSame(fresh, more);
        Same(fresh, descent.RunInto(late, new(2, 50)));
        Same(fresh, descent.RunInto(late, stopped));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(11)]
    public void Restarts_that_begin_and_end_together_end_where_they_do_alone(int dimension)
    {
        var objective = Objective.Define("quartic", dimension, x => Sum(dimension, i => Square(Square(x[i]) - 1) + (0.1 * x[i])));
        // Also beyond the end of a list, and too few to fill all lanes at last.
        var given = new double[7 * dimension];
        new Gaussian(2).Draw(3, 0, given);
        foreach (var starts in new Sampler[] { new Gaussian(2), new GivenPoints(given, dimension) })
        {
            foreach (var (isDouble, bits) in new[] { (false, 128), (false, 256), (false, 512), (true, 128), (true, 256), (true, 512) })
            {
                // Of the second kind some end early, one by one.
                foreach (var isFixed in new[] { true, false })
                {
                    var descent = new LaneDevice(threads: 1, bits).Compile(objective, new() { IsDouble = isDouble, Stop = new() { Iterations = 9, OnlyIterations = isFixed } });
                    var range = new RestartRange(starts, 5, 2, 83);
                    var all = descent.Run(range);
                    Assert.Equal(0, all.Totals.Unfinished);
                    for (var k = 0; k < range.Count; k++)
                    {
                        var one = descent.Run(range with { First = range.First + k, Count = 1 });
                        Assert.Equal(one.Points.Select(BitConverter.DoubleToInt64Bits), all.Points.Skip(k * dimension).Take(dimension).Select(BitConverter.DoubleToInt64Bits));
                        Assert.Equal((one.Outcomes[0], one.Steps[0]), (all.Outcomes[k], all.Steps[k]));
                    }
                }
            }
        }
    }

    private static void Same(Endpoints expected, Endpoints actual)
    {
        Assert.Equal(expected.Points.Select(BitConverter.DoubleToInt64Bits), actual.Points.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(expected.Outcomes, actual.Outcomes);
        Assert.Equal(expected.Steps, actual.Steps);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Deeper(int bytes, CompiledDescent descent, RestartRange restarts)
    {
        // Room that is never zero, so that its use is not left out.
        var room = stackalloc byte[bytes + 16];
        room[0] = 1;
        descent.Run(restarts, Told);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Told(long more)
    {
        byte here;
        seen = (nuint)(&here);
    }
}
