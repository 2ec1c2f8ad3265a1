namespace LandscapeGpu.Kernels;

/// <summary>Writes over the givens of polished endpoints: keys, which are alike where endpoints lie in one cell of a lattice. An endpoint a thread.</summary>
public readonly struct CellKeys<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var plan = CellPlan.Load(memory, launch.PlanAt);
        for (var item = thread; item < launch.Count; item += launch.Threads)
        {
            memory.SetStart(item, memory.GetOutcome(item) == NewtonPlan.Stationary ? Key(memory, plan, item) : CellMark.KeyApart);
        }
    }

    private static double Key(TMemory memory, CellPlan plan, int item)
    {
        var hash = 0x9E3779B97F4A7C15UL;
        for (var k = 0; k < CellPlan.Directions; k++)
        {
            // Off the lattice's own origin: a minimum at 0 would otherwise lie on the edge of 32 cells.
            var along = 0.381966;
            for (var i = 0; i < plan.Dimension; i++)
            {
                along = Math.FusedMultiplyAdd(memory.LoadPoint((item * plan.Row) + i, 0), memory.LoadNumber(plan.Direction + (k * plan.Dimension) + i, 0), along);
            }
            // To the nearest is as good as down: cells are as wide.
            var cell = (ulong)(long)Math.Round(Math.Min(Math.Max(along, -4e18), 4e18));
            hash = (hash ^ cell) * 0xBF58476D1CE4E5B9UL;
            hash ^= hash >> 31;
        }

        return (long)(hash >> (64 - CellMark.KeyBits));
    }
}
