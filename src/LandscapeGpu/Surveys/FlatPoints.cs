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
        return [.. points.Select((p, k) => looked.Contains(p) ? Decided(objective, p, members[k], kinds, device, stop) : p)];
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

    /// <summary>A point with flat directions that are not those of its orbit is a minimum only by the values around it.</summary>
    public static StationaryPoint Decided(Objective objective, StationaryPoint point, IEnumerable<double[]> members, PointKinds kinds, FallbackDevice device, CancellationToken stop)
    {
        if (point.Kind != StationaryKind.DegenerateMinimum || point.FlatDirections <= (point.Orbit?.Dimension ?? 0))
        {
            return point;
        }

        if (stop.IsCancellationRequested)
        {
            return point with { Kind = StationaryKind.Undecided };
        }

        var place = objective.Region.OnFaces(objective.Units.Moving(point.Place));
        var hessian = device.Lanes.Differentiate(objective).Hessians(place)!;
        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, device.Lanes.Bits));
        var isValley = objective.Region.HasOpenEnd && FallingValley.RunsFrom(slopes, place, hessian, point.FlatDirections, kinds.Rounding.ValueBound(place));
        if (isValley)
        {
            // What has a minimum and falls all the way that is looked along has it farther off than its rounding tells.
            return point with { Kind = objective.HasLeast ? StationaryKind.Undecided : StationaryKind.FallingValley };
        }

        // Where curvatures that are known differ by half the digits already, those below rounding are no zeros for that: powers of a column that lies far from 0 have ever smaller ones.
        if (objective.Region.HasOpenEnd && objective.HasLeast && (point.ConditionInUnits ?? point.ConditionNumber) > 1 / Stationarity.HalfTheDigits)
        {
            return point with { Kind = StationaryKind.Undecided };
        }

        var (kind, isIsolated) = kinds.OfDegenerate(place, hessian, point.FlatDirections);
        if (kind == StationaryKind.DegenerateMinimum && !isIsolated && ValleySide.Is(objective, place, device.Lanes.Bits, stop))
        {
            return point with { Kind = StationaryKind.FallingValley };
        }

        if (kind == StationaryKind.DegenerateMinimum && !isIsolated && FarApart(place, [.. members.Select(m => objective.Region.OnFaces(m))]).Any(member => kinds.IsLeftDownhill(place, member)))
        {
            return point with { Kind = StationaryKind.DegenerateSaddle };
        }

        return point with { Kind = kind, FlatDirections = kinds.FlatAt(place, hessian, point.FlatDirections), RisesAllRound = isIsolated && point.Orbit is null && kinds.IsOne(place, members.Select(m => objective.Region.OnFaces(m))) };
    }
}
