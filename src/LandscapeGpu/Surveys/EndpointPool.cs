using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Polish;
using LandscapeGpu.Starts;

namespace LandscapeGpu.Surveys;

/// <summary>All endpoints of a survey, as tables of numbers: outcomes of every restart, polished points of those that got somewhere.</summary>
/// <param name="dimension">The number of coordinates.</param>
/// <param name="endsAtLimit">Descent has no other way to end well than its iteration limit: such endpoints are polished too.</param>
internal sealed class EndpointPool(int dimension, bool endsAtLimit = false)
{
    // A batch's endpoints stay below a quarter of a gigabyte.
    private const long MostCoordinatesInBatch = 1 << 25;

    private readonly List<byte[]> outcomes = [];
    private PolishedSet polished = new(dimension, 0);

    public PolishedSet Polished => polished;

    public long Restarts { get; private set; }

    public long Steps { get; private set; }

    public long PolishEvaluations { get; private set; }

    /// <summary>Restarts whose gradient was short enough in descent, but that polishing did not find to be stationary.</summary>
    public long Unpolished { get; private set; }

    /// <summary>Restarts that ended in valleys that fall out of reach.</summary>
    public long Endless { get; private set; }

    /// <summary>How the restarts ended; stalled ones that polishing found to be stationary have converged.</summary>
    public OutcomeCounts Outcomes
    {
        get
        {
            var counts = outcomes.Select(o => OutcomeCounts.Of(o)).ToList();
            return new(
                counts.Sum(c => c.Converged), counts.Sum(c => c.IterationLimit), counts.Sum(c => c.Stalled),
                counts.Sum(c => c.LeftDomain), counts.Sum(c => c.NotFinite), counts.Sum(c => c.Unfinished));
        }
    }

    /// <summary>Cuts restarts first … last−1 into pieces that fit in memory.</summary>
    public IEnumerable<RestartRange> Batches(Sampler starts, ulong seed, long first, long last)
    {
        var most = Math.Max(1, MostCoordinatesInBatch / dimension);
        for (var at = first; at < last; at += most)
        {
            yield return new(starts, seed, at, (int)Math.Min(most, last - at));
        }
    }

    /// <summary>Notes how restarts ended; returns the points that are worth polishing.</summary>
    public EndPoints Add(Endpoints batch)
    {
        var worth = Enumerable.Range(0, batch.Count).Where(k => batch.Outcomes[k] is (byte)Outcome.Converged or (byte)Outcome.Stalled || (endsAtLimit && batch.Outcomes[k] == (byte)Outcome.IterationLimit)).ToArray();
        Restarts += batch.Count;
        Steps += batch.Steps.Sum(s => (long)s);
        outcomes.Add(batch.Outcomes);
        if (worth.Length == batch.Count)
        {
            return new(batch.Outcomes, worth, batch.Points);
        }

        var points = new double[(long)worth.Length * dimension];
        for (var k = 0; k < worth.Length; k++)
        {
            batch.Points.AsSpan(worth[k] * dimension, dimension).CopyTo(points.AsSpan(k * dimension));
        }

        return new(batch.Outcomes, worth, points);
    }

    /// <summary>Adds what polishing made of them; only stationary points are kept.</summary>
    public void Add(EndPoints ends, PolishedSet set)
    {
        PolishEvaluations += set.Evaluations;
        for (var k = 0; k < ends.Count; k++)
        {
            var before = (Outcome)ends.Outcomes[ends.Restarts[k]];
            Endless += set.Endless[k] ? 1 : 0;
            Unpolished += ends.HasConverged(k) && !set.Stationary[k] && !set.Endless[k] && double.IsFinite(set.Values[k]) ? 1 : 0;
            // Rules that never compute the value cannot see that it is not a number.
            ends.Outcomes[ends.Restarts[k]] = (byte)(set.Stationary[k] ? Outcome.Converged
                : !double.IsFinite(set.Values[k]) ? Outcome.NotFinite
                : before == Outcome.IterationLimit ? before
                : Outcome.Stalled);
        }

        polished = polished.With(set);
    }

    /// <summary>Points to polish, and which restarts of their batch they are.</summary>
    public sealed record EndPoints(byte[] Outcomes, int[] Restarts, double[] Points)
    {
        public int Count => Restarts.Length;

        /// <summary>Whether descent found a short gradient at point k.</summary>
        public bool HasConverged(int k) => (Outcome)Outcomes[Restarts[k]] == Outcome.Converged;
    }
}
