namespace LandscapeGpu.Compilation;

/// <summary>Which loops over samples have their sums made of parts, one for each lane of as many warps as there are groups of parts: of G groups part l has the samples l, l + 32G, …; the parts of a group are added one after the other, and then the sums of groups.</summary>
/// <remarks>
/// A block of G warps adds each lane's part at the same time, one of fewer warps a group for each after the other; a thread that carries a restart alone adds one part after the other. All end with the
/// same bits, so that it may depend on how many restarts there are which of them runs. To a thread that is alone parts are of no use: a loop has them, and as many groups, only where they cost it next to nothing, which the
/// program alone decides.
/// </remarks>
internal sealed class SampleSplit
{
    /// <summary>Parts of a group, and lanes of a warp.</summary>
    public const int Parts = StateTiles.Width;

    // A block of twice as many warps would leave none of their threads the 255 registers that code may use: a multiprocessor has 65,536.
    private const int MostGroups = 8;

    // Of what a thread that is alone does, this much may be for parts: each is added to the whole, and cleared.
    private const double MostOverhead = 1.0 / 64;

    private readonly Dictionary<Loop, IReadOnlyList<(ProgramArray Array, int Element)>> loops = [];

    private SampleSplit()
    {
    }

    /// <summary>Of a loop over samples which stays a loop why it has no parts, in words; null where it has, and where there is none.</summary>
    public string? Reason { get; private set; }

    /// <summary>Groups of parts, and the most warps that may carry a restart: 1, 2, 4 or 8.</summary>
    public int Groups { get; private set; } = 1;

    /// <summary>Why there are not twice as many, in words; null where there are as many as any block has.</summary>
    public string? NoMore { get; private set; }

    public static SampleSplit None { get; } = new();

    public bool IsAny => loops.Count > 0;

    public IReadOnlyCollection<Loop> Loops => loops.Keys;

    /// <summary>The most sums that one of the loops makes.</summary>
    public int Sums => loops.Keys.Select(SumsOf).DefaultIfEmpty(0).Max();

    public bool Has(Loop loop) => loops.ContainsKey(loop);

    /// <summary>The elements of state, in registers, that a loop adds to.</summary>
    public IReadOnlyList<(ProgramArray Array, int Element)> ElementsOf(Loop loop) => loops[loop];

    /// <summary>How many sums a loop makes.</summary>
    public int SumsOf(Loop loop) => loops[loop].Count + AccumulatorsOf(loop).Count();

    public static IEnumerable<Accumulator> AccumulatorsOf(Loop loop) => loop.Body.Statements.OfType<AddUp>().Select(a => a.Accumulator).Distinct();

    /// <summary>How often the body of one of the loops runs for one part, at most.</summary>
    public long Turns(Loop loop) => (loop.Variable.Extent.Greatest + (Parts * Groups) - 1) / (Parts * Groups);

    /// <summary>Chooses.</summary>
    /// <param name="program">The program of one step.</param>
    /// <param name="residence">Where its state is, and which loops are written out.</param>
    public static SampleSplit For(Program program, Residence residence)
    {
        var (split, left) = (new SampleSplit(), Residence.RegistersWithSums(program.IsDouble) - residence.Registers);
        foreach (var loop in program.Body.Statements.OfType<Loop>().Where(l => IsOverSamples(l, residence)))
        {
            var elements = new List<(ProgramArray Array, int Element)>();
            var reason = !residence.IsInRegisters ? "state is in memory, of which each lane would need a copy for its own part of the sums"
                : Moves(loop) || !IsFree(loop, residence) ? "what a sample makes is kept for a later loop"
                : !Collect(loop.Body, loop, residence, new(), elements) ? "registers have no room for all of its sums, of which each lane needs its own part"
                : null;
            elements = [.. elements.Distinct()];
            var sums = elements.Count + AccumulatorsOf(loop).Count();
            reason ??= sums > left ? "registers have no room for parts of its sums beside them"
                : 2.0 * Parts * sums > MostOverhead * StatementsOf(loop) ? string.Create(CultureInfo.InvariantCulture, $"{loop.Variable.Extent.Greatest} samples are too few: a thread that has a restart to itself would lose more than a {1 / MostOverhead:F0}th by adding up in {Parts} parts, as lanes of a warp do")
                : null;
            if (reason is null)
            {
                split.loops.Add(loop, elements);
            }
            else
            {
                split.Reason ??= reason;
            }
        }

        if (split.IsAny)
        {
            split.Reason = null;
            while (split.Groups < MostGroups && (split.NoMore = split.WhyNot(2 * split.Groups, left)) is null)
            {
                split.Groups *= 2;
            }
        }

        return split;
    }

    /// <summary>Why there are not so many groups: each of their sums is added to the whole and cleared as parts are, and is one number more beside the sum that is under way.</summary>
    private string? WhyNot(int groups, int left) => loops.Keys.Min(l => l.Variable.Extent.Greatest) is var fewest && fewest < Parts * groups ? string.Create(CultureInfo.InvariantCulture, $"{fewest} samples are fewer than {Parts * groups} lanes")
        : 2 * Sums > left ? "registers have no room for sums of groups of lanes beside its sums"
        : 2.0 * (Parts + 1) * groups * loops.Keys.Sum(SumsOf) > MostOverhead * loops.Keys.Sum(StatementsOf) ? string.Create(CultureInfo.InvariantCulture, $"a thread that has a restart to itself would lose more than a {1 / MostOverhead:F0}th by adding up in {Parts * groups} parts")
        : null;

    private static double StatementsOf(Loop loop) => loop.Variable.Extent.Greatest * StateTraffic.StatementsOf(loop.Body);

    /// <summary>Whether a loop that stays one reads data by its index: of state in memory, where loops over coordinates stay as well, no state that lasts.</summary>
    private static bool IsOverSamples(Loop loop, Residence residence)
    {
        var extent = loop.Variable.Extent;
        return extent.IsConstant && extent.Greatest > Parts && !residence.WritesOut(loop, extent.Greatest) && ReadsData(loop.Body) && (residence.IsInRegisters || !Moves(loop));

        bool ReadsData(Block block) => block.Statements.Exists(s => s is Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.Data } v } ? v.Index!.Free.Contains(loop.Variable) : s is Loop inner && ReadsData(inner.Body));
    }

    /// <summary>Whether a loop reads or writes elements of state that its index chooses, but for what each iteration makes anew.</summary>
    private static bool Moves(Loop loop)
    {
        return Within(loop.Body);

        bool Within(Block block) => block.Statements.Exists(s => s switch
        {
            Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.State } v } => Lasts(v.Array!, v.Index!),
            Store store => Lasts(store.Array, store.Index),
            Accumulate sum => Lasts(sum.Array, sum.Index),
            Loop inner => Within(inner.Body),
            _ => false,
        });

        bool Lasts(ProgramArray array, Index index) => index.Free.Contains(loop.Variable) && !array.Free.Contains(loop.Variable);
    }

    /// <summary>Whether samples do not see each other, and store nothing but what each makes anew, in registers.</summary>
    private static bool IsFree(Loop loop, Residence residence)
    {
        return TogetherLoops.AreApart(loop) && Stores(loop.Body).All(a => a.Free.Contains(loop.Variable) && residence.IsRegister(a));

        static IEnumerable<ProgramArray> Stores(Block block) => block.Statements.SelectMany(s => s switch
        {
            Store store => [store.Array],
            Loop inner => Stores(inner.Body),
            _ => Array.Empty<ProgramArray>(),
        });
    }

    /// <summary>Collects the elements that a loop adds to; false where one is not in a register.</summary>
    private static bool Collect(Block block, Loop loop, Residence residence, IndexValues known, List<(ProgramArray Array, int Element)> elements)
    {
        foreach (var statement in block.Statements)
        {
            if (statement is Accumulate sum && !sum.Array.Free.Contains(loop.Variable))
            {
                if (!residence.IsRegister(sum.Array) || known.Of(sum.Index) is not { } element)
                {
                    return false;
                }

                elements.Add((sum.Array, (int)element));
            }
            else if (statement is Loop inner)
            {
                if (known.Of(inner.Variable.Extent) is not { } extent || !residence.WritesOut(inner, extent))
                {
                    if (!Collect(inner.Body, loop, residence, known, elements))
                    {
                        return false;
                    }

                    continue;
                }

                for (var k = 0; k < extent; k++)
                {
                    known.Set(inner.Variable, k);
                    if (!Collect(inner.Body, loop, residence, known, elements))
                    {
                        return false;
                    }
                }

                known.Clear(inner.Variable);
            }
        }

        return true;
    }
}
