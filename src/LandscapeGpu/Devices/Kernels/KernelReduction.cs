namespace LandscapeGpu.Devices.Kernels;

/// <summary>Batches of restarts that do not leave the device: descent, polish, and telling apart by sorting; what comes back is a row for each stationary point.</summary>
/// <remarks>
/// Endpoints in one cell of a lattice have one key; sorted by it, those that are one lie side by side, and a thread counts a run of them
/// (<see cref="CellKeys{TMemory}"/>, <see cref="CellRuns{TMemory}"/>). Where an edge may have cut a minimum, those that lead are told apart once more
/// in lattices that are shifted, until each was away from the edges of one. Once a batch was worth it, the descent of the next runs beside the polish of the one before:
/// each has threads left where the other's last ones are still at work, and the host need not be waited for.
/// </remarks>
internal sealed class KernelReduction : IDisposable
{
    private readonly KernelDevice device;
    private readonly KernelDescent descent;
    private readonly KernelWork polish;
    private readonly Launch newton;
    private readonly KeptBatch polishes = new();
    private readonly int dimension;
    private readonly int givenLength;
    private readonly double grain;

    // The memory of this batch's descent, and that of the next's.
    private KeptBatch descents = new();
    private KeptBatch others = new();
    private (RestartRange Range, KernelRun Run)? ahead;
    private KernelBatch? ended;
    private int count;
    private bool? isWorthIt;

    private KernelReduction(Objective objective, DescentOptions options, KernelDevice device, double[] cells)
    {
        (this.device, dimension) = (device, objective.Dimension);
        descent = device.CompileKernels(objective, options);
        var demand = new NewtonDemand(objective, device);
        newton = demand.Launch;
        // A key and the number of an item.
        grain = cells[0];
        givenLength = Math.Max(2, dimension);
        polish = new(device, demand.Over(typeof(NewtonLife<,>)), demand.Demand(givenLength, dimension + NewtonPlan.Beside, cells));
    }

    /// <summary>For an objective and a device; null where the device does not polish it.</summary>
    /// <param name="objective">What is descended, in the units that points are told apart in.</param>
    /// <param name="options">How.</param>
    /// <param name="device">Where.</param>
    /// <param name="cells">What the points are told apart by, in the order of a <see cref="CellPlan"/>.</param>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public static KernelReduction? For(Objective objective, DescentOptions options, KernelDevice device, double[] cells) =>
        objective.Dimension <= LanePolish.MostCoordinates && !objective.Region.HasGeneralSides && new KernelReduction(objective, options, device, cells) is { polish.Fits: true } made ? made : null;

    /// <summary>Runs the restarts of a batch, or what is left of them where they were begun before.</summary>
    /// <param name="range">Which.</param>
    /// <param name="progress">Told how many more restarts have ended.</param>
    /// <param name="cancellation">Stops early.</param>
    /// <returns>Whether they were run: not where there is no room for them at once, nor where so far few restarts came to one point, so that nothing is gained.</returns>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public bool Descend(RestartRange range, Action<long>? progress, CancellationToken cancellation)
    {
        (ended, count) = (null, range.Count);
        return Guarded(() =>
        {
            var run = Begun(range, descents, part: 1);
            if (run is null)
            {
                return false;
            }

            if (run.Ended > 0)
            {
                progress?.Invoke(run.Ended);
            }

            while (!run.IsDone && !cancellation.IsCancellationRequested)
            {
                run.Begin();
                if (run.Finish() is > 0 and var more)
                {
                    progress?.Invoke(more);
                }
            }

            ended = run.Session;
            return true;
        });
    }

    /// <summary>Polishes the endpoints of the batch, and tells them apart.</summary>
    /// <param name="outcomes">Bit o is set where restarts that ended as o are polished.</param>
    /// <param name="next">The batch that will be asked for next, whose descent may begin; null where nobody knows.</param>
    /// <param name="cancellation">Stops early.</param>
    /// <returns>What became of them; null where it was stopped, and where there is no room for polish.</returns>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public ReducedBatch? Polish(uint outcomes, RestartRange? next, CancellationToken cancellation) => Guarded(() =>
    {
        var run = polish.Hold(count, newton, polishes, (() => new double[(long)count * givenLength], () => []));
        run?.Session.Take(ended!, count, outcomes);
        // Half of what is free: the rest is for sorting, and for what comes after.
        var beside = run is null || next is null || isWorthIt != true ? null : Begun(next, others, part: 0.5);
        ahead = beside is null ? null : (next!, beside);
        while (run is { IsDone: false } && !cancellation.IsCancellationRequested)
        {
            var goesOn = beside is { IsDone: false };
            run.Begin(isAlone: !goesOn);
            if (goesOn)
            {
                beside!.Begin(isAlone: false);
            }

            run.Finish();
            if (goesOn)
            {
                beside!.Finish();
            }
        }

        isWorthIt = run is not null;
        if (run is null || cancellation.IsCancellationRequested)
        {
            return null;
        }

        // While the host counts, too.
        var isBusy = beside is { IsDone: false };
        if (isBusy)
        {
            beside!.Begin(isAlone: false);
        }

        var reduced = Reduce(ended!, run.Session);
        if (isBusy)
        {
            beside!.Finish();
        }

        return reduced;
    });

    /// <summary>The run of a batch: that which was begun beside the last, or one that begins.</summary>
    private KernelRun? Begun(RestartRange range, KeptBatch memory, double part)
    {
        var begun = ahead;
        ahead = null;
        if (isWorthIt == false)
        {
            return null;
        }

        if (begun is { } before && before.Range == range)
        {
            (descents, others) = (others, descents);
            return before.Run;
        }

        var (work, launch, starts) = descent.Prepare(range);
        Func<double[]> drawn = () => starts.Batch(0, range.Count);
        return work.Pays(range.Count) && polish.Pays(range.Count) ? work.Hold(range.Count, launch, memory, (drawn, drawn), part) : null;
    }

    /// <summary>Where the restarts of the batch ended, before polish.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public Endpoints Endpoints() => Guarded(() =>
    {
        var rows = new Endpoints(dimension, count);
        ended!.Download(rows, 0, count);
        return rows;
    });

    public void Dispose()
    {
        ahead = null;
        descents.Dispose();
        others.Dispose();
        polishes.Dispose();
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is DeviceFailedException or NoRoomException)
        {
            Dispose();
            ended = null;
            throw new DeviceFailedException($"{device.Description} failed ({failure.Message.TrimEnd('.')})", failure);
        }
    }

    private ReducedBatch Reduce(KernelBatch ended, KernelBatch polished)
    {
        var (ends, steps) = ended.Ends(count);
        var evaluations = 0L;
        foreach (var some in polished.Ends(count).Steps)
        {
            evaluations += some;
        }

        var launch = newton;
        TellApart(polished, launch, count);
        var (marks, counts) = polished.Ends(count);
        var (leaders, items, taken, isCut) = (new List<int>(), new List<int>(), 0L, false);
        for (var k = 0; k < count; k++)
        {
            if (marks[k] == CellMark.Apart)
            {
                items.Add(k);
                continue;
            }

            taken += steps[k];
            if (marks[k] is CellMark.Leader or CellMark.Cut)
            {
                leaders.Add(k);
                isCut |= marks[k] == CellMark.Cut;
            }
            else if (marks[k] != CellMark.Member)
            {
                throw new DeviceFailedException($"sorting lost endpoint {k}");
            }
        }

        var (led, countOf) = (leaders.ToArray(), leaders.Select(k => counts[k]).ToArray());
        for (launch.Lattice = 1; isCut && led.Length > 1 && launch.Lattice < CellPlan.Lattices && (long)CellList.Parts * led.Length <= (long)givenLength * count; launch.Lattice++)
        {
            (led, countOf, isCut) = Joined(polished, launch, led, countOf);
        }

        var total = countOf.Sum(c => (long)c);
        if (total + items.Count != count)
        {
            throw new DeviceFailedException($"of {count} sorted endpoints {total + items.Count} were counted");
        }

        isWorthIt = 2L * (led.Length + items.Count) < count;
        var (set, radii) = Leaders(polished, led);
        return new()
        {
            Leaders = set,
            Counts = countOf,
            Radii = radii,
            Apart = Apart(ended, [.. items], ends, steps),
            Items = [.. items],
            Steps = taken,
            Evaluations = evaluations,
        };
    }

    /// <summary>Those of a list of leaders that still lead in the lattice of a launch, with all that they count now, and whether one of them may still be cut.</summary>
    private static (int[] Leaders, int[] Counts, bool IsCut) Joined(KernelBatch polished, Launch launch, int[] leaders, int[] counts)
    {
        polished.Give([.. leaders, .. counts], CellList.ItemsAt(leaders.Length));
        TellApart(polished, launch, leaders.Length);
        var results = polished.Given(CellList.ResultsAt(leaders.Length), leaders.Length);
        int[] left = [.. Enumerable.Range(0, leaders.Length).Where(k => results[k] != 0)];
        return ([.. left.Select(k => leaders[k])], [.. left.Select(k => (int)Math.Abs(results[k]))], results.Any(r => r < 0));
    }

    private static void TellApart(KernelBatch polished, Launch launch, int count)
    {
        (launch.Count, launch.Threads) = (count, count);
        polished.RunEach(typeof(CellKeys<>), launch);
        polished.Sort(count);
        polished.RunEach(typeof(CellRuns<>), launch);
    }

    /// <summary>The rows of leaders, and how far those lie that each counts.</summary>
    private (PolishedSet Set, double[] Radii) Leaders(KernelBatch polished, int[] items)
    {
        var (rows, length, set, radii) = (polished.Rows(items), dimension + NewtonPlan.Beside, new PolishedSet(dimension, items.Length), new double[items.Length]);
        for (var k = 0; k < items.Length; k++)
        {
            var row = rows.AsSpan(k * length, length);
            KernelPolish.Read(set, k, row, isStationary: true);
            radii[k] = row[^1];
            // Each lattice adds a point that is one with the leader, and may have another lead.
            if (!(radii[k] <= 2 * CellPlan.Lattices * grain))
            {
                throw new DeviceFailedException($"endpoint {items[k]} counts one that is {radii[k]:G3} away");
            }
        }

        return (set, radii);
    }

    private Endpoints Apart(KernelBatch ended, int[] items, int[] ends, int[] steps)
    {
        var apart = new Endpoints(dimension, items.Length);
        ended.Rows(items).CopyTo(apart.Points, 0);
        for (var k = 0; k < items.Length; k++)
        {
            (apart.Outcomes[k], apart.Steps[k]) = ((byte)ends[items[k]], steps[items[k]]);
        }

        return apart;
    }
}
