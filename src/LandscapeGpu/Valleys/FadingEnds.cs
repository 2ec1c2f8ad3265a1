namespace LandscapeGpu.Valleys;

/// <summary>Which of the places that a walk down a valley has come to, without an end, lie on tails: exp(−x) falls for ever, and is as curved as it is steep wherever one looks.</summary>
/// <remarks>Such a valley has no floor that is flat against what surrounds it, and near a Gaussian's no step is long: by distance alone it is not told from a valley that merely bends.</remarks>
internal sealed class FadingEnds(Objective objective, Derivatives derivatives, int threads)
{
    /// <summary>Notes the ends that lie on tails as out of reach.</summary>
    /// <remarks>Where a tail has sunk into the rounding of what stands beside it, the place where the walk began tells, if the slope has faded since.</remarks>
    /// <param name="starts">Where walks began.</param>
    /// <param name="walked">Where they ended.</param>
    /// <param name="cancellation">Stops early: the others stay what they are.</param>
    public void Note(double[] starts, PolishedSet walked, CancellationToken cancellation)
    {
        var d = walked.Dimension;
        Note(walked, [.. Enumerable.Range(0, walked.Count).Where(k => !walked.Stationary[k] && !walked.Endless[k] && double.IsFinite(walked.Values[k]))], (k, slopes, isTail) =>
        {
            var (start, end) = (starts.AsSpan(k * d, d).ToArray(), walked.Points.AsSpan(k * d, d).ToArray());
            return isTail(end) || (slopes.At(end).GradientNorm < slopes.At(start).GradientNorm && isTail(start));
        }, cancellation);
    }

    /// <summary>Notes the descents that stopped on tails before their gradient was short, as where single precision shows no fall any more.</summary>
    /// <param name="ends">Where descents ended.</param>
    /// <param name="stopped">Which of them stopped so.</param>
    /// <param name="set">What polish made of all.</param>
    /// <param name="cancellation">Stops early.</param>
    public void NoteStopped(double[] ends, int[] stopped, PolishedSet set, CancellationToken cancellation) =>
        Note(set, set.Dimension > Tails.MostSettled ? [] : stopped, (k, _, isTail) => isTail(ends.AsSpan(k * set.Dimension, set.Dimension).ToArray()), cancellation);

    private void Note(PolishedSet set, int[] left, Func<int, PointDerivatives, Func<double[], bool>, bool> isEndless, CancellationToken cancellation)
    {
        if (left.Length == 0)
        {
            return;
        }

        var next = -1;
        Workers.Run(Math.Min(threads, left.Length), stop =>
        {
            using var slopes = new PointDerivatives(objective, derivatives);
            using var hessians = new LaneHessians(derivatives, objective);
            using var rounding = new HessianRounding(objective, derivatives);
            var fading = new FadingSlope(slopes, rounding.GradientBounds, set.Dimension);
            var gradient = new double[set.Dimension];
            for (var item = Interlocked.Increment(ref next); item < left.Length && !stop.IsCancellationRequested; item = Interlocked.Increment(ref next))
            {
                set.Endless[left[item]] = isEndless(left[item], slopes, IsTail);
            }

            bool IsTail(double[] place)
            {
                slopes.Gradient(place, gradient);
                var held = objective.Region.Active(place).Where(s => s.IsFixed || s.Holds(gradient)).Select(s => s.Coordinate).OfType<int>().ToHashSet();
                return fading.IsAt(place, hessians.At(place), rounding.GradientBounds(place), held);
            }
        }, cancellation);
    }
}
