using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>What points are along which curvatures are no more than rounding, by the values around them.</summary>
internal static class FlatPoints
{
    // Forming a Hessian and its eigenvectors to look along what is flat takes some tens of times d³ operations; in more coordinates, and beyond some minutes of a core in all, curvatures alone decide.
    private const int MostToLook = 1024;
    private const double EigenvectorFlops = 40;

    // Of a flat set so many places are looked at besides the one that is shown.
    private const int MostPlaces = 8;

    // So many Hessians are kept until those points are decided: some vectors of walks.
    private const int MostHessians = 64;

    /// <summary>Those of many coordinates, the lowest first, as many as the work allows.</summary>
    public static IReadOnlyList<StationaryPoint> AsFarAsWorkAllows(Objective objective, IReadOnlyList<StationaryPoint> points, ILookup<int, double[]> members, FallbackDevice device, CancellationToken stop)
    {
        double d = objective.Dimension;
        var derivatives = Derivatives.Of(objective, device.Lanes.Bits);
        var each = ((d + Surroundings.MostLooks) * derivatives.ProductFlops) + (EigenvectorFlops * d * d * d);
        var looked = points.Where(p => p is { Kind: StationaryKind.DegenerateMinimum, IsFlatAtLeast: false }).OrderBy(p => p.Value).Take(d > MostToLook ? 0 : (int)Math.Min(points.Count, DescribedPoints.MostFlops / each)).ToHashSet(ReferenceEqualityComparer.Instance);
        if (looked.Count == 0)
        {
            return points;
        }

        using var kinds = new PointKinds(objective, derivatives);
        int[] at = [.. Enumerable.Range(0, points.Count).Where(k => looked.Contains(points[k]))];
        var decided = Decided(objective, [.. at.Select(k => points[k])], [.. at.Select(k => members[k])], kinds, device, stop);
        var result = points.ToArray();
        for (var k = 0; k < at.Length; k++)
        {
            result[at[k]] = decided[k];
        }

        return result;
    }

    /// <summary>Some of a flat set's places, each the farthest from those before it.</summary>
    private static IEnumerable<double[]> FarApart(double[] place, double[][] members)
    {
        double[] distances = [.. members.Select(m => Projection.SquaredDistance(m, place))];
        for (var k = 0; k < MostPlaces && distances.DefaultIfEmpty(0).Max() > 0; k++)
        {
            var next = members[Array.IndexOf(distances, distances.Max())];
            yield return next;
            distances = [.. distances.Zip(members, (least, m) => Math.Min(least, Projection.SquaredDistance(m, next)))];
        }
    }

    /// <summary>Points with flat directions that are not those of their orbits are minima only by the values around them.</summary>
    public static IReadOnlyList<StationaryPoint> Decided(Objective objective, IReadOnlyList<StationaryPoint> points, IReadOnlyList<IEnumerable<double[]>> members, PointKinds kinds, FallbackDevice device, CancellationToken stop) =>
        [.. Enumerable.Range(0, points.Count).Chunk(MostHessians).SelectMany(chunk =>
        {
            var looks = chunk.Select(k => Around(objective, points[k], kinds, device, stop)).ToList();
            // One walk takes as long as a vector of them.
            int[] asked = [.. Enumerable.Range(0, looks.Count).Where(k => looks[k] is { IsOpen: true, IsIsolated: false, Point.Kind: StationaryKind.DegenerateMinimum })];
            var leadsOn = ValleySide.Are(objective, [.. asked.Select(k => looks[k].Place)], device.Lanes.Bits, device.Lanes.Threads, stop);
            return looks.Select((look, k) => !look.IsOpen ? look.Point : Array.IndexOf(asked, k) is >= 0 and var a && leadsOn[a] ? look.Point with { Kind = StationaryKind.FallingValley } : Among(objective, look, [.. members[chunk[k]].Select(m => objective.Region.OnFaces(m))], kinds)).ToList();
        })];

    /// <summary>What is known of a point by the values around it, before a walk down its valley.</summary>
    /// <param name="Point">It, of the kind that these values say.</param>
    /// <param name="Place">Where it is, in the coordinates that move.</param>
    /// <param name="Hessian">There.</param>
    /// <param name="IsOpen">Whether more has to be looked at.</param>
    /// <param name="IsIsolated">Whether f rises all round it.</param>
    private readonly record struct Look(StationaryPoint Point, double[] Place, double[] Hessian, bool IsOpen, bool IsIsolated);

    private static Look Around(Objective objective, StationaryPoint point, PointKinds kinds, FallbackDevice device, CancellationToken stop)
    {
        if (point.Kind != StationaryKind.DegenerateMinimum || point.FlatDirections <= (point.Orbit?.Dimension ?? 0))
        {
            return new(point, [], [], false, false);
        }

        Look As(StationaryKind kind) => new(point with { Kind = kind }, [], [], false, false);
        if (stop.IsCancellationRequested)
        {
            return As(StationaryKind.Undecided);
        }

        var place = objective.Region.OnFaces(objective.Units.Moving(point.Place));
        var hessian = device.Lanes.Differentiate(objective).Hessians(place)!;
        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, device.Lanes.Bits));
        var isValley = objective.Region.HasOpenEnd && FallingValley.RunsFrom(slopes, place, hessian, point.FlatDirections, kinds.Rounding.ValueBound(place));
        if (isValley)
        {
            // What has a minimum and falls all the way that is looked along has it farther off than its rounding tells.
            return As(objective.HasLeast ? StationaryKind.Undecided : StationaryKind.FallingValley);
        }

        // Where curvatures that are known differ by half the digits already, those below rounding are no zeros for that: powers of a column that lies far from 0 have ever smaller ones.
        if (objective.Region.HasOpenEnd && objective.HasLeast && (point.ConditionInUnits ?? point.ConditionNumber) > 1 / Stationarity.HalfTheDigits)
        {
            return As(StationaryKind.Undecided);
        }

        var (kind, isIsolated) = kinds.OfDegenerate(place, hessian, point.FlatDirections);
        return new(point with { Kind = kind }, place, hessian, true, isIsolated);
    }

    /// <summary>What a point is by those of its flat set.</summary>
    private static StationaryPoint Among(Objective objective, Look look, double[][] members, PointKinds kinds)
    {
        var (point, place) = (look.Point, look.Place);
        if (point.Kind == StationaryKind.DegenerateMinimum && !look.IsIsolated && FarApart(place, members).Any(member => kinds.IsLeftDownhill(place, member)))
        {
            return point with { Kind = StationaryKind.DegenerateSaddle };
        }

        return point with { FlatDirections = kinds.FlatAt(place, look.Hessian, point.FlatDirections), RisesAllRound = look.IsIsolated && point.Orbit is null && kinds.IsOne(place, members) };
    }
}
