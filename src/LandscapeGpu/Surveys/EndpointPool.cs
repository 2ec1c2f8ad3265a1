using LandscapeGpu.Devices.Kernels;

namespace LandscapeGpu.Surveys;

/// <summary>The endpoints of a survey as they come: how restarts ended, and groups of those that are stationary.</summary>
/// <param name="groups">Where stationary endpoints are kept.</param>
/// <param name="lost">Where the others are looked at.</param>
/// <param name="condense">Which groups are one by the survey's identity.</param>
/// <param name="endsAtLimit">Descent has no other way to end well than its iteration limit: such endpoints are polished too.</param>
/// <param name="scratch">Where it is written down which group each restart came to; null for nowhere.</param>
internal sealed class EndpointPool(EndpointGroups groups, LostEndpoints lost, Func<EndpointGroups, int[]> condense, bool endsAtLimit = false, Stream? scratch = null)
{
    // Memory is that of a batch, in several tables: as many coordinates as the device is busy with, but for enough restarts, of which the
    // endpoints stay below a quarter of a gigabyte.
    private const long EnoughRestarts = 1 << 18;
    private const long MostCoordinatesInBatch = 1 << 25;

    public EndpointGroups Groups => groups;

    /// <summary>Which group each restart came to; null where nobody asks.</summary>
    public Arrivals? Arrivals { get; } = scratch is null ? null : Begin(scratch, groups);

    public LostEndpoints Lost => lost;

    /// <summary>How the restarts ended; stalled ones that polishing found to be stationary have converged.</summary>
    public OutcomeCounts Outcomes { get; private set; } = new(0, 0, 0, 0, 0, 0);

    public long Restarts => Outcomes.Total;

    public long Steps { get; private set; }

    public long PolishEvaluations { get; private set; }

    /// <summary>Restarts whose gradient was short enough in descent, but that polishing did not find to be stationary.</summary>
    public long Unpolished { get; private set; }

    /// <summary>The longest gradient that is left at one of these, in the units that the landscape is explored in.</summary>
    public double UnpolishedNorm { get; private set; }

    /// <summary>Restarts that ended in valleys that fall out of reach.</summary>
    public long Endless { get; private set; }

    /// <summary>Bit o is set where restarts that ended as o are polished, whatever is there.</summary>
    public uint Polished => (1u << (int)Outcome.Converged) | (1u << (int)Outcome.Stalled) | (endsAtLimit ? 1u << (int)Outcome.IterationLimit : 0);

    /// <summary>Cuts restarts first … last−1 into pieces that fit in memory.</summary>
    /// <param name="starts">Where restarts begin.</param>
    /// <param name="seed">The seed of all randomness.</param>
    /// <param name="first">The first restart.</param>
    /// <param name="last">The one after the last.</param>
    /// <param name="coordinates">How many coordinates keep the device busy.</param>
    public IEnumerable<RestartRange> Batches(Sampler starts, ulong seed, long first, long last, long coordinates)
    {
        var d = (long)groups.Dimension;
        var most = Math.Max(1, Math.Max(coordinates / d, Math.Min(EnoughRestarts, MostCoordinatesInBatch / d)));
        for (var at = first; at < last; at += most)
        {
            yield return new(starts, seed, at, (int)Math.Min(most, last - at));
        }
    }

    /// <summary>The points of a batch that are worth polishing; also those where nothing is finite: the formula may be so at one point, and not beside it.</summary>
    public EndPoints Worth(Endpoints batch)
    {
        var d = groups.Dimension;
        var worth = Enumerable.Range(0, batch.Count).Where(k => batch.Outcomes[k] == (byte)Outcome.NotFinite || (Polished >> batch.Outcomes[k] & 1) == 1).ToArray();
        if (worth.Length == batch.Count)
        {
            return new(batch.Outcomes, worth, batch.Points);
        }

        var points = new double[(long)worth.Length * d];
        for (var k = 0; k < worth.Length; k++)
        {
            batch.Points.AsSpan(worth[k] * d, d).CopyTo(points.AsSpan(k * d));
        }

        return new(batch.Outcomes, worth, points);
    }

    /// <summary>Notes how a batch ended, and what polishing made of it; only stationary points are kept.</summary>
    /// <param name="batch">How restarts ended.</param>
    /// <param name="ends">Which of them were polished.</param>
    /// <param name="set">What became of those.</param>
    /// <param name="first">The number of the first restart.</param>
    /// <param name="isCut">Whether polish was stopped.</param>
    public void Add(Endpoints batch, EndPoints ends, PolishedSet set, long first = 0, bool isCut = false)
    {
        Steps += batch.Steps.Sum(s => (long)s);
        PolishEvaluations += set.Evaluations;
        var outcomes = (byte[])batch.Outcomes.Clone();
        for (var k = 0; k < ends.Count; k++)
        {
            var before = (Outcome)outcomes[ends.Restarts[k]];
            Endless += set.Endless[k] ? 1 : 0;
            if (ends.HasConverged(k) && !set.Stationary[k] && !set.Endless[k] && double.IsFinite(set.Values[k]))
            {
                Unpolished++;
                UnpolishedNorm = Math.Max(UnpolishedNorm, set.Residuals[k]);
            }

            // Rules that never compute the value cannot see that it is not a number.
            outcomes[ends.Restarts[k]] = (byte)(set.Stationary[k] ? Outcome.Converged
                // Not reached before polish was stopped: nobody knows what it is.
                : isCut && !set.IsFinished(k) ? Outcome.Unfinished
                : !double.IsFinite(set.Values[k]) ? Outcome.NotFinite
                : before is Outcome.IterationLimit or Outcome.NotFinite && !set.Endless[k] ? before
                : Outcome.Stalled);
        }

        Outcomes += OutcomeCounts.Of(outcomes);
        var groupOf = groups.Add(set, condense);
        var placeOf = lost.Add(batch, outcomes, ends, set);
        Arrivals?.Add(first, batch.Count, ends, set, groupOf, placeOf);
    }

    /// <summary>Leaves the lowest groups, where there are more than are listed.</summary>
    public void Limit() => groups.Limit(condense);

    /// <summary>Notes what a device made of a batch, but for the restarts that are apart.</summary>
    public void Add(ReducedBatch batch)
    {
        Steps += batch.Steps;
        PolishEvaluations += batch.Evaluations;
        Outcomes += new OutcomeCounts(batch.Restarts, 0, 0, 0, 0, 0);
        groups.Add(batch.Leaders, condense, batch.Counts);
        lost.Note(batch.Leaders);
    }

    /// <summary>What minima the restarts came to that ended at no stationary point.</summary>
    /// <remarks>What the search may cost follows from the steps of descents: what polish costs depends on which threads it was done by, and a result must not.</remarks>
    public KinkFindings Kinks(Objective objective, SurveyOptions options, IReadOnlyList<StationaryPoint> known, RestartRange starts, CancellationToken cancellation = default)
    {
        var found = KinkSearch.Among(objective, lost.Places, (double)Steps / Math.Max(1, Restarts), options.VectorBits, IdentifiedMinima.SymmetryOf(objective, options), known, starts with { Count = (int)Math.Min(Restarts, int.MaxValue) }, cancellation);
        return found with { NotFiniteAt = lost.NotFiniteAt, EndlessAt = lost.EndlessAt, Unsearched = found.Unsearched == 0 ? 0 : found.Unsearched + lost.Unkept };
    }

    private static Arrivals Begin(Stream scratch, EndpointGroups groups)
    {
        var arrivals = new Arrivals(scratch);
        groups.Renumbered = arrivals.Renumber;
        return arrivals;
    }

    /// <summary>Points to polish, and which restarts of their batch they are.</summary>
    public sealed record EndPoints(byte[] Outcomes, int[] Restarts, double[] Points)
    {
        public int Count => Restarts.Length;

        /// <summary>Whether descent found a short gradient at point k.</summary>
        public bool HasConverged(int k) => (Outcome)Outcomes[Restarts[k]] == Outcome.Converged;
    }
}
