namespace LandscapeGpu.Compilation;

/// <summary>Counts how often a kernel's step reads or writes state that is not in registers.</summary>
internal static class StateTraffic
{
    /// <summary>Numbers of state that one step of one restart moves between memory and registers; data, which all restarts share, are not counted.</summary>
    public static double Of(Program program, Residence residence) => Count(program.Body, 1, residence);

    private static double Count(Block block, double times, Residence residence) => block.Statements.Sum(s => s switch
    {
        Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.State } v } when !residence.IsRegister(v.Array!) => times,
        Store store when !residence.IsRegister(store.Array) => times,
        Accumulate sum when !residence.IsRegister(sum.Array) => 2 * times,
        Loop loop => Count(loop.Body, times * OperationCount.Iterations(loop.Variable), residence),
        _ => 0,
    });
}
