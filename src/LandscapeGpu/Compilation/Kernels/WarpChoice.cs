namespace LandscapeGpu.Compilation;

/// <summary>How a warp carries one restart, each lane with its part of the samples, and for how many restarts that is faster than a restart for each thread: the planner's choice, by a model.</summary>
/// <remarks>
/// All lanes do the same with the same numbers but for their part of the samples. What of the state is not in registers is in memory that the warp shares, once.
/// A warp has all of a step's instructions but those of the samples to itself, where threads would share them among 32 restarts: that pays where a multiprocessor has too few restarts to be busy.
/// The model's rates are those of <see cref="StepCost"/>; what it says has not been measured on a GPU.
/// </remarks>
internal sealed class WarpChoice
{
    // Two barriers, loads from shared memory behind each, and 32 additions of which each waits for the one before.
    private const double CyclesOfSums = 300;

    private const int LineBytes = 128;

    // What a warp does in a step where it carries one restart, and where its threads carry one each.
    private readonly (double Statements, double Lines, double Waits) together;
    private readonly (double Statements, double Lines, double Waits) apart;

    private WarpChoice(Program program, Residence residence, SampleSplit split)
    {
        Copies = new(program, residence, split);
        Residence = residence.WithShared(program.State.Where(a => !residence.IsRegister(a)));
        Elements = Residence.SharedElements + KernelEmitter.LengthOfParts(split);
        // Each sum is brought to memory and back, and its parts are added by one lane for up to 32 of them.
        var sums = split.Loops.Sum(l => (2.0 * split.SumsOf(l)) + (2.0 * SampleSplit.Parts * ((split.SumsOf(l) + SampleSplit.Parts - 1) / SampleSplit.Parts)));
        together = (StateTraffic.Of(program, Residence, split).Statements + sums, split.Loops.Sum(l => SampleSplit.Turns(l) * Lines(l, Copies)), split.Loops.Count * CyclesOfSums);
        apart = (StateTraffic.Of(program, residence).Statements, split.Loops.Sum(l => l.Variable.Extent.Greatest * Lines(l, null)), 0);

        double Lines(Loop loop, LaneData? copies) => DataLines.Of(loop, copies, LineBytes / (program.IsDouble ? sizeof(double) : sizeof(float)));
    }

    /// <summary>Where state is while a warp carries a restart.</summary>
    public Residence Residence { get; }

    /// <summary>Data in the order in which lanes read them.</summary>
    public LaneData Copies { get; }

    /// <summary>Where in memory that the warp shares its parts of sums are brought together.</summary>
    public int SumsAt => Residence.SharedElements;

    /// <summary>What a warp shares, in elements: state that is not in registers, and parts of sums.</summary>
    public int Elements { get; }

    /// <summary>Chooses.</summary>
    /// <param name="program">The program of one step.</param>
    /// <param name="residence">What is in registers.</param>
    /// <param name="split">The loops whose sums have parts.</param>
    /// <param name="isAlone">Whether nothing but the step itself reaches state between steps.</param>
    /// <param name="machine">What runs it.</param>
    /// <returns>The choice; null, with the reason, where a warp cannot carry a restart; without one where that is not asked.</returns>
    public static (WarpChoice? Choice, string? Reason) For(Program program, Residence residence, SampleSplit split, bool isAlone, Multiprocessor machine)
    {
        if (!split.IsAny)
        {
            return (null, split.Reason);
        }

        if (!isAlone)
        {
            return (null, "noise and batches are drawn by each thread for its own restart");
        }

        var choice = new WarpChoice(program, residence, split);
        return (long)choice.Elements * (program.IsDouble ? sizeof(double) : sizeof(float)) > machine.BlockBytes
            ? (null, $"what a warp would share, {choice.Elements} numbers, has no room in a block's memory")
            : (choice, null);
    }

    /// <summary>How many times as fast so many restarts are with a warp each as with a thread each.</summary>
    public double Gain(long restarts, int multiprocessors)
    {
        var (inWarps, inThreads) = (Rounded(restarts, multiprocessors), Rounded(Rounded(restarts, StateTiles.Width), multiprocessors));
        return StepCost.Of(apart, inThreads) / StepCost.Of(together, inWarps);

        static long Rounded(long a, long b) => (a + b - 1) / b;
    }

    /// <summary>The most restarts at once of which a warp each is clearly faster; 0 for none.</summary>
    public long Most(int multiprocessors)
    {
        // As many more as there are, the more has a warp to do: from where it does not pay it never does again, but for steps of one warp a multiprocessor.
        var (pays, not) = (0L, 1L);
        while (not < int.MaxValue && Gain(not, multiprocessors) >= StepCost.ClearlyFaster)
        {
            (pays, not) = (not, 2 * not);
        }

        while (not - pays > 1)
        {
            var middle = (pays + not) / 2;
            (pays, not) = Gain(middle, multiprocessors) >= StepCost.ClearlyFaster ? (middle, not) : (pays, middle);
        }

        return pays;
    }
}
