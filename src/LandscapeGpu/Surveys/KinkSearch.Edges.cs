namespace LandscapeGpu.Surveys;

// Places at the edge of the formula's definition.
internal sealed partial class KinkSearch
{
    // A descent along an edge and a look at where it ends; where a flat family is all of it, as much to join it.
    private const long MostAtEdge = 1024;

    /// <summary>Whether no Hessian has told that a point is a minimum.</summary>
    private static bool IsUntold(StationaryPoint point) =>
        point.Kind is not (StationaryKind.Minimum or StationaryKind.BoundaryMinimum or StationaryKind.DegenerateMinimum)
        || (point.Kind == StationaryKind.DegenerateMinimum && point.FlatDirections == point.Place.Count);

    /// <summary>Whether a point that is known lies at an edge of the definition, where no Hessian tells what it is, and beside no pole.</summary>
    private bool IsAtEdge(StationaryPoint known) => IsUntold(known) && EndOf(known, -1) is var end && values.OntoEdge(end.Point, end.Value) is not null && fall?.From(end.Point) is null;

    /// <summary>The minimum that a place at an edge of the definition leads straight down to along it, or lies on level ground with.</summary>
    private End? AlongEdge(End start, List<End> sure)
    {
        if (values.OntoEdge(start.Point, start.Value) is not var (point, value, _))
        {
            return null;
        }

        var onto = start with { Point = point, Value = value };
        return sure.Where(e => e.Value <= value || KinkFamilies.HaveOneValue(e, onto)).OrderBy(e => Apart(e.Point, point)).Take(MostTries).FirstOrDefault(e => KinkFamilies.IsDownhillAlongEdge(values, onto, e)) is not { } below ? null
            // Of a flat family every place shows a piece.
            : Math.Abs(below.Value - value) <= Stationarity.Margin * below.Rounding && Apart(below.Point, point) > SamePlace ? onto with { Kind = below.Kind, Rounding = below.Rounding } : below;
    }

    /// <summary>The minimum that a place at an edge of the definition leads down to along it; null where there is none, or it is at no edge.</summary>
    private End? AtEdge(End start, List<End> sure)
    {
        if (values.OntoEdge(start.Point, start.Value) is not var (point, _, _))
        {
            return null;
        }

        values.AlongEdge(point, () => descent.Run(point, start.Place, budget / LeastPlaces, hulls: 1));
        if (values.OntoEdge(point, start.Value) is not var (there, value, _))
        {
            return null;
        }

        var end = kinds.EndAt(there, value, start.Place);
        if (sure.Find(e => KinkFamilies.HaveOneValue(e, end) && Apart(e.Point, there) <= SamePlace) is { } known)
        {
            return known with { Place = start.Place };
        }

        var kind = kinds.Of(end);
        hasLed |= kind is not null;
        return kind is null ? null : end with { Kind = kind };
    }
}
