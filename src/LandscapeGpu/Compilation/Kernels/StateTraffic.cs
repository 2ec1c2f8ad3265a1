namespace LandscapeGpu.Compilation;

/// <summary>How often a kernel's step reads and writes each array of state, and how many instructions it makes.</summary>
internal sealed class StateTraffic
{
    private readonly Dictionary<ProgramArray, (double Loads, double Stores)> counts = [];
    private readonly Residence residence;
    private readonly TogetherLoops together;

    private readonly SampleSplit split;
    private readonly int warps;

    private StateTraffic(Program program, Residence residence, SampleSplit split, int warps)
    {
        (this.residence, this.split, this.warps) = (residence, split, warps);
        together = new(program, residence, new());
        Count(program.Body, 1, null, 1);
    }

    /// <summary>Statements that one step of one restart runs, but for constants and for what goes round loops.</summary>
    public double Statements { get; private set; }

    /// <summary>Numbers of state that one step moves between memory of any kind and registers; data, which all restarts share, are not counted.</summary>
    public double Numbers => counts.Where(c => !residence.IsRegister(c.Key)).Sum(c => c.Value.Loads + c.Value.Stores);

    /// <summary>Of these, those of global memory.</summary>
    public double GlobalNumbers => counts.Where(c => !residence.IsAway(c.Key)).Sum(c => c.Value.Loads + c.Value.Stores);

    /// <summary>Numbers of data that one step loads, which are the same for all restarts; where loops are written out most of them are constants.</summary>
    public double Data { get; private set; }

    /// <summary>Counts a program's: what rows that run side by side have in common is loaded once for all of them.</summary>
    /// <param name="program">The program of one step.</param>
    /// <param name="residence">Where its state is.</param>
    /// <param name="split">The loops of which each lane of a warp has its part; null for none.</param>
    /// <param name="warps">How many warps carry a restart: one of them is counted.</param>
    public static StateTraffic Of(Program program, Residence residence, SampleSplit? split = null, int warps = 1) => new(program, residence, split ?? SampleSplit.None, warps);

    /// <summary>Statements that a block runs, but for constants and for what goes round loops.</summary>
    public static double StatementsOf(Block block) => block.Statements.Sum(s => s switch
    {
        Loop loop => OperationCount.Iterations(loop.Variable) * StatementsOf(loop.Body),
        Let { Value.Instruction: Instruction.Constant } => 0,
        _ => 1,
    });

    /// <summary>Of an array how often a step loads one of its elements, and how often it stores one.</summary>
    public (double Loads, double Stores) Of(ProgramArray array) => counts.GetValueOrDefault(array);

    private void Count(Block block, double times, Loop? rowsOf, int rows)
    {
        foreach (var statement in block.Statements)
        {
            Statements += statement is Loop or Let { Value.Instruction: Instruction.Constant } ? 0 : times;
            switch (statement)
            {
                case Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.State } v }:
                    Note(v.Array!, Often(v.Array!, v.Index!), 0);
                    break;
                case Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.Data } v } when !residence.IsInRegisters:
                    Data += Often(v.Array!, v.Index!);
                    break;
                case Store store:
                    Note(store.Array, 0, times);
                    break;
                case Accumulate sum:
                    Note(sum.Array, Often(sum.Array, sum.Index), Often(sum.Array, sum.Index));
                    break;
                case Loop loop:
                    var side = rows > 1 ? 1 : together.Rows(loop) is > 1 and var abreast ? abreast : together.Samples(loop);
                    Count(loop.Body, times * (split.Has(loop) ? split.Turns(loop) * split.Groups / warps : OperationCount.Iterations(loop.Variable)), side > 1 ? loop : rowsOf, Math.Max(rows, side));
                    break;
            }
        }

        // Rows that run together load once what is the same for all of them, and store it once.
        double Often(ProgramArray array, Index index) => rowsOf is null || index.Free.Contains(rowsOf.Variable) || array.Free.Contains(rowsOf.Variable) ? times : times / rows;
    }

    private void Note(ProgramArray array, double loads, double stores)
    {
        var before = counts.GetValueOrDefault(array);
        counts[array] = (before.Loads + loads, before.Stores + stores);
    }
}
