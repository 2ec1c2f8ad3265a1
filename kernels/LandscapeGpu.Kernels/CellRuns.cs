namespace LandscapeGpu.Kernels;

/// <summary>Of endpoints sorted by the keys of <see cref="CellKeys{TMemory}"/>, makes those of one place and value one: the most stationary leads, and has their count and how far they lie.</summary>
/// <remarks>
/// Given are the keys in ascending order, and behind them the numbers of their endpoints. A thread takes a run of equal keys, a part of it
/// where it is long: the first that none has counted gathers those that are one with it, then the next. How an endpoint ended is written over by what it is here, its steps by the count.
/// Where an edge of a cell may cut a minimum, or a run has several parts, those that lead are told apart once more in a shifted lattice: the keys are
/// then those of a list, in which each has the count it had before (<see cref="CellList"/>).
/// </remarks>
public readonly struct CellRuns<TMemory> : IKernel<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    // A thread's part of a run is at most twice as long.
    private const int Longest = 1024;

    // So many minima are told apart in one cell; what is left of a crowd, such as a valley, leads each alone.
    private const int MostInCell = 8;

    private const double Apart = -1;

    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var plan = CellPlan.Load(memory, launch.PlanAt);
        for (var at = thread; at < launch.Count; at += launch.Threads)
        {
            if (Begins(memory, at))
            {
                Gather(memory, launch, plan, at);
            }
        }
    }

    /// <summary>Whether a run of equal keys begins at a place, or a part of one that is long: where a whole part lies before it.</summary>
    private static bool Begins(TMemory memory, int at)
    {
        var key = memory.GetStart(at);
        return at == 0 || key != memory.GetStart(at - 1) || (at % Longest == 0 && key == memory.GetStart(at - Longest));
    }

    private static void Gather(TMemory memory, Launch launch, CellPlan plan, int begin)
    {
        var key = memory.GetStart(begin);
        var end = begin + 1;
        while (end < launch.Count && !Begins(memory, end))
        {
            end++;
        }

        var isPart = (begin > 0 && memory.GetStart(begin - 1) == key) || (end < launch.Count && memory.GetStart(end) == key);
        var gathered = 0;
        for (var at = begin; at < end; at++)
        {
            if (key >= CellMark.KeyApart)
            {
                memory.SetEnd(Place(memory, launch, at), CellMark.Apart, 0);
            }
            else if (!IsTold(memory, launch, ItemAt(memory, launch, at)))
            {
                var isCrowd = gathered >= MostInCell;
                Lead(memory, launch, plan, at, isCrowd ? at + 1 : end, isPart || isCrowd);
                gathered++;
            }
        }
    }

    /// <summary>Makes those one that are one with the first, of a run from it on.</summary>
    private static void Lead(TMemory memory, Launch launch, CellPlan plan, int begin, int end, bool isCut)
    {
        var first = ItemAt(memory, launch, begin);
        var (best, bestAt, count, radius, away) = (first, begin, 0, 0.0, 0.0);
        for (var at = begin; at < end; at++)
        {
            var item = ItemAt(memory, launch, at);
            var distance = at == begin ? 0 : IsTold(memory, launch, item) ? Apart : Distance(memory, plan, first, item);
            if (distance < 0)
            {
                continue;
            }

            count += launch.Lattice > 0 ? CellList.CountAt(memory, launch, Place(memory, launch, at)) : 1;
            radius = Math.Max(radius, distance + plan.Beside(memory, item, 6));
            isCut |= launch.Lattice > 0 && CellMark.IsCut(memory.GetOutcome(item)) && CellLattice.IsAtEdge(memory, plan, item, launch.Lattice);
            var isBetter = plan.Beside(memory, item, 1) < plan.Beside(memory, best, 1);
            Tell(memory, launch, isBetter ? bestAt : at, CellMark.Member, 0);
            (best, bestAt, away) = isBetter ? (item, at, distance) : (best, bestAt, away);
        }

        isCut |= launch.Lattice == 0 && CellLattice.IsAtEdge(memory, plan, best, 0);
        memory.StorePoint((best * plan.Row) + plan.Dimension + 6, 0, away + radius);
        Tell(memory, launch, bestAt, (isCut ? CellMark.Cut : CellMark.Leader) + (2 * launch.Lattice), count);
    }

    /// <summary>Says what an endpoint is.</summary>
    private static void Tell(TMemory memory, Launch launch, int at, int mark, int count)
    {
        memory.SetEnd(ItemAt(memory, launch, at), mark, count);
        if (launch.Lattice > 0)
        {
            CellList.SetResult(memory, launch, Place(memory, launch, at), CellMark.IsCut(mark) ? -count : count);
        }
    }

    /// <summary>Whether a thread has said in this lattice what an endpoint is: it counts, or is counted.</summary>
    private static bool IsTold(TMemory memory, Launch launch, int item)
    {
        var mark = memory.GetOutcome(item);
        return mark == CellMark.Member || mark >= CellMark.Leader + (2 * launch.Lattice);
    }

    /// <summary>Which of the sorted ones stands at a place: of all endpoints, or of a list.</summary>
    private static int Place(TMemory memory, Launch launch, int at) => (int)memory.GetStart(launch.Count + at);

    private static int ItemAt(TMemory memory, Launch launch, int at) => launch.Lattice > 0 ? CellList.ItemAt(memory, launch, Place(memory, launch, at)) : Place(memory, launch, at);

    /// <summary>How far apart two endpoints lie that are one, in units of the scale; negative where they are not.</summary>
    private static double Distance(TMemory memory, CellPlan plan, int a, int b)
    {
        var (scaled, square) = (0.0, 0.0);
        for (var i = 0; i < plan.Dimension; i++)
        {
            var step = memory.LoadPoint((a * plan.Row) + i, 0) - memory.LoadPoint((b * plan.Row) + i, 0);
            var unit = step / memory.LoadNumber(plan.Scale + i, 0);
            scaled += unit * unit;
            square += step * step;
        }

        var distance = Math.Sqrt(scaled);
        var reach = SamePoint.Reach(plan.Known(memory, a), plan.Known(memory, b), memory.LoadNumber(plan.Grain, 0));
        var areOne = distance <= reach && SamePoint.HaveOneValue(
            plan.Beside(memory, a, 0),
            plan.Beside(memory, b, 0),
            Math.Max(plan.Beside(memory, a, 1), plan.Beside(memory, b, 1)),
            Math.Sqrt(square),
            plan.Beside(memory, a, 4) + plan.Beside(memory, b, 4));
        return areOne ? distance : Apart;
    }
}
