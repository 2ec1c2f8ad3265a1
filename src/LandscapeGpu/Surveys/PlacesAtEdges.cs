using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Places beside 0 in a coordinate across which the formula ends or jumps, nearer than the coordinate's unit has digits for: they are how far descents came on a way that ends there, one row for all.</summary>
/// <remarks>
/// As τ goes to 0 from one side, K/(1 + exp((c − t)/τ)) is level since exponentials have underflowed, and from the other side it is something else; Pow(K, n) ends at K = 0. A minimum of
/// its own there, in a unit that nobody told, as of ln²(x/10⁻¹⁵), has the value rise towards 0.
/// </remarks>
/// <param name="objective">Its coordinates are those that move.</param>
/// <param name="rounding">Bounds of its values' rounding.</param>
/// <param name="slopes">Its values.</param>
internal sealed class PlacesAtEdges(Objective objective, HessianRounding rounding, PointDerivatives slopes)
{
    // Of the coordinate, in powers of two: as far as its exponent goes without leaving normal numbers.
    private static readonly int[] Towards = [1, 4, 16, 64, 256];

    /// <summary>The points, and for each group the point it came to.</summary>
    /// <param name="objective">Whose points they are.</param>
    /// <param name="points">In the units of the formula.</param>
    /// <param name="pointOf">For each group which of them it came to.</param>
    /// <param name="kinds">Bounds of rounding.</param>
    /// <param name="bits">The width of vectors.</param>
    public static (IReadOnlyList<StationaryPoint> Points, int[] PointOf) Joined(Objective objective, IReadOnlyList<StationaryPoint> points, int[] pointOf, PointKinds kinds, int bits)
    {
        if (objective.MayTie || objective.Surface is not null || objective.Region.HasOwnCoordinates || !(Smoothness.MayHavePole(objective.Value) || Smoothness.MayBeSteep(objective.Value)))
        {
            return (points, pointOf);
        }

        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, bits));
        var edges = new PlacesAtEdges(objective, kinds.Rounding, slopes);
        StationaryPoint[] told = [.. points];
        var (firsts, home) = (new Dictionary<string, int>(), new int[points.Count]);
        foreach (var k in Enumerable.Range(0, points.Count).OrderBy(k => points[k].Value))
        {
            home[k] = k;
            if (edges.At(told[k]) is { Length: > 0 } at)
            {
                told[k] = told[k] with { Kind = edges.RisesTowards(told[k], at) ? StationaryKind.Undecided : StationaryKind.Tail };
                home[k] = firsts.TryAdd(string.Join(' ', at), k) ? k : firsts[string.Join(' ', at)];
            }
        }

        int[] left = [.. Enumerable.Range(0, told.Length).Where(k => home[k] == k)];
        var members = Enumerable.Range(0, told.Length).ToLookup(k => home[k], k => points[k]);
        return ([.. left.Select(k => told[k] with { Count = members[k].Sum(p => p.Count), Places = members[k].Sum(p => p.Places) })], [.. pointOf.Select(k => Array.IndexOf(left, home[k]))]);
    }

    /// <summary>The coordinates across whose 0 the formula ends or jumps, of a point that lies beside it and is no minimum by its curvatures.</summary>
    private int[] At(StationaryPoint point)
    {
        if (point.Kind is not (StationaryKind.DegenerateMinimum or StationaryKind.SingularMinimum or StationaryKind.Singular or StationaryKind.Undecided or StationaryKind.Tail or StationaryKind.FallingValley or StationaryKind.DegenerateSaddle) || point.IsOnBoundary)
        {
            return [];
        }

        var place = objective.Units.Moving(point.Place);
        int[] at = [.. Enumerable.Range(0, place.Length).Where(i => place[i] != 0 && Math.Abs(place[i]) <= Stationarity.ThreeQuartersOfTheDigits && IsAcross(place, i))];
        return point.IsMinimum && at.Length > 0 && RisesTowards(point, at) ? [] : at;
    }

    private bool IsAcross(double[] place, int i)
    {
        var (here, across) = (ValueAt(place, i, 1), ValueAt(place, i, -1));
        return !double.IsFinite(across.Value) || Math.Abs(across.Value - here.Value) > Stationarity.Margin * (here.Bound + across.Bound + Math.Abs(ValueAt(place, i, 0.5).Value - here.Value));
    }

    private bool RisesTowards(StationaryPoint point, int[] at)
    {
        var place = objective.Units.Moving(point.Place);
        return at.Any(i => ValueAt(place, i, 1) is var here && Towards.Any(k => ValueAt(place, i, Math.ScaleB(1, -k)) is var near && !(near.Value <= here.Value + (Stationarity.Margin * (here.Bound + near.Bound)))));
    }

    private (double Value, double Bound) ValueAt(double[] place, int i, double factor)
    {
        double[] there = [.. place];
        there[i] *= factor;
        var (value, bound) = (slopes.Value(there), rounding.ExactValueBound(there));
        // Where exponentials have overflowed on the way to a value that is finite, nothing bounds its rounding.
        return (value, double.IsFinite(bound) ? bound : Stationarity.SumOfRoundings * Math.Abs(value));
    }
}
