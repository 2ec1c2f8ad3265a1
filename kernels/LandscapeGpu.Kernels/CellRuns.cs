namespace LandscapeGpu.Kernels;

/// <summary>Of endpoints sorted by the keys of <see cref="CellKeys{TMemory}"/>, makes those of one place and value one: the most stationary leads, and has their count.</summary>
/// <remarks>
/// Given are the keys in ascending order, and behind them the numbers of their endpoints. A thread takes a run of equal keys, a part of it
/// where it is long, and compares each endpoint with the first; those that are not one with it lead themselves alone. An edge of a cell may cut a
/// minimum into several leaders: whoever has the leaders joins them. How an endpoint ended is written over by what it is here, its steps by the count.
/// </remarks>
public readonly struct CellRuns<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    // One thread's part of a run: a million restarts at one minimum are a thousand leaders, and no thread is long.
    private const int Longest = 1024;

    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var plan = CellPlan.Load(memory, launch.PlanAt);
        for (var at = thread; at < launch.Count; at += launch.Threads)
        {
            if (at % Longest == 0 || memory.GetStart(at) != memory.GetStart(at - 1))
            {
                Gather(memory, launch, plan, at);
            }
        }
    }

    private static void Gather(TMemory memory, Launch launch, CellPlan plan, int begin)
    {
        var key = memory.GetStart(begin);
        var first = ItemAt(memory, launch, begin);
        var (best, members) = (first, 0);
        for (var at = begin; at < launch.Count && (at == begin || at % Longest != 0) && memory.GetStart(at) == key; at++)
        {
            var item = ItemAt(memory, launch, at);
            if (key >= CellMark.KeyApart)
            {
                memory.SetEnd(item, CellMark.Apart, 0);
            }
            else if (at > begin && !AreOne(memory, plan, first, item))
            {
                memory.SetEnd(item, CellMark.Leader, 1);
            }
            else
            {
                members++;
                var isBetter = Beside(memory, plan, item, 1) < Beside(memory, plan, best, 1);
                memory.SetEnd(isBetter ? best : item, CellMark.Member, 0);
                best = isBetter ? item : best;
            }
        }

        if (members > 0)
        {
            memory.SetEnd(best, CellMark.Leader, members);
        }
    }

    private static int ItemAt(TMemory memory, Launch launch, int at) => (int)memory.GetStart(launch.Count + at);

    /// <summary>A number of a row behind the point: f, ‖∇f‖, two moments, the rounding of f and the uncertainty.</summary>
    private static double Beside(TMemory memory, CellPlan plan, int item, int k) => memory.LoadPoint((item * plan.Row) + plan.Dimension + k, 0);

    private static bool AreOne(TMemory memory, CellPlan plan, int a, int b)
    {
        var (scaled, square, lengthOfA, lengthOfB) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < plan.Dimension; i++)
        {
            var (x, y) = (memory.LoadPoint((a * plan.Row) + i, 0), memory.LoadPoint((b * plan.Row) + i, 0));
            var step = x - y;
            var unit = step / memory.LoadNumber(plan.Scale + i, 0);
            scaled += unit * unit;
            square += step * step;
            lengthOfA += x * x;
            lengthOfB += y * y;
        }

        var smallest = memory.LoadNumber(plan.Smallest, 0);
        var reach = SamePoint.Reach(
            SamePoint.Known(Beside(memory, plan, a, 5), Math.Sqrt(lengthOfA)) / smallest,
            SamePoint.Known(Beside(memory, plan, b, 5), Math.Sqrt(lengthOfB)) / smallest,
            memory.LoadNumber(plan.Grain, 0));
        return Math.Sqrt(scaled) <= reach && SamePoint.HaveOneValue(
            Beside(memory, plan, a, 0),
            Beside(memory, plan, b, 0),
            Math.Max(Beside(memory, plan, a, 1), Beside(memory, plan, b, 1)),
            Math.Sqrt(square),
            Beside(memory, plan, a, 4) + Beside(memory, plan, b, 4));
    }
}
