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
