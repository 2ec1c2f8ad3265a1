using LandscapeGpu.Valleys;

namespace LandscapeGpu.Pathways;

/// <summary>Both downhill sides of many saddles, one side a lane, each polished to the minimum it comes to.</summary>
internal sealed class DownhillPaths(Objective objective, Derivatives derivatives, LaneDevice device)
{
    // Of each step the value is looked at in so many places: a wall that is thinner stands between two of them only by chance.
    private const int Looks = 16;

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
        var walked = WalkItems.Run(objective, derivatives, starts, paths.Length, device.Threads, () => new ModeDirections(objective, derivatives, () => new DownhillWalk(objective, k => away[k], k => paths[k])), null, cancellation);
        // Where steps are used up on the floor of a long valley, what follows valleys comes to the minimum.
        var ended = Enumerable.Range(0, paths.Length).Where(k => paths[k].Values.Count > 1 && paths[k].End != DownhillEnd.Endless).ToArray();
        var ends = ended.SelectMany(k => walked.Points.AsSpan(k * d, d).ToArray()).ToArray();
        var polish = new LanePolish(objective, derivatives, device.Threads);
        var polished = polish.Run(ends, ended.Length, null, cancellation);
        if (ValleyFollowing.Has(objective))
        {
            new ValleyFollowing(objective, derivatives, polish, device.Threads).Follow(ends, _ => true, polished, CancellationToken.None);
        }

        for (var k = 0; k < ended.Length; k++)
        {
            walked.Take(ended[k], polished, k);
            paths[ended[k]].End = polished.Endless[k] ? DownhillEnd.Endless : paths[ended[k]].End;
            // What polishing took uphill is not where the path led.
            walked.Stationary[ended[k]] = polished.Stationary[k] && polished.Values[k] <= paths[ended[k]].Values[0];
        }

        walked.Evaluations += polished.Evaluations;
        BlockAtJumps(ended, paths, walked, cancellation);
        GoOnInwards(paths, walked, cancellation);
        return (paths, walked);
    }

    /// <summary>What passes a jump onto a value above its saddle's is no way down from it: slopes on both sides of a jump may agree, and so do values at the ends of a long step.</summary>
    private void BlockAtJumps(int[] ended, DownhillPath[] paths, PolishedSet walked, CancellationToken cancellation)
    {
        if (!Smoothness.MayJump(objective.Value))
        {
            return;
        }

        using var values = new MirroredValues(objective, device.Bits);
        var jumps = new HeldByJumps(objective, device.Bits);
        foreach (var k in ended)
        {
            if (cancellation.IsCancellationRequested)
            {
                // Nobody looked whether it passes one.
                (paths[k].End, walked.Stationary[k]) = (DownhillEnd.Lost, false);
            }

            // What polishing did at the end is a piece of the way like any other.
            else if (jumps.HighestRise(values, [.. paths[k].Points, .. walked.Stationary[k] ? [walked.Points.AsSpan(k * objective.Dimension, objective.Dimension).ToArray()] : Array.Empty<double[]>()], Looks) > paths[k].Values[0])
            {
                (paths[k].End, walked.Stationary[k]) = (DownhillEnd.Blocked, false);
            }
        }
    }

    /// <summary>Of paths that ended within a face from which f falls inwards: on into the region. Square roots that are zero stay so downhill, and the points that they stand for do not.</summary>
    private void GoOnInwards(DownhillPath[] paths, PolishedSet walked, CancellationToken cancellation)
    {
        if (!objective.Region.HasOwnCoordinates || cancellation.IsCancellationRequested)
        {
            return;
        }

        var d = objective.Dimension;
        var arrived = Enumerable.Range(0, paths.Length).Where(k => walked.Stationary[k]).ToArray();
        double[][] ends = [.. arrived.Select(k => walked.Points.AsSpan(k * d, d).ToArray())];
        var lowest = LowestModes.Of(objective, ends, 1, device);
        var held = Enumerable.Range(0, arrived.Length).Where(j => lowest[j].NegativeAmongLowest > 0 && objective.Region.IsFoldedAlong(ends[j], lowest[j].Vectors[0])).ToArray();
        if (held.Length == 0)
        {
            return;
        }

        // Each round leads off a face and to a lower value, so that there are no more of them than coordinates.
        var (further, reached) = Run([.. held.Select(j => ends[j])], [.. held.Select(j => lowest[j].Vectors[0])], cancellation);
        for (var j = 0; j < held.Length; j++)
        {
            // Both sides show the same points.
            var (k, side) = (arrived[held[j]], 2 * j);
            paths[k].Append(further[side]);
            walked.Take(k, reached, side);
            walked.Stationary[k] = reached.Stationary[side];
        }

        walked.Evaluations += reached.Evaluations;
    }
}
