namespace LandscapeGpu.Compilation;

/// <summary>How a warp carries a restart whose state is in memory, its lanes taking iterations of loops over coordinates, and whether that is as fast as a restart for each thread where there are restarts for all: the planner's choice, by a model.</summary>
/// <remarks>
/// State is there once for a warp, instead of 32 times: numbers side by side, which lanes read side by side. A 32nd of the restarts keep a device as busy.
/// Sums are added in another order than a thread would, so that the number of restarts may not decide; where a warp is as fast even with a restart for every thread, it is faster with fewer.
/// The model's rates are those of <see cref="StepCost"/>; what it says has not been measured on a GPU.
/// </remarks>
internal sealed class LaneChoice
{
    private LaneChoice(Program program, Residence residence, LaneLoops loops, Multiprocessor machine)
    {
        Loops = loops;
        // As much in memory that the warp shares as leaves room for the most warps at once.
        var element = program.IsDouble ? sizeof(double) : sizeof(float);
        var room = Math.Min(machine.BlockBytes, (machine.SharedBytes / Multiprocessor.Blocks) - Multiprocessor.ReservedBytes) / element;
        var traffic = StateTraffic.Of(program, residence);
        var shared = new List<ProgramArray>();
        foreach (var group in SharedChoice.Groups(program, residence, [], traffic))
        {
            var length = group.Max(a => a.Length * a.Copies);
            if (length <= room)
            {
                shared.AddRange(group);
                room -= length;
            }
        }

        Residence = residence.WithShared(shared);
        var far = program.State.Where(a => Residence.SharedAt(a) is null && a.Shares is null).Sum(a => (double)a.Length * a.Copies);
        IsCached = Multiprocessor.Blocks * ((element * (far + Residence.SharedElements)) + Multiprocessor.ReservedBytes) <= machine.CacheBytes;
        var cost = loops.CostOf(program, Residence, IsCached);
        (Cycles, GainOfFew) = (StateTiles.Width * cost.Cycles, traffic.Statements / cost.Slots);
    }

    /// <summary>Of which loops lanes take the iterations.</summary>
    public LaneLoops Loops { get; }

    /// <summary>Where state is while a warp carries a restart.</summary>
    public Residence Residence { get; }

    /// <summary>Whether the first cache holds the state of the warps that run at once.</summary>
    public bool IsCached { get; }

    /// <summary>Cycles of a multiprocessor for a step of 32 restarts, if there are warps enough.</summary>
    public double Cycles { get; }

    /// <summary>The same where a thread carries each.</summary>
    public double CyclesOfThreads { get; private init; }

    /// <summary>Whether a multiprocessor's first cache would hold the state of not even one warp of which each thread has a restart: few restarts are worth so much.</summary>
    public bool IsLarge { get; private init; }

    /// <summary>How many times as fast a warp each is with so few restarts that each has a scheduler to itself: as its instructions are fewer.</summary>
    public double GainOfFew { get; }

    /// <summary>Whether a warp each is better.</summary>
    /// <remarks>Where restarts are large, and so likely few, that is chosen by which the most that can be lost is least, be they few or one for every thread; else a warp must be hardly slower even then.</remarks>
    public bool IsFaster => Cycles <= (IsLarge ? GainOfFew : StepCost.ClearlyFaster) * CyclesOfThreads;

    /// <summary>What a warp shares, in elements.</summary>
    public int Elements => Math.Max(1, Residence.SharedElements);

    /// <summary>Chooses.</summary>
    /// <param name="program">The program of one step.</param>
    /// <param name="residence">Where threads would have its state.</param>
    /// <param name="isAlone">Whether nothing but the step itself reaches state between steps.</param>
    /// <param name="machine">What runs it.</param>
    /// <returns>The choice; null, with the reason, where a warp cannot carry a restart; without one where some of the state is in registers.</returns>
    public static (LaneChoice? Choice, string? Reason) For(Program program, Residence residence, bool isAlone, Multiprocessor machine)
    {
        if (residence.IsInRegisters)
        {
            return (null, null);
        }

        if (!isAlone)
        {
            return (null, "noise and batches are drawn by each thread for its own restart");
        }

        var loops = LaneLoops.For(program);
        return loops.IsAny
            ? (new(program, residence.WithShared([]), loops, machine)
            {
                CyclesOfThreads = StepCost.Of(program, residence, StateTraffic.Of(program, residence), machine).Cycles,
                IsLarge = StateTiles.Width * program.State.Where(a => a.Shares is null).Sum(a => (double)a.Length * a.Copies) * (program.IsDouble ? sizeof(double) : sizeof(float)) > machine.CacheBytes,
            }, null)
            : (null, "no loop has iterations that store nothing but what is their own");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"by the model {Cycles:N0} cycles of a multiprocessor for a step of {StateTiles.Width} restarts, {CyclesOfThreads:N0} with a thread for each if there are restarts for all threads, and with few {GainOfFew:F1} times as fast (not measured)");
}
