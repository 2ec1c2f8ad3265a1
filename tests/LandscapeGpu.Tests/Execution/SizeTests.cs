using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Execution;

/// <summary>Sizes are counted in 64 bits, and what does not fit is a sentence.</summary>
public class SizeTests
{
    [Fact]
    public void State_of_more_than_two_gigabytes_is_laid_out_as_it_is()
    {
        var program = new LandscapeGpu.Compilation.Program(isDouble: true);
        program.State.AddRange([new("a", 300_000_000, Memory.State), new("b", 300_000_000, Memory.State)]);
        var layout = new Layout(program, new LaneTarget(128, true), 2);
        Assert.Equal(600_000_000L * 2 * 16, layout.StateBytes);
        Assert.Equal(300_000_000, program.State[1].Offset);
    }

    [Fact]
    public void Elements_that_cannot_be_counted_are_refused()
    {
        var program = new LandscapeGpu.Compilation.Program(isDouble: true);
        program.State.AddRange([new("a", 2_000_000_000, Memory.State), new("b", 2_000_000_000, Memory.State)]);
        Assert.Contains("4,000,000,000 numbers", Assert.Throws<ArgumentException>(() => new Layout(program, new LaneTarget(128, true), 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_that_is_not_there_is_not_taken()
    {
        var error = Assert.Throws<ArgumentException>(() => new AlignedMemory(MachineMemory.Bytes + 1, "So many numbers", "take fewer"));
        Assert.Contains("So many numbers need", error.Message, StringComparison.Ordinal);
        Assert.Contains("take fewer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Millions_of_coordinates_descend()
    {
        const int d = 5_000_000;
        var f = Objective.Define("large", d, x => Sum(d, i => Square(x[i] - 1)));
        var descent = new LaneDevice(1, 128).Compile(f, new() { Rule = new GradientDescent { Step = 0.25 }, Stop = new() { Iterations = 2 } });
        var ends = descent.Run(new(new UniformBox(3, 3), 1, 0, 1));
        // Each step halves the distance from 1.
        Assert.All(new[] { 0, 1, d / 2, d - 1 }, i => Assert.Equal(1.5, ends.Points[i]));
    }

    [Fact]
    public void Many_coordinates_take_as_many_steps_as_few()
    {
        long Steps(int d) => Survey.Run(
            Objective.Define("bowl", d, x => Sum(d, i => Square(x[i] - 1))) with { Region = Region.Box(d, -2, 2) },
            new() { Restarts = 4 }).GradientEvaluations;

        // A step as long as those of few coordinates is the shorter a part of the way, the more there are: 8·√d steps were taken.
        Assert.InRange(Steps(10_000), 1, 2 * Steps(256));
    }

    [Fact]
    public void Curvatures_in_many_coordinates_are_asked_for_together()
    {
        // A perfect fit has the value 0, of which no digit is known: its curvatures say whether rounding hides it. One product for each coordinate took minutes.
        const int d = 20_000;
        var f = Objective.Define("fit", d, x => Sum(d, i => Square(x[i] - 0.1))) with { Region = Region.Box(d, -2, 2) };
        var result = Survey.Run(f, new() { Restarts = 2 });
        Assert.Equal(StationaryKind.Minimum, Assert.Single(result.Minima).Kind);
    }

    [Fact]
    public void More_endpoints_than_a_table_holds_are_refused() =>
        Assert.Contains("at most", Assert.Throws<ArgumentException>(() => new Endpoints(100, 30_000_000)).Message, StringComparison.Ordinal);
}
