namespace LandscapeGpu.Evidence;

/// <summary>How far points are from minima, modulo the declared symmetry.</summary>
/// <remarks>
/// By the symmetry's own formula (<see cref="Objectives.Symmetries.Symmetry.Distance"/>) where it has one; else from the minima and the nearest images of
/// them that its alignment comes to, such as an assignment of hidden units or a rotation of a cluster: an upper bound where alignments are searches.
/// Of a floor one point is listed; the floor's own nearest point is at most as far as where Newton's method comes to it.
/// </remarks>
internal sealed class DistanceToMinima
{
    // Far from a floor there is curvature along it, too: walls that are as steep as a tenth of the steepest are crossed from there.
    private static readonly double[] FlatShares = [Stationarity.QuarterOfTheDigits, 0.1];

    private readonly Objective objective;
    private readonly List<double[]> places;
    private readonly List<StationaryPoint> floors;
    private readonly Dictionary<double[], double> toFloors = [];

    public DistanceToMinima(Objective objective, IEnumerable<StationaryPoint> minima)
    {
        this.objective = objective;
        var all = minima.ToList();
        places = [.. all.Select(m => m.Place.ToArray())];
        floors = objective.Surface is null && objective.Dimension <= LanePolish.MostCoordinates ? [.. all.Where(m => m is { IsFlatFamily: true, FlatBeyondOrbit: > 0, Kind: StationaryKind.DegenerateMinimum })] : [];
    }

    /// <summary>Whether minima are floors, of which distances are known for points that were looked at.</summary>
    public bool HasFloors => floors.Count > 0;

    /// <summary>What distances are, in words.</summary>
    public string Words => objective.MovingSymmetry is null ? "Euclidean distances"
        : places.Count == 0 || objective.MovingSymmetry.Distance(places[0], places[0]) is not null ? "distances modulo the symmetry"
        : "distances modulo the symmetry, of the nearest images that a search comes to";

    /// <summary>Looks at how far points are from floors.</summary>
    /// <param name="points">The points.</param>
    /// <param name="lanes">What walks to the floors.</param>
    /// <param name="stop">Ends the look.</param>
    /// <exception cref="OperationCanceledException">It was stopped: what has not been looked at would seem farther than it is.</exception>
    public void Look(IReadOnlyList<double[]> points, LaneDevice lanes, CancellationToken stop = default)
    {
        if (!HasFloors)
        {
            return;
        }

        // Newton's method leads across a floor and along it; what goes across it alone is nearer, and may not arrive.
        var derivatives = Derivatives.Of(objective, lanes.Bits);
        var all = points.SelectMany(p => p).ToArray();
        Note(points, new LanePolish(objective, derivatives, lanes.Threads).Run(all, points.Count, null, stop));
        foreach (var flat in FlatShares)
        {
            Note(points, WalkItems.Run(objective, derivatives, all, points.Count, lanes.Threads, () => new HeldDirections(objective, derivatives, sides => new SteepWalk(objective.Dimension, sides) { Flat = flat }), null, stop));
        }

        stop.ThrowIfCancellationRequested();
    }

    private void Note(IReadOnlyList<double[]> points, PolishedSet ends)
    {
        var d = objective.Dimension;
        foreach (var (k, point) in points.Index().Where(p => ends.Stationary[p.Index]))
        {
            if (floors.Exists(f => Stationarity.AreSame(ends.Values[k], ends.Roundings[k], f.Value, f.Rounding)))
            {
                toFloors[point] = Math.Min(toFloors.GetValueOrDefault(point, double.PositiveInfinity), Symmetry.Euclidean(point, ends.Points.AsSpan(k * d, d).ToArray()));
            }
        }
    }

    /// <summary>The distance of the nearest minimum or image of one; infinity where there is none.</summary>
    public double From(double[] point) => Math.Min(places.Count == 0 ? double.PositiveInfinity : places.Min(p => Between(p, point)), toFloors.GetValueOrDefault(point, double.PositiveInfinity));

    /// <summary>The least distance of two minima that are not images of one another, nor one point to rounding; NaN where there are no two.</summary>
    public double LeastApart
    {
        get
        {
            var apart = from i in Enumerable.Range(0, places.Count)
                        from j in Enumerable.Range(i + 1, places.Count - i - 1)
                        let distance = Between(places[i], places[j])
                        where distance > Stationarity.HalfTheDigits * (Inner.Norm(places[i]) + Inner.Norm(places[j]))
                        select distance;
            return apart.DefaultIfEmpty(double.NaN).Min();
        }
    }

    private double Between(double[] minimum, double[] point) => objective.MovingSymmetry is not { } symmetry ? Symmetry.Euclidean(minimum, point)
        : symmetry.Distance(minimum, point) ?? Math.Min(Symmetry.Euclidean(minimum, point), Symmetry.Euclidean(symmetry.Aligned(point, minimum), point));
}
