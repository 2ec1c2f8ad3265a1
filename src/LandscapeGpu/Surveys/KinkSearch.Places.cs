namespace LandscapeGpu.Surveys;

// Where restarts stopped, and where the search went from there.
internal sealed partial class KinkSearch
{
    // So many are passed along one crease.
    private const int MostInflections = 4;

    /// <summary>How many restarts stopped elsewhere than beside a pole.</summary>
    private static long RestartsElsewhere(EndpointGroups places, bool[] isPole) => Enumerable.Range(0, places.Count).Where(k => !isPole[k]).Sum(places.CountOf);

    /// <summary>
    /// Whether a point may lie on a crease where slopes are as long as one looks near: rounding hides that they are not zero, and what is left of them along the crease. Where curvatures are positive
    /// and the place is known to half of its digits, slopes are known beside it: beside a cusp f curves down. So on a side that holds it.
    /// </summary>
    private static bool IsInDoubt(Objective objective, StationaryPoint point) =>
        point.Kind is StationaryKind.SingularMinimum or StationaryKind.Singular or StationaryKind.Undecided
        || (point is { IsMinimum: true, Orbit: null } && !(point.Kind is StationaryKind.Minimum or StationaryKind.BoundaryMinimum && point.Uncertainty < Stationarity.HalfTheDigits * objective.Region.Reach(objective.Units.Moving(point.Place))));

    /// <summary>Whether f falls along the crease that a point is on: by more than the value's own rounding, for what is unknown of its slope says nothing there.</summary>
    private bool FallsAlongCrease(StationaryPoint known)
    {
        var end = EndOf(known, -1);
        end = kinds.EndAt(end.Point, end.Value, -1);
        return descent.FallsAlongCrease(end.Point, end.Value, end.Rounding);
    }

    /// <summary>The end that a crease leads on to where it levels at one and falls on: there is no minimum.</summary>
    private End PastInflections(End end)
    {
        for (var turn = 0; end.Kind == StationaryKind.MinimumAtKink && separable is null && LedOn(end) is { } lower; turn++)
        {
            end = turn == MostInflections ? end with { Kind = null } : Structured(lower, end.Place) ?? Descended(lower, end.Place);
        }

        return end;
    }

    /// <summary>Where f is lower along a crease; what looking cost where it is not, as at each of many places on level ground, is no part of what the search may cost.</summary>
    private double[]? LedOn(End end)
    {
        var before = values.Evaluations;
        var lower = kinds.LowerAlongCrease(end);
        budget += lower is null ? values.Evaluations - before : 0;
        return lower;
    }

    /// <summary>Points that are known as no minima where there is one: the derivatives that tell so are those of one of the pieces that meet there.</summary>
    private IEnumerable<int> JudgedOtherwise(IReadOnlyList<StationaryPoint> known, StationaryPoint minimum, int[] homeOf)
    {
        var there = EndOf(minimum, -1);
        return Enumerable.Range(0, known.Count).Where(k => homeOf[k] == k && !known[k].IsMinimum && EndOf(known[k], -1) is var at && KinkFamilies.HaveOneValue(at, there) && Apart(at.Point, there.Point) <= SamePlace);
    }

    /// <summary>What an end is. Where a formula has a curvature wherever it has a value no minimum lacks one, and what looks like that is a valley that was not followed to its end.</summary>
    private End Settled(End end)
    {
        // Where all pieces meet with one slope nothing is at a kink, whatever looks so beside a steep wall.
        var kind = hasSlopes ? null : kinds.Of(end);
        return smooth is null || kind == StationaryKind.MinimumAtKink ? end with { Kind = kind }
            : smooth.At(end.Point, end.Value, scale) is { } found ? EndOf(found, end.Place) with { Kind = found.Kind, Smooth = found }
            : end;
    }

    /// <summary>Where a descent ended.</summary>
    /// <param name="Point">d coordinates.</param>
    /// <param name="Value">f there.</param>
    /// <param name="Rounding">How far the value is from being known.</param>
    /// <param name="Place">Which place it began at.</param>
    internal sealed record End(double[] Point, double Value, double Rounding, int Place)
    {
        /// <summary>What minimum without a derivative it is; null where it is none, or nobody asked.</summary>
        public StationaryKind? Kind { get; init; }

        /// <summary>Along how many coordinates f is level there, where that was counted; −1 where not.</summary>
        public int Level { get; init; } = -1;

        /// <summary>The minimum that has a curvature; null where it has none, or nobody asked.</summary>
        public StationaryPoint? Smooth { get; init; }
    }
}
