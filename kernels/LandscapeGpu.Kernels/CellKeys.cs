namespace LandscapeGpu.Kernels;

/// <summary>Writes over the givens of polished endpoints: keys, which are alike where endpoints lie in one cell of a lattice. An endpoint a thread.</summary>
/// <remarks>Of all endpoints, or of those in a list, as <see cref="CellRuns{TMemory}"/> says.</remarks>
public readonly struct CellKeys<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var plan = CellPlan.Load(memory, launch.PlanAt);
        for (var k = thread; k < launch.Count; k += launch.Threads)
        {
            var item = launch.Lattice > 0 ? CellList.ItemAt(memory, launch, k) : k;
            var isStationary = launch.Lattice > 0 || memory.GetOutcome(item) == NewtonPlan.Stationary;
            memory.SetStart(k, isStationary ? CellLattice.Key(memory, plan, item, launch.Lattice) : CellMark.KeyApart);
        }
    }
}
