using LandscapeGpu.Valleys;

namespace LandscapeGpu.Pathways;

/// <summary>Both downhill sides of many saddles, one side a lane, each polished to the minimum it comes to.</summary>
internal sealed class DownhillPaths(Objective objective, Derivatives derivatives, int threads)
{
    /// <param name="saddles">Saddles of index 1, in the coordinates that move.</param>
    /// <param name="escapes">Of each the unit eigenvector of its negative eigenvalue.</param>
    /// <param name="cancellation">Stops early; the rest is left as lost.</param>
    /// <returns>Paths and polished ends: of saddle k numbers 2k and 2k + 1.</returns>
    public (DownhillPath[] Paths, PolishedSet Ends) Run(IReadOnlyList<double[]> saddles, IReadOnlyList<double[]> escapes, CancellationToken cancellation = default)
    {
        var d = objective.Dimension;
        var paths = Enumerable.Range(0, 2 * saddles.Count).Select(_ => new DownhillPath()).ToArray();
        var starts = saddles.SelectMany(s => s.Concat(s)).ToArray();
        var away = escapes.SelectMany(e => new[] { e, [.. e.Select(v => -v)] }).ToArray();
        var walked = WalkItems.Run(objective, derivatives, starts, paths.Length, threads, () => new ModeDirections(objective, derivatives, () => new DownhillWalk(objective, k => away[k], k => paths[k])), null, cancellation);
        // Where steps are used up on the floor of a long valley, what follows valleys comes to the minimum.
        var ended = Enumerable.Range(0, paths.Length).Where(k => paths[k].Values.Count > 1 && paths[k].End != DownhillEnd.Endless).ToArray();
        var ends = ended.SelectMany(k => walked.Points.AsSpan(k * d, d).ToArray()).ToArray();
        var polish = new LanePolish(objective, derivatives, threads);
        var polished = polish.Run(ends, ended.Length, null, cancellation);
        if (ValleyFollowing.Has(objective))
        {
            new ValleyFollowing(objective, derivatives, polish, threads).Follow(ends, _ => true, polished, CancellationToken.None);
        }

        for (var k = 0; k < ended.Length; k++)
        {
            walked.Take(ended[k], polished, k);
            paths[ended[k]].End = polished.Endless[k] ? DownhillEnd.Endless : paths[ended[k]].End;
            // What polishing took uphill is not where the path led.
            walked.Stationary[ended[k]] = polished.Stationary[k] && polished.Values[k] <= paths[ended[k]].Values[0];
        }

        walked.Evaluations += polished.Evaluations;
        return (paths, walked);
    }
}
