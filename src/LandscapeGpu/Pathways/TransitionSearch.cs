using System.Diagnostics;
using LandscapeGpu.Evidence;
using LandscapeGpu.Notebooks;
using LandscapeGpu.Statistics;

namespace LandscapeGpu.Pathways;

/// <summary>Grows the graph of minima and transition states: from each minimum uphill along its modes, the lowest first, and by bands between the lowest that are not connected.</summary>
public static class TransitionSearch
{
    // Walks of a batch: enough for every lane, few enough that minima met on the way are set out from soon.
    private const int Batch = 2_048;

    // The best minima of which all pairs are looked at for mode connectivity: 45 bands.
    private const int MostModes = 10;

    // Starts whose middle value says how large values are.
    private const int MiddleOf = 65;

    // From places beside minima three times as many walks as along their modes.
    private const int Kicks = 3;

    // In few coordinates modes are few, and a saddle that walks seldom come to is missed by chance.
    private const int LeastKicks = 256;

    /// <summary>Explores the landscape first, then connects its minima.</summary>
    /// <exception cref="ArgumentException">Options contradict each other or the objective.</exception>
    /// <exception cref="NothingFoundException">No minimum with a Hessian was found.</exception>
    public static TransitionNetwork Run(Objective objective, TransitionSearchOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        using var cell = CellWork.Begin(ref cancellation);
        options ??= new();
        options.Require();
        return options.Hopping is { } hopping
            ? From(BasinHopping.Run(objective, hopping, progress, cancellation), options, progress, cancellation)
            : From(Survey.Run(objective, options.Survey, progress, cancellation), options, progress, cancellation);
    }

    /// <summary>Connects the minima that chains of hops came to.</summary>
    /// <exception cref="ArgumentException">Options are wrong.</exception>
    public static TransitionNetwork From(BasinHoppingResult hopped, TransitionSearchOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(hopped);
        using var cell = CellWork.Begin(ref cancellation);
        options = (options ?? new()) with { Survey = hopped.Options.Survey, Hopping = hopped.Options };
        var found = Grow(hopped.Objective, hopped.Moving ?? hopped.Objective, [.. hopped.Minima.Select(m => m.Place)], options, progress, cancellation);
        return found with
        {
            Seconds = found.Seconds + hopped.Seconds,
            Warnings = hopped.Warnings,
            Exploration = FormattableString.Invariant($"basin hopping, {hopped.Options.Chains:N0} chains of {hopped.Options.Hops:N0} hops, seed {hopped.Options.Survey.Seed}, T = {hopped.Temperature:G4}"),
        };
    }

    /// <summary>Connects the minima of a survey.</summary>
    /// <exception cref="ArgumentException">Options are wrong.</exception>
    /// <exception cref="NothingFoundException">No minimum with a Hessian was found.</exception>
    public static TransitionNetwork From(SurveyResult survey, TransitionSearchOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(survey);
        using var cell = CellWork.Begin(ref cancellation);
        options = (options ?? new()) with { Survey = survey.Options };
        var moving = survey.Moving ?? survey.Objective;
        if (survey.Minima.Count + survey.BoundaryMinima.Count == 0 && survey.KinkMinima.Count > 0)
        {
            throw new NothingFoundException($"What was found on {survey.Objective.Name} are minima at kinks ({survey.KinkMinima.Count}) and no other, and without a gradient there is no saddle to follow uphill to. Write what is pointed as something smooth, such as √(x² + ε²) for |x|.");
        }

        IReadOnlyList<double>[] minima = [.. survey.Minima.Concat(survey.BoundaryMinima).Select(m => (IReadOnlyList<double>)m.Place)];
        // Where losses keep falling there are no minima; whether paths between trained models stay low can be asked all the same.
        var ends = minima.Length < 2 && (options.Epsilon is not null || survey.Objective.Model is not null) ? LowestEnds(survey) : [];
        return Grow(survey.Objective, moving, minima, options, progress, cancellation, ends) is var found
            && survey.KinkMinima.Count > 0
            ? found with { Seconds = found.Seconds + survey.Seconds.Total, Exploration = Explored(survey), Warnings = survey.Warnings, Notes = [.. found.Notes, $"Minima at kinks are left out ({survey.KinkMinima.Count}): without a gradient there is no saddle to follow uphill to."] }
            : found with { Seconds = found.Seconds + survey.Seconds.Total, Exploration = Explored(survey), Warnings = survey.Warnings };
    }

    /// <summary>The lowest places where descents stopped that are no minima, in the coordinates that move.</summary>
    private static double[][] LowestEnds(SurveyResult survey) => survey.Endpoints?.Lost.Places is { } places
        ? [.. Enumerable.Range(0, places.Count).OrderBy(places.Value).Take(MostModes).Select(g => places.Point(g).ToArray())]
        : [];

    private static string Explored(SurveyResult survey) => FormattableString.Invariant($"{survey.Restarts:N0} restarts, seed {survey.Options.Seed}, starts {(survey.Options.Starts ?? survey.Objective.ShownStarts).Describe()}, {survey.Rule}");

    internal static TransitionNetwork Grow(Objective objective, Objective moving, IReadOnlyList<IReadOnlyList<double>> minima, TransitionSearchOptions options, Action<SurveyProgress>? progress, CancellationToken cancellation, IReadOnlyList<double[]>? ends = null)
    {
        options.Require();
        if (minima.Count == 0 && ends is not { Count: > 0 })
        {
            throw new NothingFoundException($"No minimum of {objective.Name} was found, so that there is nothing to connect; give more restarts, or other starts.");
        }

        var clock = Stopwatch.StartNew();
        var device = new LaneDevice(options.Survey.Threads, options.Survey.VectorBits);
        var database = new StationaryDatabase(moving, options.Survey, device, options.Journal);
        var places = minima.SelectMany(m => m).ToArray();
        moving.Units.ToMoving(places);
        database.AddMinima(new LanePolish(moving, database.Derivatives, device.Threads).Run(places, minima.Count, null, cancellation));
        if (ends is { Count: > 0 })
        {
            database.AddEnds(ends);
        }

        // From where a loss keeps falling no mode leads uphill to a saddle around.
        var (climbs, left) = database.HasEnds ? (0, 0) : Climb(database, options, device, progress, cancellation);
        var bands = new BandSearch(database, options, device);
        bands.Connect(progress, cancellation);
        var starts = new RestartRange(objective.StartsFrom(options.Survey.Starts), options.Survey.Seed, 0, MiddleOf);
        var epsilon = options.Epsilon ?? (objective.Model is null ? null : DefaultEpsilon(objective, database, starts));
        if (epsilon is not null)
        {
            bands.Between(Math.Min(options.Lowest, MostModes), cancellation);
        }

        var found = new NetworkAssembly(database, device, starts, cancellation.IsCancellationRequested).Of(objective, bands);
        return found with
        {
            ModeConnectivity = epsilon is { } e ? ModeConnectivity.Of(found, Math.Min(options.Lowest, MostModes), e) : null,
            Options = options,
            Climbs = climbs,
            NotSetOutFrom = left,
            Seconds = clock.Elapsed.TotalSeconds,
        };
    }

    /// <summary>Uphill from each minimum, the lowest first, those that are met on the way among them; how many walks that took, and how many minima were left when they were spent.</summary>
    /// <remarks>The lowest way between two low minima may lead through any others: which of them are to be connected says nothing about where to set out.</remarks>
    private static (long Walks, int Left) Climb(StationaryDatabase database, TransitionSearchOptions options, LaneDevice device, Action<SurveyProgress>? progress, CancellationToken cancellation)
    {
        var search = new ClimbingSearch(database.Moving, database.Derivatives, device);
        var (swept, kicked, made) = (new HashSet<int>(), 0L, 0L);
        while (made < options.Climbs && !cancellation.IsCancellationRequested)
        {
            var fresh = Unswept().ToArray();
            var all = LowestFirst(database).ToArray();
            var sweep = search.WholeSweep([.. all.Select(Point)]);
            // As many as a batch has room for: of those that are met on the way, the lowest come next.
            var next = fresh.Length == 0 ? all : fresh.Take((int)Math.Max(1, Math.Min(Batch, options.Climbs - made) * all.Length / Math.Max(1, sweep))).ToArray();
            var from = next.Select(Point).ToList();
            var (first, count) = fresh.Length > 0
                ? (0L, search.WholeSweep(from))
                : (sweep + kicked, Math.Min(Batch, Math.Max(LeastKicks, Kicks * sweep)) - kicked);
            count = Math.Min(count, options.Climbs - made);
            if (count <= 0)
            {
                break;
            }

            for (var at = 0L; at < count && !cancellation.IsCancellationRequested; at += Batch)
            {
                var some = (int)Math.Min(Batch, count - at);
                var begin = first + at;
                database.AddSaddles(
                    database.Walked(() => [begin, some, BitConverter.UInt64BitsToDouble(options.Survey.Seed), .. from.SelectMany(m => m)], () => search.Run(from, begin, some, options.Survey.Seed, cancellation), cancellation),
                    cancellation);
                made += some;
                progress?.Invoke(new("uphill", made, options.Climbs));
            }

            swept.UnionWith(fresh.Length > 0 ? next : []);
            kicked += fresh.Length > 0 ? 0 : count;
        }

        return (made, Unswept().Count());

        double[] Point(int group) => database.Minima.Point(group).ToArray();

        // A minimum's group may change when another of its groups is better.
        IEnumerable<int> Unswept()
        {
            var clusters = swept.Select(g => database.Identified.ClusterOf[g]).ToHashSet();
            return LowestFirst(database).Where(g => !clusters.Contains(database.Identified.ClusterOf[g]));
        }
    }

    /// <summary>1 % of how far the middle start is above the lowest minimum.</summary>
    private static double? DefaultEpsilon(Objective objective, StationaryDatabase database, RestartRange starts)
    {
        using var values = new PointDerivatives(objective);
        var point = new double[objective.Dimension];
        double[] seen = [.. Enumerable.Range(0, starts.Count).Select(k =>
        {
            starts.Starts.Draw(starts.Seed, starts.First + k, point);
            return values.Value(point);
        }).Where(double.IsFinite).Order()];
        var lowest = database.Identified.Clusters.Min(c => database.Minima.Value(c.Best)) / database.Moving.Units.Value;
        return seen.Length == 0 ? null : 0.01 * Math.Max(0, seen[seen.Length / 2] - lowest);
    }

    /// <summary>The groups that show the minima best, lowest first.</summary>
    private static IEnumerable<int> LowestFirst(StationaryDatabase database) => database.Identified.Clusters.Select(c => c.Best).OrderBy(database.Minima.Value);
}
