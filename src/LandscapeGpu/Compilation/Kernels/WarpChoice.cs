namespace LandscapeGpu.Compilation;

/// <summary>How a warp carries one restart, or a block of several, each lane with its part of the samples, and for how many restarts that is faster than a restart for each thread: the planner's choice, by a model.</summary>
/// <remarks>
/// All lanes do the same with the same numbers but for their part of the samples. What of the state is not in registers is in memory that they share, once.
/// A warp has all of a step's instructions but those of the samples to itself, where threads would share them among 32 restarts, and in a block each warp has them: that pays where a multiprocessor has too few restarts to be busy.
/// The model's rates are those of <see cref="StepCost"/>; what it says has not been measured on a GPU.
/// </remarks>
internal sealed class WarpChoice
{
    // Until all are at a barrier and a load from shared memory behind it is there, and until a sum may be added to again: with two barriers and 32 additions each sum takes 300.
    private const double CyclesOfBarrier = 86;
    private const double CyclesOfAddition = 4;

    private const int LineBytes = 128;

    private readonly SampleSplit split;

    // What a warp does in a step where so many carry one restart, and where its threads carry one each.
    private readonly SortedDictionary<int, (double Statements, double Lines, double Waits)> together = [];
    private readonly (double Statements, double Lines, double Waits) apart;

    private WarpChoice(Program program, Residence residence, SampleSplit split, Multiprocessor machine)
    {
        this.split = split;
        Copies = new(program, residence, split);
        Residence = residence.WithShared(program.State.Where(a => !residence.IsRegister(a)));
        var bytes = program.IsDouble ? sizeof(double) : sizeof(float);
        for (var warps = 1; warps <= split.Groups && (long)ElementsOf(warps) * bytes <= machine.BlockBytes; warps *= 2)
        {
            var rounds = split.Groups / warps;
            together.Add(warps, (
                StateTraffic.Of(program, Residence, split, warps).Statements + split.Loops.Sum(l => StatementsOfSums(split.SumsOf(l), rounds)),
                split.Loops.Sum(l => rounds * split.Turns(l) * Lines(l, Copies)),
                split.Loops.Count * ((rounds * ((2 * CyclesOfBarrier) + (SampleSplit.Parts * CyclesOfAddition))) + (split.Groups == 1 ? 0 : CyclesOfBarrier + (split.Groups * CyclesOfAddition)))));
        }

        apart = (StateTraffic.Of(program, residence).Statements, split.Loops.Sum(l => l.Variable.Extent.Greatest * Lines(l, null)), 0);

        double Lines(Loop loop, LaneData? copies) => DataLines.Of(loop, copies, LineBytes / bytes);

        // Each sum is brought to memory and back, and its parts are added by one lane for up to 32 of them, then those of groups.
        double StatementsOfSums(int sums, int rounds) =>
            (rounds * sums) + sums + (2.0 * ((rounds * SampleSplit.Parts) + (split.Groups == 1 ? 0 : split.Groups)) * ((sums + SampleSplit.Parts - 1) / SampleSplit.Parts));
    }

    /// <summary>Where state is while warps carry a restart.</summary>
    public Residence Residence { get; }

    /// <summary>Data in the order in which lanes read them.</summary>
    public LaneData Copies { get; }

    /// <summary>Where in memory that they share warps bring their parts of sums together.</summary>
    public int SumsAt => Residence.SharedElements;

    /// <summary>How many warps may carry a restart together, from 1 to as many as there are groups of parts and room in a block's memory.</summary>
    public IReadOnlyCollection<int> Counts => together.Keys;

    /// <summary>What so many warps share, in elements: state that is not in registers, parts of sums, and a restart's number.</summary>
    public int ElementsOf(int warps) => Residence.SharedElements + KernelEmitter.LengthOfParts(split, warps) + (warps == 1 ? 0 : 1);

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

        var choice = new WarpChoice(program, residence, split, machine);
        return choice.Counts.Count == 0 ? (null, $"what a warp would share, {choice.ElementsOf(1)} numbers, has no room in a block's memory") : (choice, null);
    }

    /// <summary>By how many warps each of so many restarts is carried; 0 for a thread.</summary>
    public int WarpsFor(long restarts, int multiprocessors) => Counts.LastOrDefault(warps => restarts <= Most(multiprocessors, warps));

    /// <summary>How many times as fast so many restarts are with some warps each as with a thread each.</summary>
    public double Gain(long restarts, int multiprocessors, int warps = 1) => Cycles(0, restarts, multiprocessors) / Cycles(warps, restarts, multiprocessors);

    /// <summary>The most restarts at once of which so many warps each are clearly faster than fewer, and than a thread each; 0 for none.</summary>
    public long Most(int multiprocessors, int warps = 1)
    {
        // As many more as there are, the more has a warp to do: from where it does not pay it never does again, but for steps of one warp a multiprocessor.
        var (pays, not) = (0L, 1L);
        while (not < int.MaxValue && Pays(not))
        {
            (pays, not) = (not, 2 * not);
        }

        while (not - pays > 1)
        {
            var middle = (pays + not) / 2;
            (pays, not) = Pays(middle) ? (middle, not) : (pays, middle);
        }

        return pays;

        bool Pays(long restarts) => Counts.Where(fewer => fewer < warps).Prepend(0).Min(fewer => Cycles(fewer, restarts, multiprocessors)) >= StepCost.ClearlyFaster * Cycles(warps, restarts, multiprocessors);
    }

    /// <summary>Up to how many restarts how many warps carry each, as words, and why not more of them; null where warps carry none.</summary>
    public string? Words(string name, int multiprocessors)
    {
        const int example = 1000;
        var steps = new List<string>();
        var from = 0L;
        foreach (var warps in Counts.Reverse())
        {
            if (Most(multiprocessors, warps) is var most && most > from)
            {
                var (told, where) = (warps == 1 ? Math.Min(most, example) : most, from == 0 ? $" on {name}" : "");
                steps.Add(string.Create(CultureInfo.InvariantCulture, $"up to {most:N0} restarts at once{where} {(warps == 1 ? "a warp carries" : $"a block of {warps} warps carries")} each, {(from == 0 ? "its lanes taking samples: by the model " : "")}{Gain(told, multiprocessors, warps):F1} times as fast for {told:N0}"));
                from = most;
            }
        }

        return steps.Count == 0 ? null : $"{string.Join("; ", steps)} (not measured); with more, a thread; not a bit depends on which; {NotMore}";
    }

    private string NotMore => Counts.Max() == split.Groups
        ? split.NoMore is { } why ? $"no {2 * split.Groups} warps: {why}" : $"no more than {split.Groups} warps are ever taken"
        : $"no {2 * Counts.Max()} warps: what they would share, {ElementsOf(2 * Counts.Max())} numbers, has no room in a block's memory";

    /// <summary>The cycles of a multiprocessor for a step of its part of some restarts, carried by so many warps each, or by a thread.</summary>
    private double Cycles(int warps, long restarts, int multiprocessors)
    {
        return warps == 0 ? StepCost.Of(apart, Rounded(Rounded(restarts, StateTiles.Width), multiprocessors)) : StepCost.Of(together[warps], warps * Rounded(restarts, multiprocessors));

        static long Rounded(long a, long b) => (a + b - 1) / b;
    }
}
