namespace LandscapeGpu.Reporting;

/// <summary>The tables of a survey.</summary>
public static class SurveyTables
{
    /// <summary>The distinct interior minima, best first.</summary>
    /// <param name="result">The survey.</param>
    /// <param name="rows">No more rows than this.</param>
    public static Table Minima(SurveyResult result, int rows)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(Counted(result.Unlisted > 0 && !result.Minima.Any(m => m.IsFlatFamily) ? "Lowest minima" : "Minima", result.Minima), result, result.Minima, rows);
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
        return Of(Counted("Minima at kinks", result.KinkMinima), result, result.KinkMinima, rows);
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
        return new(
            "How the restarts ended",
            [new("outcome", false), new("restarts"), new("share")],
            [
                .. OutcomeRows.Of(result).Where(row => row.Count > 0).Select(row => Row(row.Name, row.Count)),
                Row("all restarts", result.Outcomes.Total),
            ]);

        string[] Row(string name, long count) => [name, NumberText.Of(count), NumberText.Percent(result.Outcomes.Total == 0 ? 0 : (double)count / result.Outcomes.Total)];
    }

    private static string Counted(string what, IReadOnlyList<StationaryPoint> minima) => minima.Count(m => m.IsFlatFamily) is var flat && flat == 0
        ? $"{what}: {NumberText.Of(minima.Count)}"
        : $"{what}: {NumberText.Of(minima.Count - flat)} isolated, and {NumberText.Count(flat, "flat family", "flat families")}";

    private static Table Of(string title, SurveyResult result, IReadOnlyList<StationaryPoint> points, int rows)
    {
        var context = new PointContext(result);
        var hasOrbits = points.Any(p => p.Orbit is not null);
        var shown = PointStatistic.All.Where(s => s.Column is not null && (hasOrbits || !s.IsOfOrbit) && (!s.IsScore || points.Any(p => s.Of(p) is not null))).ToList();
        return new(
            points.Count <= rows ? title : $"{title}, of which the first {NumberText.Of(rows)}",
            [.. shown.Select(s => s.Key == "point" ? s.Column! with { Heading = Place(result.Objective.Names) } : s.Column!)],
            [.. points.Take(rows).Select(p => shown.Select(s => s.Cell(p, context)).ToArray())]);
    }

    /// <summary>The heading of places: what their coordinates are called, where they have names.</summary>
    internal static string Place(IReadOnlyList<string> names) =>
        names.Count == 0 ? "point" : $"({string.Join(", ", names.Count <= NumberText.Shown + 1 ? names : [.. names.Take(NumberText.Shown), "…"])})";
}
