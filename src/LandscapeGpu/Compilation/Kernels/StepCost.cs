namespace LandscapeGpu.Compilation;

/// <summary>How many cycles of a multiprocessor a step of 32 restarts takes by a model: as long as the busiest of what it needs.</summary>
/// <remarks>
/// <para>Rates are those of the machine's parts, as NVIDIA's guides to tuning state them and as they have been measured (Jia et al. 2018,
/// "Dissecting the NVIDIA Volta GPU architecture via microbenchmarking", arXiv:1804.06826; Luo et al. 2024, "Benchmarking and dissecting the NVIDIA Hopper GPU
/// architecture via microbenchmarking", arXiv:2402.13499): four instructions a cycle; 128 bytes a cycle from shared memory or the first cache, which are one memory; 32 from the second cache, where every store goes that is not to shared memory, and every load of a state that is too large for the first.</para>
/// <para>A number that all threads load is a cycle of the first cache as well. Memory beyond the second cache is slower still: that state in global memory never needs it is in global memory's favour.</para>
/// </remarks>
internal static class StepCost
{
    /// <summary>By how much one way has to be faster than another by the model, whose rates are good to a tenth or two.</summary>
    public const double ClearlyFaster = 1.25;

    public const double InstructionsPerCycle = 4;
    private const double NearBytesPerCycle = 128;
    private const double FarBytesPerCycle = 32;

    // Cycles until a load is there.
    private const double SharedLatency = 30;
    private const double CacheLatency = 35;
    private const double FarLatency = 270;

    // A warp's instructions come no faster: additions to one sum wait four cycles for each other, and two at least go side by side.
    private const double CyclesPerInstruction = 2;

    // Loads that are under way together: turns of a loop that are written before it goes round, and of what is written out twice as many.
    private const double LoadsTogether = 4;
    private const double LoadsTogetherWrittenOut = 8;

    // 65,536 registers for 16 warps are 128 a thread; of written-out code, for which compilers take up to 255, half as many warps run.
    private const int MostWarps = Multiprocessor.Blocks;
    private const int MostWarpsWrittenOut = MostWarps / 2;

    /// <summary>The cycles of a multiprocessor for a step of some warps whose state is in registers: as long as its instructions take, those of one warp by itself, or the first cache.</summary>
    /// <param name="warp">Instructions of one warp, lines of the first cache that it reaches, and cycles in which it waits beside these.</param>
    /// <param name="warps">How many warps there are.</param>
    public static double Of((double Statements, double Lines, double Waits) warp, long warps) =>
        Math.Max(Math.Max(warps * warp.Statements / InstructionsPerCycle, (warp.Statements * CyclesPerInstruction) + warp.Waits), warps * warp.Lines);

    /// <summary>The cycles, with as many warps at once as make them fewest.</summary>
    /// <param name="program">The program of one step.</param>
    /// <param name="residence">Where its state is.</param>
    /// <param name="traffic">How often it is read and written.</param>
    /// <param name="machine">What runs it.</param>
    /// <returns>The cycles, how many warps these are, and whether more could run; infinity where not one has room.</returns>
    public static (double Cycles, int Warps, bool IsFewer) Of(Program program, Residence residence, StateTraffic traffic, Multiprocessor machine)
    {
        var bytes = StateTiles.Width * (program.IsDouble ? sizeof(double) : sizeof(float));
        var shared = bytes * (double)residence.SharedElements;
        var (near, far, farElements) = ((Loads: 0.0, Stores: 0.0), (Loads: 0.0, Stores: 0.0), 0.0);
        foreach (var array in program.State.Where(a => !residence.IsRegister(a)))
        {
            var (loads, stores) = traffic.Of(array);
            if (residence.SharedAt(array) is null)
            {
                far = (far.Loads + loads, far.Stores + stores);
                farElements += array.Shares is null || residence.IsAway(array.Shares) ? array.Length * array.Copies : 0;
            }
            else
            {
                near = (near.Loads + loads, near.Stores + stores);
            }
        }

        var most = Math.Min(residence.IsInRegisters ? MostWarpsWrittenOut : MostWarps, machine.WarpsOf(shared));
        return Enumerable.Range(1, most).Select(warps => (Cycles: With(warps), Warps: warps, IsFewer: warps < most)).DefaultIfEmpty((Cycles: double.PositiveInfinity, Warps: 0, IsFewer: false)).MinBy(c => (c.Cycles, -c.Warps));

        double With(int warps)
        {
            var isCached = warps * (shared + Multiprocessor.ReservedBytes + (bytes * farElements)) <= machine.CacheBytes;
            var nearBytes = (bytes * (near.Loads + near.Stores + (isCached ? far.Loads : 0))) + (NearBytesPerCycle * traffic.Data);
            var farBytes = bytes * (far.Stores + (isCached ? 0 : far.Loads));
            var waits = (near.Loads * SharedLatency) + (far.Loads * (isCached ? CacheLatency : FarLatency));
            return new[]
            {
                traffic.Statements * Math.Max(1 / InstructionsPerCycle, CyclesPerInstruction / warps),
                nearBytes / NearBytesPerCycle,
                farBytes / FarBytesPerCycle,
                waits / (warps * (residence.IsInRegisters ? LoadsTogetherWrittenOut : LoadsTogether)),
            }.Max();
        }
    }
}
