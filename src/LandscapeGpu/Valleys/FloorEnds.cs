namespace LandscapeGpu.Valleys;

/// <summary>Leads restarts that were lost on floors to where these end, and polishes them there.</summary>
/// <remarks>Steps of a descent are as short as the walls beside a floor are near, and of so slight a fall there are too many; a walk along the floor has steps as long as it is straight.</remarks>
internal sealed class FloorEnds(Objective objective, Derivatives derivatives, IPolish polish, int threads)
{
    // In more, as of networks, floors have many dimensions and no one way down, and some hundred Hessians for each restart are much beside its descent.
    private const int MostCoordinates = 16;

    /// <summary>Leads some of those that are not stationary.</summary>
    /// <param name="places">Where they are, as many as there are of these, d coordinates each.</param>
    /// <param name="some">Which they are.</param>
    /// <param name="set">What polishing made of them; completed.</param>
    /// <param name="cancellation">Stops early: the rest is left as it is.</param>
    /// <returns>Which of them came to a stationary point.</returns>
    public bool[] Lead(double[] places, int[] some, PolishedSet set, CancellationToken cancellation)
    {
        var (d, next, walks, isLed) = (set.Dimension, -1, new Walked?[some.Length], new bool[some.Length]);
        if (d > MostCoordinates || some.Length == 0)
        {
            return isLed;
        }

        Workers.Run(Math.Min(threads, some.Length), stop =>
        {
            using var slopes = new PointDerivatives(objective, derivatives);
            using var rounding = new HessianRounding(objective, derivatives);
            using var walk = new FloorWalk(objective, derivatives, slopes, rounding) { Flops = double.PositiveInfinity, StepsEach = 0 };
            for (var item = Interlocked.Increment(ref next); item < some.Length && !stop.IsCancellationRequested; item = Interlocked.Increment(ref next))
            {
                walks[item] = walk.Down(places.AsSpan(item * d, d).ToArray());
            }
        }, cancellation);
        for (var j = 0; j < some.Length; j++)
        {
            set.Endless[some[j]] |= objective.Region.IsWholeSpace && walks[j] is { } walk && walk.IsEndless(objective.Region.Reach(walk.Begin.Point));
        }

        int[] led = [.. Enumerable.Range(0, some.Length).Where(j => walks[j] is { HasEnd: true })];
        if (led.Length == 0 || cancellation.IsCancellationRequested)
        {
            return isLed;
        }

        var polished = polish.Run(led.SelectMany(j => walks[j]!.End.Point).ToArray(), led.Length, null, cancellation)!;
        set.Evaluations += polished.Evaluations;
        for (var l = 0; l < led.Length; l++)
        {
            var (walk, k) = (walks[led[l]]!, some[led[l]]);
            if (polished.Stationary[l] && !(polished.Values[l] - walk.End.Value > Stationarity.Margin * (polished.Roundings[l] + walk.End.Doubt)))
            {
                set.Take(k, polished, l);
                isLed[led[l]] = true;
            }
        }

        return isLed;
    }
}
