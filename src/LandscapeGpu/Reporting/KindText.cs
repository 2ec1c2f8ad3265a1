namespace LandscapeGpu.Reporting;

/// <summary>What a stationary point is, in the words of tables.</summary>
internal static class KindText
{
    public static string Of(StationaryPoint p) => p.Kind switch
    {
        StationaryKind.Minimum => "minimum",
        StationaryKind.BoundaryMinimum when p.AtBound.Count == 0 => "on the boundary",
        StationaryKind.BoundaryMinimum => $"at {NumberText.Count(p.AtBound.Count, "bound", "bounds")}",
        StationaryKind.DegenerateMinimum when p.RisesAllRound => "degenerate minimum",
        StationaryKind.DegenerateMinimum when p.FlatBeyondOrbit == 0 => "minimum of an orbit",
        StationaryKind.DegenerateMinimum when p.Orbit is not null => NumberText.Count(p.FlatBeyondOrbit, "more flat direction", "more flat directions"),
        StationaryKind.DegenerateMinimum => (p.IsFlatAtLeast ? $"{p.FlatDirections} or more flat directions" : NumberText.Count(p.FlatDirections, "flat direction", "flat directions")) + (p.AtBound.Count == 0 ? "" : $" at {NumberText.Count(p.AtBound.Count, "bound", "bounds")}"),
        StationaryKind.StrictSaddle => $"saddle, index {p.Index}",
        StationaryKind.Maximum => "maximum",
        StationaryKind.Undecided => "cannot be told",
        StationaryKind.MinimumAtKink when p.FlatDirections > 0 => $"at a kink, {NumberText.Count(p.FlatDirections, "flat direction", "flat directions")}",
        StationaryKind.MinimumAtKink => "minimum at a kink",
        StationaryKind.EdgeMinimum when p.FlatDirections > 0 => $"at the edge of definition, {NumberText.Count(p.FlatDirections, "flat direction", "flat directions")}",
        StationaryKind.EdgeMinimum => "at the edge of definition",
        StationaryKind.FallingValley => "falling valley, no minimum",
        StationaryKind.Tail => "tail, no minimum",
        StationaryKind.DegenerateSaddle => "degenerate saddle",
        StationaryKind.SingularMinimum => "minimum, curvature not finite",
        StationaryKind.Singular => "curvature not finite",
        _ => throw new ArgumentOutOfRangeException(nameof(p), p.Kind, "There is no such kind of stationary point."),
    };
}
