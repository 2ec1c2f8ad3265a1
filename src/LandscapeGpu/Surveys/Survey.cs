using System.Diagnostics;
using LandscapeGpu.Notebooks;

namespace LandscapeGpu.Surveys;

/// <summary>Explores a landscape: starts, descent, polish, identity, spectra, coverage.</summary>
public static class Survey
{
    /// <summary>Runs the whole pipeline.</summary>
    /// <param name="objective">What to explore.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told how far it is, from any thread.</param>
    /// <param name="cancellation">Stops descent early: what was found so far is polished, identified and returned.</param>
    /// <exception cref="ArgumentException">Options contradict each other or the objective.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before it began.</exception>
    public static SurveyResult Run(Objective objective, SurveyOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new();
        options.Require(objective);
        MemoryNeeded.Require(objective, options);
        using var cell = CellWork.Begin(ref cancellation);
        cancellation.ThrowIfCancellationRequested();
        progress?.Invoke(new("compile", 0, 1));
        using var grace = new Grace(options.Grace, cancellation);
        var clock = new SurveyClock();
        (objective, var warning) = clock.Compile(() => Checked(objective, options));
        objective = clock.Compile(() => UntoldScale.Told(objective, options.Starts, options.VectorBits));
        var units = clock.Compile(() => UnitChoice.Of(objective, options.Starts, options.VectorBits));
        var moving = objective.InUnits(units);
        options = options with { Descent = clock.Compile(() => new StepChoice(objective, options.Starts, units, options.VectorBits).For(options.Descent)) };
        // Whatever descends and wherever, what is decided is decided in double precision.
        var lanes = new LaneDevice(options.Threads, options.VectorBits);
        var device = options.Searcher is { } given
            ? new FallbackDevice(given, lanes)
            : clock.Compile(() => FallbackDevice.For(objective, options.Descent, new(objective.StartsFrom(options.Starts), options.Seed, 0, 0), options.Restarts, options.Device, lanes));
        var descent = clock.Compile(() => DescentInUnits.Compile(device, objective, options.Descent, units));
        var frozen = new FrozenSteps(other => DescentInUnits.Compile(device, objective, other, units), options.Descent, DescentInUnits.ToGive(StopRule.SingleTolerance, options.Descent, units, objective.Dimension), EdgeTerms.AreIn(objective.Value), Smoothness.MayBendAtOnce(objective.Value));
        using var descents = new KeptDescents(options.Store, descent, frozen, objective, options.VectorBits);
        var refinement = clock.Compile(() => new Refinement(moving, device));

        var endpoints = new EndpointPool(GroupsFor(moving, options), new(moving, RegionScale.Of(moving), options.VectorBits), groups => IdentifiedMinima.BestOfEach(moving, options, groups, grace.Token), endsAtLimit: options.Descent.EndsAtLimit, scratch: options.Store?.Scratch());
        using var reduced = ReducedDescents.For(moving, options, device, (endpoints, refinement, clock));
        var coverage = options.UntilCoverage;
        var (next, wanted) = (0L, options.Restarts);
        var first = options.First;
        StationaryPoints points;
        while (true)
        {
            var spans = options.Within(new(next, wanted)).ToList();
            var total = endpoints.Restarts + spans.Sum(s => s.Count);
            var batches = spans.SelectMany(s => endpoints.Batches(objective.StartsFrom(options.Starts), options.Seed, first + s.First, first + s.Last, device.CoordinatesAtOnce));
            Endpoints? spare = null;
            foreach (var (range, after) in Followed(batches))
            {
                var told = SurveyClock.Report(progress, "descent", endpoints.Restarts, total);
                var batch = reduced?.Run(range, after, told, cancellation) is { } left
                    ? clock.Descent(() => frozen.GoOn(left.Ends, left.Range, cancellation))
                    : clock.Descent(() => descents.Run(range, spare, told is null ? null : new ProgressOnce(reduced?.Owed ?? 0, told).Report, cancellation));
                next = range.First + range.Count - first;
                units.ToMoving(batch.Points);
                var ends = endpoints.Worth(batch);
                var polished = clock.Polish(() => refinement.Run(ends, SurveyClock.Report(progress, "polish", 0, ends.Count), grace.Token));
                clock.Identify(() => endpoints.Add(batch, ends, polished, range.First, grace.Token.IsCancellationRequested));
                if (cancellation.IsCancellationRequested)
                {
                    break;
                }

                // The pool has copied what it keeps.
                spare = batch;
            }

            spare = null;
            clock.Identify(endpoints.Limit);
            var identified = clock.Identify(() => IdentifiedMinima.Of(moving, options, endpoints.Groups, stop: grace.Token));
            // Spectra come before coverage: they tell which points are one flat valley.
            points = clock.Spectra(() => StationaryPoints.Of(moving, identified, endpoints.Groups, device, new(objective.StartsFrom(options.Starts), options.Seed, first, 0), progress, grace.Token));
            points = clock.Identify(() => points.With(endpoints.Kinks(moving, options, points.All, new(objective.StartsFrom(options.Starts), options.Seed, first, 0), cancellation)));
            if (coverage is not { } target || cancellation.IsCancellationRequested || next >= options.Budget || points.Seen.Reached(target))
            {
                break;
            }

            // At least half as many again: identification is repeated only a few times however far away the target is.
            wanted = Math.Min(options.Budget, Math.Max(next + (next / 2), points.Seen.RestartsUntil(target)));
        }

        points = clock.Spectra(() => points.OntoKinks(moving, options.VectorBits).Scored(objective));
        var (endless, poles) = clock.Identify(() => EndlessFall.Of(moving, endpoints.Lost.Lowest, points.All.Where(p => double.IsFinite(p.Value)).OrderBy(p => p.Value), points.Endless, options.VectorBits));
        points = points.WithPoles(poles);
        options.Store?.Flush();
        // A batch that was cut short has been counted as begun: its unfinished restarts tell.
        var stopped = cancellation.IsCancellationRequested && (next < wanted || endpoints.Outcomes.Unfinished > 0);
        var isCut = grace.Token.IsCancellationRequested;
        // Whoever goes on from the result keeps nothing where this survey did.
        var result = points.Result(objective, options with { Store = null }, endpoints, device.Description, clock, stopped || isCut) with
        {
            Moving = moving,
            UnboundedAt = endless?.Place,
            PolishedOn = device.PolishedOn,
            SpectraOn = device.DifferentiatedOn,
            DeviceReason = device.Reason,
            ModelSpectra = clock.Spectra(() => ModelSpectra.AtLowest(objective, points.All, options, progress, grace.Token)),
            Warnings = Warning.Logged(Warnings(), options.Logger),
        };
        if (endpoints.Arrivals is { } arrivals)
        {
            options.Store?.Settle(points.Settled(arrivals, result));
        }

        return result;

        IReadOnlyList<Warning> Warnings() =>
        [
            .. Warning.Of(objective, warning),
            .. frozen.Warning is not { } still ? [] : new Warning[] { new(Warning.Precision, still) },
            .. points.All.Count > 0 || cancellation.IsCancellationRequested ? [] : new Warning[] { new(Warning.AllLost, $"None of {endpoints.Restarts} restarts came to a minimum or another stationary point; the outcomes say how they ended.") },
            .. UntoldScale.Of(objective, options, points.All, endpoints.Outcomes) is not { } untold ? [] : new Warning[] { new(Warning.Scale, untold) },
            .. points.Unsearched == 0 || isCut ? [] : new Warning[] { new(Warning.Kinks, Warning.OfKinks(objective, points.Unsearched, endpoints.Restarts)) },
            .. !points.AreCreasesCut || isCut ? [] : new Warning[] { new(Warning.Kinks, "Minima at kinks of one value may be one flat family that creases join: there are too many to follow the ways between all of them, and those that were not are listed apart.") },
            .. Warning.OfSingular(objective, points.All, endpoints.Outcomes),
            .. endless is null ? [] : new Warning[] { new(Warning.Unbounded, endless.Message) },
            .. points.SteppedOver.Count == 0 ? [] : new Warning[] { new(Warning.Jumps, Warning.OfJumps(points.SteppedOver)) },
            .. !isCut ? [] : new Warning[] { new(Warning.Stopped, "Stopped while points were told apart and looked at: those that were not are said to be undecided, and some of one minimum or flat set may be listed apart.") },
            .. Warning.Of(device),
        ];
    }

    /// <summary>Each batch with the one that comes after it; null after the last.</summary>
    private static IEnumerable<(RestartRange Range, RestartRange? After)> Followed(IEnumerable<RestartRange> batches)
    {
        RestartRange? waiting = null;
        foreach (var batch in batches)
        {
            if (waiting is not null)
            {
                yield return (waiting, batch);
            }

            waiting = batch;
        }

        if (waiting is not null)
        {
            yield return (waiting, null);
        }
    }

    /// <exception cref="ArgumentException">The symmetry that points are to be told apart by does not hold.</exception>
    private static (Objective Objective, string? Warning) Checked(Objective objective, SurveyOptions options)
    {
        var (tried, warning) = SymmetryCheck.Of(objective, options.VectorBits);
        return warning is not null && options.Identity == IdentityKind.Symmetry ? throw new ArgumentException(warning) : (tried, warning);
    }

    /// <summary>Tells the endpoints of a survey apart again, with another identity or tolerance; nothing is run again.</summary>
    /// <param name="result">What a survey returned.</param>
    /// <param name="identity">How points are told apart.</param>
    /// <param name="tolerance">The distance within which two points are one, in units of the region's scale; null for the identity's own.</param>
    /// <exception cref="ArgumentException">Endpoints were made one already that this would tell apart: the survey has to be run with it.</exception>
    public static SurveyResult Identify(SurveyResult result, IdentityKind identity, double? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var options = result.Options with { Identity = identity, Tolerance = tolerance };
        options.Require(result.Objective);
        var endpoints = result.Endpoints ?? throw new ArgumentException("The result was not made by a survey: it has no endpoints to tell apart.");
        RequireKept(endpoints.Groups, result, options);
        var clock = new SurveyClock();
        var device = FallbackDevice.Choose(null, options.Threads, options.VectorBits);
        var moving = result.Moving ?? result.Objective;
        var identified = clock.Identify(() => IdentifiedMinima.Of(moving, options, endpoints.Groups));
        var points = clock.Spectra(() => StationaryPoints.Of(moving, identified, endpoints.Groups, device, new(result.Objective.StartsFrom(options.Starts), options.Seed, options.First, 0)));
        points = clock.Identify(() => points.With(endpoints.Kinks(moving, options, points.All, new(result.Objective.StartsFrom(options.Starts), options.Seed, options.First, 0)))).OntoKinks(moving, options.VectorBits).Scored(result.Objective);
        return points.Result(result.Objective, options, endpoints, result.Device, clock, result.Stopped) with
        {
            Moving = moving,
            UnboundedAt = result.UnboundedAt,
            PolishedOn = result.PolishedOn,
            SpectraOn = device.Description,
            ModelSpectra = result.ModelSpectra,
            Warnings = result.Warnings,
        };
    }

    /// <summary>Groups fine enough for the survey's tolerance.</summary>
    private static EndpointGroups GroupsFor(Objective objective, SurveyOptions options) => new(
        RegionScale.Of(objective), options.Threads ?? Environment.ProcessorCount, Math.Min(EndpointGroups.DefaultGrain, (options.Tolerance ?? 1) / 4), options.MostPoints);

    private static void RequireKept(EndpointGroups groups, SurveyResult result, SurveyOptions options)
    {
        if (groups.IsCondensed && (options.Identity != result.Options.Identity || options.Tolerance < result.Options.Tolerance || (options.Tolerance is not null && result.Options.Tolerance is null)))
        {
            throw new ArgumentException(
                $"Of {result.Restarts} restarts, those that were one by the identity of the survey ({result.Options.Identity}) were kept as one; to tell them apart by {options.Identity}{(options.Tolerance is { } asked ? $" within {asked}" : "")}, run the survey with it.");
        }

        if (options.Identity != IdentityKind.Fingerprint && options.Tolerance < groups.Grain)
        {
            throw new ArgumentException($"Endpoints within {groups.Grain} of the region's scale were kept as one; to tell them apart within {options.Tolerance}, run the survey with that tolerance.");
        }
    }
}

/// <summary>Where the time goes.</summary>
internal sealed class SurveyClock
{
    private readonly Stopwatch total = Stopwatch.StartNew();
    private double compile;
    private double descent;
    private double polish;
    private double identify;
    private double spectra;

    public SurveySeconds Seconds => new(compile, descent, polish, identify, spectra, total.Elapsed.TotalSeconds);

    public T Compile<T>(Func<T> work) => Time(work, ref compile);

    public T Descent<T>(Func<T> work) => Time(work, ref descent);

    public T Polish<T>(Func<T> work) => Time(work, ref polish);

    public T Identify<T>(Func<T> work) => Time(work, ref identify);

    public void Identify(Action work) => Time(() => { work(); return true; }, ref identify);

    public T Spectra<T>(Func<T> work) => Time(work, ref spectra);

    /// <summary>A counter of finished items that tells the listener.</summary>
    public static Action<long>? Report(Action<SurveyProgress>? progress, string stage, long begin, long total)
    {
        if (progress is null)
        {
            return null;
        }

        var done = begin;
        return more => progress(new(stage, Interlocked.Add(ref done, more), total));
    }

    private static T Time<T>(Func<T> work, ref double seconds)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            return work();
        }
        finally
        {
            seconds += watch.Elapsed.TotalSeconds;
        }
    }
}
