using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Brings endpoints to stationarity in double precision: by polish, and down the valleys that polish does not leave.</summary>
internal sealed class Refinement
{
    private readonly IPolish polish;
    private readonly ValleyFollowing? valleys;
    private readonly FloorFollowing? floors;
    private readonly RemovableSingularities singularities;
    private readonly SeenMinima? seen;
    private readonly SidesOfBox sides;
    private readonly Objective objective;
    private readonly int? bits;

    /// <param name="objective">Whose endpoints are polished.</param>
    /// <param name="device">What descended: it polishes too, where it can.</param>
    public Refinement(Objective objective, FallbackDevice device)
    {
        (this.objective, bits) = (objective, device.Lanes.Bits);
        polish = device.Polish(objective);
        valleys = objective.Dimension <= LanePolish.MostCoordinates && ValleyFollowing.Has(objective)
            ? new(objective, Derivatives.Of(objective, device.Lanes.Bits), polish, device.Lanes.Threads)
            : null;
        floors = FloorFollowing.Has(objective) ? new(objective, Derivatives.Of(objective, device.Lanes.Bits), polish, device.Lanes.Threads) : null;
        singularities = new(objective, Derivatives.Of(objective, device.Lanes.Bits));
        // A device that polishes by itself does so faster than endpoints can be looked at here.
        seen = device.PolishesOnLanes ? SeenMinima.For(objective, device.Lanes.Bits, device.Lanes.Threads) : null;
        sides = new(objective, Derivatives.Of(objective, device.Lanes.Bits));
        if (device.PolishesOnLanes)
        {
            // Made when first asked for; that is compilation, and not polish.
            _ = Derivatives.Of(objective, device.Lanes.Bits).Rounded;
        }
    }

    /// <summary>Whether points that a device found stationary are so for good: none of them is mere rounding, of a formula that has another value there, beside a side, or on a jump down.</summary>
    public bool Confirms(PolishedSet set)
    {
        var mended = new PolishedSet(set.Dimension, set.Count);
        for (var k = 0; k < set.Count; k++)
        {
            mended.Take(k, set, k);
        }

        singularities.Mend(mended);
        sides.Settle(mended);
        // A point that stays where it is may have had its value's rounding mended, which tells it from others.
        return mended.Points.AsSpan().SequenceEqual(set.Points) && mended.Stationary.AsSpan().SequenceEqual(set.Stationary)
            && mended.Values.AsSpan().SequenceEqual(set.Values) && mended.Roundings.AsSpan().SequenceEqual(set.Roundings)
            && HeldByJumps.Confirms(objective, bits, set);
    }

    public PolishedSet Run(EndpointPool.EndPoints ends, Action<long>? progress, CancellationToken cancellation = default)
    {
        var set = seen is null
            ? Polished(ends.Points, ends.Count, ends.HasConverged, progress, cancellation)
            : seen.Run(ends.Points, ends.Count, some => Polished(Of(ends, some), some.Length, k => ends.HasConverged(some[k]), null, cancellation), progress, cancellation);
        if (!cancellation.IsCancellationRequested)
        {
            HeldByJumps.Settle(objective, bits, ends.Points, ends.HasConverged, set, (below, count) => Polished(below, count, _ => false, null, cancellation));
        }

        return set;
    }

    private PolishedSet Polished(double[] points, int count, Func<int, bool> hasConverged, Action<long>? progress, CancellationToken cancellation)
    {
        var set = polish.Run(points, count, progress, cancellation)!;
        if (cancellation.IsCancellationRequested)
        {
            return set;
        }

        valleys?.Follow(points, hasConverged, set, cancellation);
        floors?.Follow(points, hasConverged, set, cancellation);
        if (!cancellation.IsCancellationRequested)
        {
            singularities.Mend(set);
            sides.Settle(set);
            TakeBack(points, hasConverged, set);
        }

        return set;
    }

    /// <summary>Takes back what went uphill: beside a pole a rounding of a coordinate changes the value by all of it, so that it looks the same as on the far side, where slopes are shorter; at that very point the value is known.</summary>
    private void TakeBack(double[] points, Func<int, bool> hasConverged, PolishedSet set)
    {
        // A slope that is short enough for descent is none beside a pole.
        int[] doubted = [.. Enumerable.Range(0, set.Count).Where(k => set.Stationary[k] && !hasConverged(k))];
        if (doubted.Length == 0)
        {
            return;
        }

        var (d, values) = (objective.Dimension, new double[doubted.Length]);
        double[][] starts = [.. doubted.Select(k => points.AsSpan(k * d, d).ToArray())];
        using (var retraction = new Retraction(objective, bits))
        using (var evaluator = new LaneValues(objective, bits))
        {
            // Descent is in the region to single precision.
            Array.ForEach(starts, start => retraction.Apply(start));
            evaluator.At([.. starts.SelectMany(start => start)], values);
        }

        int[] higher = [.. Enumerable.Range(0, doubted.Length).Where(j => set.Values[doubted[j]] > values[j] + (Stationarity.Margin * set.Roundings[doubted[j]]))];
        if (higher.Length == 0)
        {
            return;
        }

        var bounds = new RoundingTest(objective, Derivatives.Of(objective, bits), 1).ExactBounds(higher.SelectMany(j => starts[j]).ToArray(), higher.Length);
        using var fall = EndlessFall.Has(objective) ? new EndlessFall(objective, bits) : null;
        for (var n = 0; n < higher.Length; n++)
        {
            var (start, k, value) = (starts[higher[n]], doubted[higher[n]], values[higher[n]]);
            // What a formula loses itself, as by a change of units, may be all of the value there; farther from the pole it is not.
            if (set.Values[k] > value + (Stationarity.Margin * (bounds[n] + set.Roundings[k])) || fall?.From(start) is not null)
            {
                start.CopyTo(set.Points, k * d);
                (set.Values[k], set.Roundings[k], set.Stationary[k]) = (value, bounds[n], false);
            }
        }
    }

    private static double[] Of(EndpointPool.EndPoints ends, int[] some)
    {
        var d = ends.Points.Length / ends.Count;
        return [.. some.SelectMany(k => ends.Points.AsSpan(k * d, d).ToArray())];
    }
}
