namespace LandscapeGpu.Compilation;

/// <summary>Of which loops the lanes of a warp that carries a restart take the iterations, lane l those numbered l, l + 32, …: the planner's choice, where all state is in memory.</summary>
/// <remarks>
/// What iterations store must be their own (<see cref="OwnElements"/>). A loop's sums are one in each lane, which are then added as neighbours, pairs of neighbours, and so on.
/// Of nested loops one is taken: that by which a step has fewest cycles, where a number that lanes read far apart takes as many lines of the cache as there are lanes.
/// </remarks>
internal sealed class LaneLoops
{
    /// <summary>Lanes of a warp.</summary>
    public const int Width = StateTiles.Width;

    // To shuffle and to add, for each bit of a lane's number.
    private const int SlotsOfSum = 2 * 5;

    // What goes round a loop, and asks for its end.
    private const int SlotsOfTurn = 3;

    // A line from the second cache, or to it, takes as long as four from the first.
    private const double CyclesOfFarLine = 4;

    private readonly HashSet<Loop> loops = [];
    private readonly bool isDouble;

    private LaneLoops(Program program)
    {
        isDouble = program.IsDouble;
        Choose(program.Body, null);
    }

    public bool IsAny => loops.Count > 0;

    public bool Has(Loop loop) => loops.Contains(loop);

    public static LaneLoops For(Program program) => new(program);

    /// <summary>Instructions of a warp for a step of one restart, and its cycles of a multiprocessor: as long as the busiest of what it needs, with warps enough that none waits.</summary>
    /// <param name="program">The program of one step.</param>
    /// <param name="residence">Where its state is.</param>
    /// <param name="isCached">Whether the first cache holds what of it is in global memory.</param>
    public (double Slots, double Cycles) CostOf(Program program, Residence residence, bool isCached)
    {
        var together = new TogetherLoops(program, residence, new());
        var (slots, near, far) = (0.0, 0.0, 0.0);
        Count(program.Body, 1, null, (null, 1));
        return (slots, Math.Max(Math.Max(slots / StepCost.InstructionsPerCycle, near), CyclesOfFarLine * far));

        void Count(Block block, double times, Loop? lanes, (Loop? Of, int Count) rows)
        {
            foreach (var statement in block.Statements)
            {
                slots += statement is Let { Value.Instruction: Instruction.Constant } ? 0 : times * (statement is Accumulate ? 3 : 1);
                switch (statement)
                {
                    case Let { Value: { Instruction: Instruction.Load } v }:
                        Reach(v.Array!, v.Index!, isStore: false);
                        break;
                    case Store s:
                        Reach(s.Array, s.Index, isStore: true);
                        break;
                    case Accumulate s:
                        Reach(s.Array, s.Index, isStore: false);
                        Reach(s.Array, s.Index, isStore: true);
                        break;
                    case Loop loop:
                        var side = rows.Count > 1 ? 1 : together.Rows(loop) is > 1 and var abreast ? abreast : together.Samples(loop);
                        var iterations = Has(loop) ? Turns(loop) : OperationCount.Iterations(loop.Variable);
                        slots += times * ((SlotsOfTurn * iterations / (side > 1 ? side : rows.Of is null ? 1 : rows.Count)) + (Has(loop) ? SampleSplit.AccumulatorsOf(loop).Count() * SlotsOfSum : 0));
                        Count(loop.Body, times * iterations, Has(loop) ? loop : lanes, side > 1 ? (loop, side) : rows);
                        break;
                }
            }

            void Reach(ProgramArray array, Index index, bool isStore)
            {
                // What rows have in common is loaded and stored once for all of them.
                var shared = rows.Of is { } loop && !index.Free.Contains(loop.Variable) && !array.Free.Contains(loop.Variable) ? rows.Count : 1;
                var lines = times / shared * Lines(index, lanes);
                var isFar = array.Memory == Memory.State && residence.SharedAt(array) is null && (isStore || !isCached);
                (near, far) = (near + (isFar ? 0 : lines), far + (isFar ? lines : 0));
                slots -= shared > 1 ? times * (1 - (1.0 / shared)) : 0;
            }
        }
    }

    private static double Turns(Loop loop) => (loop.Variable.Extent.Greatest + Width - 1) / Width;

    private Need Choose(Block block, Loop? lanes)
    {
        var sum = default(Need);
        foreach (var statement in block.Statements)
        {
            sum += statement switch
            {
                Loop loop => Choose(loop, lanes),
                Let { Value.Instruction: Instruction.Constant } => default,
                Let { Value: { Instruction: Instruction.Load } v } => new(1, Lines(v.Index!, lanes)),
                Store store => new(1, Lines(store.Index, lanes)),
                Accumulate s => new(3, 2 * Lines(s.Index, lanes)),
                _ => new(1, 0),
            };
        }

        return sum;
    }

    private Need Choose(Loop loop, Loop? lanes)
    {
        var before = loops.ToHashSet();
        var inTurn = OperationCount.Iterations(loop.Variable) * (Choose(loop.Body, lanes) + new Need(SlotsOfTurn, 0));
        if (lanes is not null || !loop.Variable.Extent.IsConstant || loop.Variable.Extent.Greatest < 2 || !OwnElements.Are(loop))
        {
            return inTurn;
        }

        var sideBySide = (Turns(loop) * (Choose(loop.Body, loop) + new Need(SlotsOfTurn, 0))) + new Need(SampleSplit.AccumulatorsOf(loop).Count() * SlotsOfSum, 0);
        if (sideBySide.Cycles >= inTurn.Cycles)
        {
            return inTurn;
        }

        // Loops inside it run in each lane by itself.
        loops.IntersectWith(before);
        loops.Add(loop);
        return sideBySide;
    }

    /// <summary>Lines of 128 bytes that the lanes reach.</summary>
    private double Lines(Index index, Loop? lanes)
    {
        if (lanes is null || !index.Free.Contains(lanes.Variable))
        {
            return 1;
        }

        var split = SplitIndex.Of(index, 0, new());
        var factor = split.Moving.Where(m => ReferenceEquals(m.Index, lanes.Variable)).Sum(m => m.Factor);
        return factor == 0 ? Width : Math.Min(Width, factor * (isDouble ? 2 : 1));
    }

    /// <summary>What a step takes.</summary>
    /// <param name="Slots">Instructions of a warp.</param>
    /// <param name="Lines">Lines of the first cache that it reaches.</param>
    internal readonly record struct Need(double Slots, double Lines)
    {
        /// <summary>Neither hides the other all the time.</summary>
        public double Cycles => (Slots / StepCost.InstructionsPerCycle) + Lines;

        public static Need operator +(Need a, Need b) => new(a.Slots + b.Slots, a.Lines + b.Lines);

        public static Need operator *(double times, Need a) => new(times * a.Slots, times * a.Lines);
    }
}
