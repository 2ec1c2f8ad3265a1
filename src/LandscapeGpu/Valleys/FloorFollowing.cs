namespace LandscapeGpu.Valleys;

/// <summary>Goes on from places on the floors of valleys of steep walls, in a box: down by values, and polishes where that ends.</summary>
/// <remarks>
/// A coordinate counts as known to a rounding of its unit. Where a wall rises over a millionth of that, as of 10⁴x₀x₁ = 1 beside a side of 50, the last digit so counted changes the gradient by more than its slope
/// along the floor, and each restart ended at a place of its own. Others were lost, where descent had found a short gradient and polish no way along the bend. A place that a long way leads down from, to no end, is not stationary.
/// </remarks>
internal sealed class FloorFollowing(Objective objective, Derivatives derivatives, IPolish polish, int threads)
{
    // Some hundred Hessians and their factors for each: in more coordinates that is much beside a descent.
    private const int MostCoordinates = 64;

    // A walk takes a few hundred steps, and the last has to find that there is nowhere to go; a valley that is longer is not followed to its end.
    private const int MostWalks = 8;

    private readonly FloorEnds floors = new(objective, derivatives, polish, threads);
    private readonly StationarySearch search = new(objective, derivatives, threads) { Walk = ValleySide.Walk(objective.Region, isMeantAsIs: true) };

    /// <summary>Whether the landscape has floors that this can follow.</summary>
    public static bool Has(Objective objective) => objective.Dimension <= MostCoordinates && objective.Region.Sides is not null && !objective.Region.IsWholeSpace;

    /// <param name="ends">What was polished.</param>
    /// <param name="isShort">Whether descent ended at a short gradient, of each.</param>
    /// <param name="set">What polishing made of them; completed.</param>
    /// <param name="cancellation">Stops early: the rest is left as it is.</param>
    public void Follow(ReadOnlySpan<double> ends, Func<int, bool> isShort, PolishedSet set, CancellationToken cancellation)
    {
        int[] left = [.. Enumerable.Range(0, set.Count).Where(k => set.Stationary[k] ? set.OnFloor[k] : !set.Endless[k] && double.IsFinite(set.Values[k]) && isShort(k))];
        var d = set.Dimension;
        var from = new double[left.Length * d];
        for (var j = 0; j < left.Length; j++)
        {
            // Who was lost may have been led out of its valley.
            (set.Stationary[left[j]] ? set.Points.AsSpan() : ends).Slice(left[j] * d, d).CopyTo(from.AsSpan(j * d));
        }

        for (var walk = 0; walk < MostWalks && left.Length > 0 && !cancellation.IsCancellationRequested; walk++)
        {
            var (begun, began) = (left, from);
            (left, from) = Walked(left, from, set, cancellation);
            // Of a fall so slight that walks by values did not see it, or did not see the end of it.
            int[] lost = [.. Enumerable.Range(0, begun.Length).Where(j => walk == 0 && !set.Stationary[begun[j]] && !left.Contains(begun[j]))];
            int[] some = [.. left, .. lost.Select(j => begun[j])];
            double[] places = [.. from, .. lost.SelectMany(j => began.AsSpan(j * d, d).ToArray())];
            var isLed = floors.Lead(places, some, set, cancellation);
            int[] still = [.. Enumerable.Range(0, left.Length).Where(j => !isLed[j])];
            (left, from) = ([.. still.Select(j => left[j])], [.. still.SelectMany(j => places.AsSpan(j * d, d).ToArray())]);
        }

        foreach (var k in cancellation.IsCancellationRequested ? [] : left)
        {
            set.Stationary[k] = false;
        }
    }

    /// <summary>Follows some once, and answers which of them lead on, and where they are.</summary>
    private (int[] Left, double[] From) Walked(int[] some, double[] from, PolishedSet set, CancellationToken cancellation)
    {
        var d = set.Dimension;
        var walked = search.Run(from, some.Length, null, cancellation);
        set.Evaluations += walked.Evaluations;
        int[] down = [.. Enumerable.Range(0, some.Length).Where(j => walked.OnFloor[j])];
        if (down.Length == 0 || cancellation.IsCancellationRequested)
        {
            return ([], []);
        }

        double[] reached = [.. down.SelectMany(j => walked.Points.AsSpan(j * d, d).ToArray())];
        var polished = polish.Run(reached, down.Length, null, cancellation)!;
        set.Evaluations += polished.Evaluations;
        var (left, places) = (new List<int>(), new List<double>());
        for (var j = 0; j < down.Length; j++)
        {
            polished.Widen(j, walked.Uncertainties[down[j]]);
            var k = some[down[j]];
            var place = reached.AsSpan(j * d, d);
            var leadsOn = ValleySide.LeadsOn(objective.Region, from.AsSpan(down[j] * d, d), walked, down[j]);
            if (polished.Stationary[j] && !(polished.Values[j] > walked.Values[down[j]] + (Stationarity.Margin * polished.Roundings[j])))
            {
                // Beside where it began nothing is gained, and polish knew better how far it is known.
                if (leadsOn || !set.Stationary[k])
                {
                    set.Take(k, polished, j);
                }
            }
            else if (set.Stationary[k])
            {
                set.Take(k, walked, down[j]);
                (set.Stationary[k], leadsOn) = (false, true);
            }

            // What polish holds for stationary may be a place on the floor again.
            if (leadsOn)
            {
                left.Add(k);
                places.AddRange(set.Stationary[k] ? set.Points.AsSpan(k * d, d).ToArray() : place.ToArray());
            }
        }

        return ([.. left], [.. places]);
    }
}
