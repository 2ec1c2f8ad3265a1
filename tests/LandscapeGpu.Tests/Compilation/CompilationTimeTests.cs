namespace LandscapeGpu.Tests.Compilation;

/// <summary>How long compiling takes, by what it allocates: that is the same on any machine, however busy.</summary>
public class CompilationTimeTests
{
    [Theory]
    [InlineData("rastrigin")]
    [InlineData("rosenbrock")]
    public void Compiling_takes_work_in_proportion_to_the_coordinates(string name)
    {
        // Derivative, program, IL and machine code of a step; the first pays for what all share. No two have as many coordinates: what does the same is compiled once.
        Allocated(name, 8);
        var (few, many) = (Allocated(name, 41), Allocated(name, 82));
        // Twice as many coordinates are twice the work, and a little more for tables that are searched; four times would be a square.
        Assert.InRange(many, few, 3 * few);
        // Some 100 kB a coordinate.
        Assert.InRange(few, 0, 41 * 1_000_000L);
    }

    private static long Allocated(string name, int d)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = new LaneDevice(threads: 1).Compile(Catalogue.Find(name).Create(d), new DescentOptions { Stop = new() { Iterations = 1 } });
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
