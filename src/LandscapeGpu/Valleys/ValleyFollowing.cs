namespace LandscapeGpu.Valleys;

/// <summary>Follows the valleys of endpoints that polishing took nowhere: to their minima, which are polished then, or out of reach.</summary>
/// <remarks>Descent had found a short gradient there: what keeps Newton's method from a minimum nearby is a long valley, not a long way down.</remarks>
internal sealed class ValleyFollowing(Objective objective, Derivatives derivatives, IPolish polish, int threads)
{
    private readonly StationarySearch search = new(objective, derivatives, threads) { Walk = d => new ValleyWalk(d, objective.Region.IsWholeSpace ? null : objective.Region) };
    private readonly FadingEnds fading = new(objective, derivatives, threads);
    private readonly FloorEnds floors = new(objective, derivatives, polish, threads);

    /// <summary>Whether the landscape has valleys that this can follow: where the region has no end, and the value may fall all the way.</summary>
    public static bool Has(Objective objective) => objective.Region.HasOpenEnd && !objective.HasLeast;

    /// <param name="ends">What was polished.</param>
    /// <param name="isShort">Whether descent ended at a short gradient, of each.</param>
    /// <param name="set">What polishing made of them; completed.</param>
    /// <param name="cancellation">Stops early: those that were on their way are left as unfinished.</param>
    public void Follow(ReadOnlySpan<double> ends, Func<int, bool> isShort, PolishedSet set, CancellationToken cancellation = default)
    {
        int[] lost = [.. Enumerable.Range(0, set.Count).Where(k => !set.Stationary[k] && double.IsFinite(set.Values[k]))];
        fading.NoteStopped(ends.ToArray(), [.. lost.Where(k => !isShort(k))], set, cancellation);
        int[] left = [.. lost.Where(isShort)];
        if (left.Length == 0)
        {
            return;
        }

        var d = set.Dimension;
        // From where descent ended: polishing may have left the valley.
        var starts = new double[left.Length * d];
        for (var k = 0; k < left.Length; k++)
        {
            ends.Slice(left[k] * d, d).CopyTo(starts.AsSpan(k * d));
        }

        var walked = search.Run(starts, left.Length, null, cancellation);
        fading.Note(starts, walked, cancellation);
        var arrived = Enumerable.Range(0, left.Length).Where(k => walked.Stationary[k]).ToArray();
        var polished = polish.Run(arrived.SelectMany(k => walked.Points.AsSpan(k * d, d).ToArray()).ToArray(), arrived.Length, null, cancellation)!;
        for (var k = 0; k < arrived.Length; k++)
        {
            if (polished.Stationary[k])
            {
                set.Take(left[arrived[k]], polished, k);
            }
        }

        for (var k = 0; k < left.Length; k++)
        {
            set.Endless[left[k]] = walked.Endless[k];
            if (cancellation.IsCancellationRequested && !set.Stationary[left[k]] && !walked.Endless[k])
            {
                set.Residuals[left[k]] = double.NaN;
            }
        }

        set.Evaluations += walked.Evaluations + polished.Evaluations;
        int[] open = [.. Enumerable.Range(0, left.Length).Where(k => !set.Stationary[left[k]] && !walked.Endless[k] && double.IsFinite(walked.Values[k]))];
        floors.Lead([.. open.SelectMany(k => walked.Points.AsSpan(k * d, d).ToArray())], [.. open.Select(k => left[k])], set, cancellation);
    }
}
