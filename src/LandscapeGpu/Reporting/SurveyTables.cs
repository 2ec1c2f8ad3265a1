using LandscapeGpu.Objectives;
using LandscapeGpu.Spectra;
using LandscapeGpu.Surveys;
using LandscapeGpu.Valleys;

namespace LandscapeGpu.Reporting;

/// <summary>The tables of a survey.</summary>
public static class SurveyTables
{
    private static readonly IReadOnlyList<Column> Columns =
    [
        new("value"), new("count"), new("share"), new("95% interval"), new("λmin"), new("λmax"), new("‖∇f‖"), new("kind", false), new("point", false),
    ];

    // How many images a minimum has, what leaves it where it is, and its flat directions: those along its orbit, and the rest.
    private static readonly IReadOnlyList<Column> OrbitColumns = [new("orbit"), new("stabiliser", false), new("flat", false)];

    /// <summary>The distinct interior minima, best first.</summary>
    /// <param name="result">The survey.</param>
    /// <param name="rows">No more rows than this.</param>
    public static Table Minima(SurveyResult result, int rows)
    {
        ArgumentNullException.ThrowIfNull(result);
        var flat = result.Minima.Count(m => m.IsFlatFamily);
        var isolated = result.Minima.Count - flat;
        return Of(
            flat == 0 ? $"Minima: {NumberText.Of(isolated)}" : $"Minima: {NumberText.Of(isolated)} isolated, and {NumberText.Count(flat, "flat family", "flat families")}",
            result,
            result.Minima,
            rows);
    }

    /// <summary>The distinct minima on the boundary of the box, best first.</summary>
    /// <inheritdoc cref="Minima"/>
    public static Table BoundaryMinima(SurveyResult result, int rows)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of($"Minima on the boundary: {NumberText.Of(result.BoundaryMinima.Count)}", result, result.BoundaryMinima, rows);
    }

    /// <summary>The distinct minima at kinks and jumps, best first.</summary>
    /// <inheritdoc cref="Minima"/>
    public static Table KinkMinima(SurveyResult result, int rows)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of($"Minima at kinks: {NumberText.Of(result.KinkMinima.Count)}", result, result.KinkMinima, rows);
    }

    /// <summary>The saddles and maxima restarts ended at.</summary>
    /// <inheritdoc cref="Minima"/>
    public static Table Stationary(SurveyResult result, int rows)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of($"Other stationary points: {NumberText.Of(result.Stationary.Count)}", result, result.Stationary, rows);
    }

    /// <summary>How the restarts ended; the rows add up to the last.</summary>
    public static Table Outcomes(SurveyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (o, kinks) = (result.Outcomes, result.KinkMinima.Sum(m => m.Count));
        // Restarts that stopped at a kink stalled or came to the iteration limit.
        var stalled = o.Stalled - result.Endless;
        var limited = Math.Max(0, kinks - stalled);
        (string Name, long Count)[] all =
        [
            ("converged", o.Converged),
            ("at a kink", kinks),
            ("iteration limit", o.IterationLimit - limited),
            ("stalled", stalled - kinks + limited),
            ("runs to infinity", result.Endless),
            ("left the domain", o.LeftDomain),
            ("not finite", o.NotFinite),
            ("unfinished", o.Unfinished),
        ];
        return new(
            "How the restarts ended",
            [new("outcome", false), new("restarts"), new("share")],
            [
                .. all.Where(row => row.Count > 0).Select(row => Row(row.Name, row.Count)),
                Row("all restarts", o.Total),
            ]);

        string[] Row(string name, long count) => [name, NumberText.Of(count), NumberText.Percent(o.Total == 0 ? 0 : (double)count / o.Total)];
    }

    private static Table Of(string title, SurveyResult result, IReadOnlyList<StationaryPoint> points, int rows)
    {
        var sizes = SizesOf(result);
        double[] units = [.. Enumerable.Range(0, result.Objective.Dimension).Select((result.Moving ?? result.Objective).Units.Length)];
        // What symmetry makes of a point stands before its place.
        var hasOrbits = points.Any(p => p.Orbit is not null);
        return new(
            points.Count <= rows ? title : $"{title}, of which the first {NumberText.Of(rows)}",
            hasOrbits ? [.. Columns.SkipLast(1), .. OrbitColumns, Columns[^1]] : Columns,
            [.. points.Take(rows).Select(p => hasOrbits ? [.. Row(p, sizes, units).SkipLast(1), .. OrbitCells(p), Row(p, sizes, units)[^1]] : Row(p, sizes, units))]);
    }

    private static string[] OrbitCells(StationaryPoint p) => p.Orbit is not { } orbit ? ["", "", ""] :
    [
        orbit.Size is { } size ? NumberText.Of(size) : "?",
        orbit.StabiliserOrder is not { } order ? "?" : orbit.Stabiliser.Length == 0 ? NumberText.Of(order) : $"{NumberText.Of(order)} ({orbit.Stabiliser})",
        $"{orbit.Dimension} + {p.FlatBeyondOrbit}",
    ];

    /// <summary>How far apart points can be in each coordinate; never so large that points told apart would look alike.</summary>
    private static double[] SizesOf(SurveyResult result)
    {
        // In a box far larger than what it holds, what is far smaller than the box is no rounding of 0.
        const double Most = 1e3;
        var units = (result.Moving ?? result.Objective).Units;
        var most = result.Options.Tolerance is { } tolerance ? 1e5 * tolerance : double.PositiveInfinity;
        return [.. Enumerable.Range(0, result.Objective.Dimension).Select(i => Math.Min(Math.Min(most, Most), result.Objective.Region.Length(i) ?? units.Length(i)))];
    }

    // Beyond a millionth of the size, what is not known of a place is no rounding of 0.
    private const double MostUncertain = 1e6;

    private static string[] Row(StationaryPoint p, double[] sizes, double[] units) =>
    [
        NumberText.Of(p.Value, 9),
        NumberText.Of(p.Count),
        NumberText.Percent(p.Share),
        NumberText.Interval(p.ShareLow, p.ShareHigh),
        p.Eigenvalues.Count == 0 ? "" : NumberText.Of(IsFlat(p, p.Eigenvalues[0]) ? 0 : p.Eigenvalues[0], 4),
        p.Eigenvalues.Count == 0 ? "" : NumberText.Of(IsFlat(p, p.Eigenvalues[^1]) ? 0 : p.Eigenvalues[^1], 4),
        double.IsNaN(p.GradientNorm) ? "" : NumberText.Of(p.GradientNorm, 2),
        Kind(p),
        NumberText.Point(p.Point, p.Uncertainty > 0 ? [.. units.Select((u, i) => Math.Min(1e12 * p.Uncertainty * u, MostUncertain * sizes[i]))] : sizes, sizes),
    ];

    /// <summary>Whether an eigenvalue is one of those that were counted as zero.</summary>
    private static bool IsFlat(StationaryPoint p, double eigenvalue) => p.Eigenvalues.Count(e => Math.Abs(e) < Math.Abs(eigenvalue)) < p.FlatDirections;

    private static string Kind(StationaryPoint p) => p.Kind switch
    {
        StationaryKind.Minimum => "minimum",
        StationaryKind.BoundaryMinimum when p.AtBound.Count == 0 => "on the boundary",
        StationaryKind.BoundaryMinimum => $"at {NumberText.Count(p.AtBound.Count, "bound", "bounds")}",
        StationaryKind.DegenerateMinimum when p.RisesAllRound => "degenerate minimum",
        StationaryKind.DegenerateMinimum when p.FlatBeyondOrbit == 0 => "minimum of an orbit",
        StationaryKind.DegenerateMinimum when p.Orbit is not null => NumberText.Count(p.FlatBeyondOrbit, "more flat direction", "more flat directions"),
        StationaryKind.DegenerateMinimum => NumberText.Count(p.FlatDirections, "flat direction", "flat directions") + (p.AtBound.Count == 0 ? "" : $" at {NumberText.Count(p.AtBound.Count, "bound", "bounds")}"),
        StationaryKind.StrictSaddle => $"saddle, index {p.Index}",
        StationaryKind.Maximum => "maximum",
        StationaryKind.Undecided => "cannot be told",
        StationaryKind.MinimumAtKink => "minimum at a kink",
        StationaryKind.FallingValley => "falling valley, no minimum",
        StationaryKind.Tail => "tail, no minimum",
        StationaryKind.DegenerateSaddle => "degenerate saddle",
        StationaryKind.SingularMinimum => "minimum, curvature not finite",
        StationaryKind.Singular => "curvature not finite",
        _ => throw new ArgumentOutOfRangeException(nameof(p), p.Kind, "There is no such kind of stationary point."),
    };
}
