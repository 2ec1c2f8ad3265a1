using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Brings endpoints to stationarity in double precision: by polish, and down the valleys that polish does not leave.</summary>
internal sealed class Refinement
{
    private readonly IPolish polish;
    private readonly ValleyFollowing? valleys;
    private readonly RemovableSingularities singularities;

    /// <param name="objective">Whose endpoints are polished.</param>
    /// <param name="device">What descended: it polishes too, where it can.</param>
    public Refinement(Objective objective, FallbackDevice device)
    {
        polish = device.Polish(objective);
        valleys = objective.Dimension <= LanePolish.MostCoordinates && ValleyFollowing.Has(objective)
            ? new(objective, Derivatives.Of(objective, device.Lanes.Bits), polish, device.Lanes.Threads)
            : null;
        singularities = new(objective, Derivatives.Of(objective, device.Lanes.Bits));
    }

    /// <summary>Whether points that a device found stationary are so for good: none of them is mere rounding, of a formula that has another value there.</summary>
    public bool Confirms(PolishedSet set)
    {
        var mended = new PolishedSet(set.Dimension, set.Count);
        for (var k = 0; k < set.Count; k++)
        {
            mended.Take(k, set, k);
        }

        singularities.Mend(mended);
        return mended.Points.AsSpan().SequenceEqual(set.Points) && mended.Stationary.AsSpan().SequenceEqual(set.Stationary);
    }

    public PolishedSet Run(EndpointPool.EndPoints ends, Action<long>? progress, CancellationToken cancellation = default)
    {
        var set = polish.Run(ends.Points, ends.Count, progress, cancellation)!;
        if (cancellation.IsCancellationRequested)
        {
            return set;
        }

        valleys?.Follow(ends.Points, ends.HasConverged, set, cancellation);
        if (!cancellation.IsCancellationRequested)
        {
            singularities.Mend(set);
        }

        return set;
    }
}
