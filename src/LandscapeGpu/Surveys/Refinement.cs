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

    /// <param name="objective">Whose endpoints are polished.</param>
    /// <param name="device">What descended: it polishes too, where it can.</param>
    public Refinement(Objective objective, FallbackDevice device)
    {
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

    /// <summary>Whether points that a device found stationary are so for good: none of them is mere rounding, of a formula that has another value there, or beside a side.</summary>
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
            && mended.Values.AsSpan().SequenceEqual(set.Values) && mended.Roundings.AsSpan().SequenceEqual(set.Roundings);
    }

    public PolishedSet Run(EndpointPool.EndPoints ends, Action<long>? progress, CancellationToken cancellation = default) => seen is null
        ? Polished(ends.Points, ends.Count, ends.HasConverged, progress, cancellation)
        : seen.Run(ends.Points, ends.Count, some => Polished(Of(ends, some), some.Length, k => ends.HasConverged(some[k]), null, cancellation), progress, cancellation);

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
        }

        return set;
    }

    private static double[] Of(EndpointPool.EndPoints ends, int[] some)
    {
        var d = ends.Points.Length / ends.Count;
        return [.. some.SelectMany(k => ends.Points.AsSpan(k * d, d).ToArray())];
    }
}
