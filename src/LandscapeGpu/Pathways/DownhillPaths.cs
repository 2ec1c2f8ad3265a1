using LandscapeGpu.Differentiation;
using LandscapeGpu.Objectives;
using LandscapeGpu.Polish;

namespace LandscapeGpu.Pathways;

/// <summary>Both downhill sides of many saddles, one side a lane, each polished to the minimum it comes to.</summary>
internal sealed class DownhillPaths(Objective objective, Derivatives derivatives, int threads)
{
    /// <param name="saddles">Saddles of index 1, in the coordinates that move.</param>
    /// <param name="cancellation">Stops early; the rest is left as lost.</param>
    /// <returns>Paths and polished ends: of saddle k numbers 2k and 2k + 1.</returns>
    public (DownhillPath[] Paths, PolishedSet Ends) Run(IReadOnlyList<double[]> saddles, CancellationToken cancellation = default)
    {
        var d = objective.Dimension;
        var paths = Enumerable.Range(0, 2 * saddles.Count).Select(_ => new DownhillPath()).ToArray();
        var starts = saddles.SelectMany(s => s.Concat(s)).ToArray();
        var walked = new StationarySearch(objective, derivatives, threads) { Walk = _ => new DownhillWalk(objective, k => k % 2 == 0 ? 1 : -1, k => paths[k]) }
            .Run(starts, paths.Length, null, cancellation);
        var arrived = Enumerable.Range(0, paths.Length).Where(k => walked.Stationary[k]).ToArray();
        var polished = arrived.Length == 0 ? new PolishedSet(d, 0)
            : new LanePolish(objective, derivatives, threads).Run(arrived.SelectMany(k => walked.Points.AsSpan(k * d, d).ToArray()).ToArray(), arrived.Length, null, cancellation);
        for (var k = 0; k < arrived.Length; k++)
        {
            walked.Take(arrived[k], polished, k);
            // What polishing took uphill is not where the path led.
            walked.Stationary[arrived[k]] = polished.Stationary[k] && polished.Values[k] <= paths[arrived[k]].Values[0];
        }

        walked.Evaluations += polished.Evaluations;
        return (paths, walked);
    }
}
