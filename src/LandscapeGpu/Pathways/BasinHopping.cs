using System.Diagnostics;
using LandscapeGpu.Evidence;
using LandscapeGpu.Notebooks;

namespace LandscapeGpu.Pathways;

/// <summary>What chains of hops found.</summary>
[TypeFormatterSource(typeof(ResultFormatters))]
public sealed record BasinHoppingResult
{
    /// <summary>The landscape.</summary>
    public required Objective Objective { get; init; }

    /// <summary>What was asked for.</summary>
    public required BasinHoppingOptions Options { get; init; }

    /// <summary>T, in the units of f.</summary>
    public required double Temperature { get; init; }

    /// <summary>Distinct minima, lowest first. Their counts say how often hops ended there: no basin shares, since hops begin at minima.</summary>
    public required IReadOnlyList<StationaryPoint> Minima { get; init; }

    /// <summary>Of each chain the lowest value it came to; NaN where it came to none.</summary>
    public required IReadOnlyList<double> LowestOfChains { get; init; }

    /// <summary>Of each chain the hop, from 0 for its start, by which it first came to the lowest value that any chain did; null where it never did.</summary>
    public required IReadOnlyList<int?> HopsToLowest { get; init; }

    /// <summary>How many of the minima have the lowest value, as far as rounding tells.</summary>
    public required int Lowest { get; init; }

    /// <summary>The share of hops that were accepted.</summary>
    public required double Accepted { get; init; }

    /// <summary>How many descents were made, one a chain for its start and for each hop; those that a stop cut short are none.</summary>
    public required long Quenches { get; init; }

    /// <summary>Hops whose descent came to no stationary point; the chain stayed where it was.</summary>
    public required long Lost { get; init; }

    /// <summary>Whether it was stopped before all hops were made.</summary>
    public required bool Stopped { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>What went wrong without stopping it.</summary>
    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    /// <summary>Whether hops may have been lost at kinks, where f has no gradient to be polished by.</summary>
    internal bool MayLoseKinks { get; init; }

    /// <summary>The objective in the units that it was explored in.</summary>
    internal Objective? Moving { get; init; }
}

/// <summary>Chains of perturbation, descent and acceptance: Monte Carlo on minima.</summary>
/// <remarks>
/// Z. Li and H. A. Scheraga (1987), PNAS 84, 6611; D. J. Wales and J. P. K. Doye (1997), Journal of Physical Chemistry A 101, 5111. All coordinates are displaced at random; the longest displacement of a chain is
/// adapted so that half of its hops are accepted. All chains descend side by side, a chain a lane.
/// </remarks>
public static class BasinHopping
{
    // The longest displacement of a coordinate at first, in units of the landscape's own: what Wales and Doye have for clusters, 0.36 to 0.4 of an atom's distance. It is adapted after every hop:
    // fourteen of one kind double or halve it.
    private const double FirstReach = 0.375;
    private const double Adaption = 1.05;

    // Starts that are quenched to learn how far values of minima are apart.
    private const int Quenched = 64;

    // As many as a table has are looked at however long that takes.
    private const int OfTable = 20;

    /// <summary>What to do about minima that no hop is polished to.</summary>
    internal const string AtKinks = "its minima may lie at kinks, where a chain has no gradient to be polished by: explore lists minima at kinks, or write what is pointed as something smooth, such as √(x² + ε²) for |x|.";

    // Numbers of hops are no numbers of starts.
    private const ulong HopSeed = 0x686F7073;

    /// <summary>Hops.</summary>
    /// <exception cref="ArgumentException">Options contradict each other or the objective.</exception>
    /// <exception cref="NothingFoundException">No chain came to a minimum.</exception>
    public static BasinHoppingResult Run(Objective objective, BasinHoppingOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        using var cell = CellWork.Begin(ref cancellation);
        options ??= new();
        options.Require();
        options.Survey.Require(objective);
        var clock = Stopwatch.StartNew();
        (objective, var asymmetry) = SymmetryCheck.Of(objective, options.Survey.VectorBits);
        objective = UntoldScale.Told(objective, options.Survey.Starts, options.Survey.VectorBits);
        // Hops are as long as these say.
        var units = UnitChoice.ToHop(objective, options.Survey.Starts, options.Survey.VectorBits);
        var moving = objective.InUnits(units);
        var quench = new Quench(objective, moving, options);
        var temperature = (options.Temperature * units.Value) ?? Middling(quench, options);
        var (d, chains) = (objective.Dimension, options.Chains);
        var groups = new EndpointGroups(RegionScale.Of(moving), quench.Lanes.Threads);
        using var retraction = new Retraction(moving, options.Survey.VectorBits);
        var (at, reach) = (Enumerable.Range(0, chains).Select(_ => (Value: double.NaN, Point: new double[d])).ToArray(), Enumerable.Repeat(FirstReach, chains).ToArray());
        var seen = Enumerable.Range(0, chains).Select(_ => new List<(int Hop, double Value)>()).ToArray();
        var (quenches, made, accepted, lost) = (0L, 0L, 0L, 0L);
        for (var hop = 0; hop <= options.Hops && !cancellation.IsCancellationRequested; hop++)
        {
            var starts = new double[chains * d];
            for (var c = 0; c < chains; c++)
            {
                Begin(starts.AsSpan(c * d, d), c, hop);
            }

            var ends = quench.Run(starts, chains, cancellation);
            groups.Add(ends);
            var isCut = cancellation.IsCancellationRequested;
            for (var c = 0; c < chains; c++)
            {
                if (!ends.Stationary[c])
                {
                    // What a stop cut short would have come somewhere.
                    (quenches, lost) = isCut ? (quenches, lost) : (quenches + 1, lost + 1);
                    continue;
                }

                quenches++;

                var isFirst = double.IsNaN(at[c].Value);
                var isAccepted = isFirst || IsAccepted(ends.Values[c] - at[c].Value, ends.Roundings[c], c, hop);
                seen[c].Add((hop, ends.Values[c]));
                if (!isFirst)
                {
                    (made, accepted) = (made + 1, accepted + (isAccepted ? 1 : 0));
                    reach[c] *= isAccepted ? Adaption : 1 / Adaption;
                }

                if (isAccepted)
                {
                    at[c].Value = ends.Values[c];
                    ends.Points.AsSpan(c * d, d).CopyTo(at[c].Point);
                }
            }

            progress?.Invoke(new("hops", hop, options.Hops));
        }

        // Chains that ran for hours left more minima than can be looked at while somebody waits: the lowest are.
        using var grace = new Grace(options.Survey.Grace, cancellation);
        var identified = IdentifiedMinima.Of(moving, options.Survey, groups, stop: grace.Token);
        var (all, looked) = (identified.Clusters.Count, identified.Clusters.Count);
        if (cancellation.IsCancellationRequested)
        {
            identified = identified with { Clusters = [.. identified.Clusters.OrderBy(c => groups.Value(c.Best))] };
            looked = Math.Min(OfTable, all);
        }

        var (begun, minima) = (Stopwatch.StartNew(), Minima(looked));
        for (var last = begun.Elapsed; looked < all && begun.Elapsed + (4 * last) < options.Survey.Grace;)
        {
            (var before, looked) = (begun.Elapsed, Math.Min(4 * looked, all));
            minima = Minima(looked);
            last = begun.Elapsed - before;
        }

        var left = all - looked;
        var mayBeSharp = Smoothness.MayBeSharp(objective.Value) || KinkTerms.HasNorms(objective.Value);
        if (minima.Count == 0)
        {
            throw new NothingFoundException($"No chain of {objective.Name} came to a minimum; {(mayBeSharp ? AtKinks : "give more chains or hops, or other starts.")}");
        }

        // What agrees with the lowest to the rounding of both is as low.
        var lowest = minima[0];
        var highest = (lowest.Value + (2 * lowest.Doubt)) * units.Value;
        return new()
        {
            Objective = objective,
            Options = options,
            Moving = moving,
            Temperature = temperature / units.Value,
            Minima = minima,
            LowestOfChains = [.. seen.Select(s => s.Count == 0 ? double.NaN : s.Min(e => e.Value) / units.Value)],
            HopsToLowest = [.. seen.Select(s => s.Where(e => e.Value <= highest).Select(e => (int?)e.Hop).FirstOrDefault())],
            Lowest = minima.Count(lowest.HasValueOf),
            Accepted = made == 0 ? double.NaN : (double)accepted / made,
            Quenches = quenches,
            Lost = lost,
            MayLoseKinks = lost > 0 && mayBeSharp,
            Warnings = Warning.Logged([.. left == 0 ? [] : new Warning[] { new(Warning.Stopped, FormattableString.Invariant($"Stopped: the {looked:N0} lowest points were looked at, and {left:N0} higher ones are not listed.")) }, .. Warning.Of(objective, asymmetry), .. Warning.Of(quench.Device)], options.Survey.Logger),
            Stopped = cancellation.IsCancellationRequested,
            Seconds = clock.Elapsed.TotalSeconds,
        };

        IReadOnlyList<StationaryPoint> Minima(int lowest) => ListOrder.Of(
            StationaryPoints.Of(moving, identified with { Clusters = [.. identified.Clusters.Take(lowest)] }, groups, quench.Device, new(objective.StartsFrom(options.Survey.Starts), options.Survey.Seed, 0, 0), stop: CancellationToken.None).All.Where(p => p.IsMinimum),
            units);

        void Begin(Span<double> start, int chain, int hop)
        {
            if (double.IsNaN(at[chain].Value))
            {
                // A chain that has not come to a minimum yet begins anew.
                objective.StartsFrom(options.Survey.Starts).Draw(options.Survey.Seed, ((long)hop * (1L << 32)) + chain, start);
                units.ToMoving(start);
                return;
            }

            for (var i = 0; i < d; i++)
            {
                start[i] = at[chain].Point[i] + (reach[chain] * ((2 * CounterRandom.Uniform(options.Survey.Seed ^ HopSeed, StreamId.Noise, (ulong)chain, (uint)hop, (uint)i)) - 1));
            }

            retraction.Apply(start);
        }

        bool IsAccepted(double rise, double rounding, int chain, int hop) => rise <= Stationarity.Margin * rounding
            || (temperature > 0 && CounterRandom.Uniform(options.Survey.Seed ^ HopSeed, StreamId.Noise, (ulong)chain, (uint)hop, (uint)d) < Math.Exp(-rise / temperature));
    }

    /// <summary>Half the middle distance of quenched starts' values from their middle: the same for any number of chains.</summary>
    /// <remarks>Each value counts once, however many starts come to it: where most come to one, the distances of the rest are still what hops have to overcome.</remarks>
    private static double Middling(Quench quench, BasinHoppingOptions options)
    {
        var starts = quench.Starts(Quenched);
        var ends = quench.Run(starts, Quenched, default);
        var values = new List<double>();
        foreach (var k in Enumerable.Range(0, Quenched).Where(k => ends.Stationary[k]).OrderBy(k => ends.Values[k]))
        {
            if (values.Count == 0 || ends.Values[k] - values[^1] > 2 * Stationarity.Margin * ends.Roundings[k])
            {
                values.Add(ends.Values[k]);
            }
        }

        if (values.Count == 0)
        {
            return 0;
        }

        double[] apart = [.. values.Select(v => Math.Abs(v - values[values.Count / 2])).Order()];
        return 0.5 * apart[apart.Length / 2];
    }

    /// <summary>Descent of given points and polish in double precision.</summary>
    private sealed class Quench
    {
        private readonly Objective objective;
        private readonly BasinHoppingOptions options;
        private readonly Objective moving;
        private readonly Units units;
        private readonly CompiledDescent descent;
        private readonly IPolish polish;

        public Quench(Objective objective, Objective moving, BasinHoppingOptions options)
        {
            (this.objective, this.moving, this.options, units) = (objective, moving, options, moving.Units);
            var survey = options.Survey;
            Lanes = new(survey.Threads, survey.VectorBits);
            Device = FallbackDevice.For(objective, survey.Descent, new(objective.StartsFrom(survey.Starts), survey.Seed, 0, 0), (long)options.Chains * options.Hops, survey.Device, Lanes);
            descent = DescentInUnits.Compile(Device, objective, UnitChoice.WithRoom(survey.Descent, objective, survey.Starts, units), units);
            polish = Device.Polish(moving);
        }

        public LaneDevice Lanes { get; }

        public FallbackDevice Device { get; }

        public double[] Starts(int count)
        {
            var starts = new double[count * objective.Dimension];
            for (var k = 0; k < count; k++)
            {
                objective.StartsFrom(options.Survey.Starts).Draw(options.Survey.Seed, k, starts.AsSpan(k * objective.Dimension, objective.Dimension));
            }

            units.ToMoving(starts);
            return starts;
        }

        public PolishedSet Run(double[] starts, int count, CancellationToken cancellation)
        {
            units.ToShown(starts);
            var ends = descent.Run(new(new GivenPoints(starts, objective.Dimension), options.Survey.Seed, 0, count), null, cancellation);
            units.ToMoving(ends.Points);
            var set = polish.Run(ends.Points, count, null, cancellation)!;
            if (!cancellation.IsCancellationRequested)
            {
                HeldByJumps.Settle(moving, options.Survey.VectorBits, ends.Points, k => ends.Outcomes[k] == (byte)Outcome.Converged, set, (below, count) => polish.Run(below, count, null, cancellation)!);
            }

            return set;
        }
    }
}
