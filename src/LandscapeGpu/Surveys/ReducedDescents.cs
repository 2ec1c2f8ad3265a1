using LandscapeGpu.Devices;
using LandscapeGpu.Devices.Kernels;

namespace LandscapeGpu.Surveys;

/// <summary>Batches of a survey whose endpoints stay on the device that descends: it polishes and counts them, and the few that call for a closer look come back.</summary>
internal sealed class ReducedDescents : IDisposable
{
    private readonly FallbackDevice device;
    private readonly KernelReduction reduction;
    private readonly Units units;
    private readonly EndpointPool pool;
    private readonly Refinement refinement;
    private readonly SurveyClock clock;

    // Those that stopped, where that may be beside a pole or a jump, are looked at one by one.
    private readonly uint apart;

    private ReducedDescents(FallbackDevice device, KernelReduction reduction, Units units, uint apart, (EndpointPool Pool, Refinement Refinement, SurveyClock Clock) survey)
    {
        (this.device, this.reduction, this.units, this.apart) = (device, reduction, units, apart);
        (pool, refinement, clock) = survey;
    }

    /// <summary>Of the last batch, how many restarts have been reported as done that have to be made again.</summary>
    public long Owed { get; private set; }

    /// <summary>For a survey; null where its device does not do that, or its endpoints are kept, so that they have to come back.</summary>
    public static ReducedDescents? For(Objective moving, SurveyOptions options, FallbackDevice device, (EndpointPool Pool, Refinement Refinement, SurveyClock Clock) survey)
    {
        // Steps that are given in the formula's units are made in those.
        var descent = moving.Units.IsOne ? options.Descent : options.Descent.IsScaleFree ? DescentInUnits.In(options.Descent, moving.Units, moving.Dimension) : null;
        return options.Store is null && descent is not null && survey.Clock.Compile(() => device.Reduction(moving, descent, survey.Pool.Groups.Numbers)) is { } made
            ? new(device, made, moving.Units, EndlessFall.Has(moving) || HeldByJumps.Has(moving) ? 1u << (int)Outcome.Stalled : 0, survey)
            : null;
    }

    /// <summary>Runs a batch, and notes in the pool what became of most of it.</summary>
    /// <param name="range">Its restarts, in the formula's units.</param>
    /// <param name="next">Those of the batch after it, which the device may begin meanwhile; null where there is none yet.</param>
    /// <param name="progress">Told how many more restarts have ended.</param>
    /// <param name="cancellation">Stops early.</param>
    /// <returns>The restarts that are left, where they ended before polish and where they began; null where the batch has yet to be run.</returns>
    public (Endpoints Ends, RestartRange Range)? Run(RestartRange range, RestartRange? next, Action<long>? progress, CancellationToken cancellation)
    {
        Owed = 0;
        if (clock.Descent(() => device.Reduce(() => reduction.Descend(Moving(range), Counted, cancellation) ? reduction : null)) is null)
        {
            return null;
        }

        var reduced = cancellation.IsCancellationRequested ? null : clock.Polish(() => device.Reduce(() => reduction.Polish(pool.Polished & ~apart, next is null ? null : Moving(next), cancellation)));
        if (reduced is not null && clock.Polish(() => refinement.Confirms(reduced.Leaders)))
        {
            clock.Identify(() => pool.Add(reduced));
            return Shown(reduced.Apart, reduced.RangeOfApart(range));
        }

        return clock.Descent(() => device.Reduce(reduction.Endpoints)) is { } all ? Shown(all, range) : null;

        void Counted(long done)
        {
            Owed += done;
            progress?.Invoke(done);
        }
    }

    public void Dispose() => reduction.Dispose();

    private RestartRange Moving(RestartRange range) => units.Lengths.Length == 0 ? range : range with { Starts = range.Starts.DividedBy(units.Lengths) };

    private (Endpoints Ends, RestartRange Range) Shown(Endpoints ends, RestartRange range)
    {
        units.ToShown(ends.Points);
        return (ends, range);
    }
}
