using LandscapeGpu.Differentiation;
using LandscapeGpu.Pathways;
using LandscapeGpu.Spectra;

namespace LandscapeGpu.Pictures.Surveys;

/// <summary>A landscape of two coordinates from above: contour lines, basins of attraction, stationary points and descents.</summary>
public static class ContourMap
{
    // Of a side: heights cost little; descents from every cell of the basins' coarser grid take a moment.
    private const int Cells = 241;
    private const int BasinCells = 161;

    private const int Few = 10;

    // Beyond this many minima numbers would cover the map.
    private const int MostLabels = 24;

    /// <summary>The map of what a survey found.</summary>
    /// <param name="result">The survey, of an objective of two coordinates.</param>
    /// <param name="saddles">A search for saddles, shown beside those restarts ended at; null for none.</param>
    /// <param name="paths">Descents to draw; null for none.</param>
    /// <param name="withBasins">Whether the ground shows which minimum descent reaches; else it shows heights.</param>
    /// <exception cref="ArgumentException">The objective has not two coordinates, or is on a surface.</exception>
    public static Figure Of(SurveyResult result, SaddleSearchResult? saddles = null, IReadOnlyList<Trajectory>? paths = null, bool withBasins = true)
    {
        ArgumentNullException.ThrowIfNull(result);
        var objective = result.Objective;
        RequireTwo(objective);
        var minima = result.AllMinima.ToList();
        var others = result.Stationary.Concat(saddles?.Points ?? []).Where(p => !p.IsMinimum).ToList();
        var area = Surroundings.Of(objective, minima.Concat(others).Select(p => p.Point).Concat(paths?.SelectMany(p => p.Points.Select(q => q.Point)) ?? []));
        var series = new List<Series>();
        withBasins &= minima.Count > 0;
        if (withBasins)
        {
            series.Add(BasinsOf(result, area, minima.Count));
        }

        series.Add(Heights(objective, area, isShaded: !withBasins));
        series.AddRange(Paths(paths));
        series.AddRange(Marks(minima, others));
        return new("map", Title(result, others), [new("", CoordinateAxis(objective, 0), CoordinateAxis(objective, 1), series)]) { RowHeight = 560 };
    }

    /// <summary>The map with descents on it, without a survey.</summary>
    /// <param name="paths">Descents of one objective of two coordinates.</param>
    /// <exception cref="ArgumentException">There are none, or the objective has not two coordinates that move freely.</exception>
    public static Figure Of(IReadOnlyList<Trajectory> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var objective = paths.Count == 0 ? throw new ArgumentException("There are no descents to draw; give at least one.") : paths[0].Objective;
        RequireTwo(objective);
        var area = Surroundings.Of(objective, paths.SelectMany(p => p.Points.Select(q => q.Point)));
        var end = paths[0].Points[^1];
        var finding = paths.Count == 1
            ? $"{paths[0].Rule} from {Point(paths[0].Points[0].Point)} is at {Point(end.Point)}, f = {Number(end.Value, 6)} after {Count(paths[0].Steps, "step")}"
            : $"{Count(paths.Count, "descent")} by {paths[0].Rule} end at {Values(paths.Min(p => p.Points[^1].Value), paths.Max(p => p.Points[^1].Value))}";
        return new("map", $"{objective.Name}: {finding}", [new("", CoordinateAxis(objective, 0), CoordinateAxis(objective, 1), [Heights(objective, area, isShaded: false), .. Paths(paths)])]) { RowHeight = 560 };
    }

    /// <summary>The map with the paths of steepest descent between minima and transition states.</summary>
    /// <param name="network">Minima and transition states of an objective of two coordinates.</param>
    /// <exception cref="ArgumentException">The objective has not two coordinates that move freely.</exception>
    public static Figure Of(TransitionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var objective = network.Objective;
        RequireTwo(objective);
        var (minima, states) = (network.Minima.ToList(), network.TransitionStates);
        var area = Surroundings.Of(objective, minima.Concat(states.Select(t => t.Saddle)).Select(p => p.Point).Concat(states.SelectMany(t => t.Path.Select(p => p.Point))));
        Series[] series =
        [
            Heights(objective, area, isShaded: false),
            .. states.Select((t, k) => new Line(k == 0 ? "paths of steepest descent" : "", [.. t.Path.Select(p => p.Point[0])], [.. t.Path.Select(p => p.Point[1])]) { Ink = Colours.Blue }),
            Marked("transition states", [.. states.Select(t => t.Saddle)]) with { Shape = Shape.Cross, Details = [.. states.Select(t => $"transition state, f = {Number(t.Value, 8)} at {Point(t.Saddle.Point)}")] },
            Marked("minima", minima) with
            {
                Ink = Colours.Vermilion,
                Labels = minima.Count <= MostLabels ? [.. minima.Select((_, k) => $"{k + 1}")] : null,
                Details = [.. minima.Select((m, k) => $"minimum {k + 1}, f = {Number(m.ShownValue, 8)} at {Point(m.Point)}")],
            },
        ];
        return new("paths", $"{objective.Name}: {Count(minima.Count, "minimum", "minima")} and {Count(states.Count, "transition state")} with the paths down from them", [new("", CoordinateAxis(objective, 0), CoordinateAxis(objective, 1), series)]) { RowHeight = 560 };
    }

    private static Contours Heights(Objective objective, (double Low, double High)[] area, bool isShaded)
    {
        var (x, y) = (Surroundings.Grid(area[0], Cells), Surroundings.Grid(area[1], Cells));
        var heights = objective.Values([.. y.SelectMany(v => x.SelectMany(u => new[] { u, v }))]);
        var levels = Surroundings.Levels(heights);
        return new(Surroundings.Heights(levels, heights, isShaded), x, y, Table(heights, Cells), levels) { IsShaded = isShaded };
    }

    private static void RequireTwo(Objective objective)
    {
        if (!IsFor(objective))
        {
            throw new ArgumentException($"{objective.Name} has {objective.Dimension} coordinates ({objective.Region.Describe(objective.Dimension)}); a contour map is of two that move freely. Slices show other landscapes.");
        }
    }

    /// <summary>Whether a landscape can be drawn as a map.</summary>
    /// <param name="objective">The landscape.</param>
    public static bool IsFor(Objective objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return objective.Dimension == 2 && objective.Region.DimensionIn(2) == 2;
    }

    private static Basins BasinsOf(SurveyResult result, (double Low, double High)[] area, int minima)
    {
        var (x, y) = (Surroundings.Grid(area[0], BasinCells), Surroundings.Grid(area[1], BasinCells));
        var inside = y.SelectMany((v, r) => x.Select((u, c) => (r, c, Point: (double[])[u, v]))).Where(p => result.Objective.Region.Contains(p.Point)).ToList();
        var reached = inside.Count == 0 ? [] : BasinMap.Of(result, [.. inside.Select(p => p.Point)]);
        var which = new int[BasinCells, BasinCells];
        for (var r = 0; r < BasinCells; r++)
        {
            for (var c = 0; c < BasinCells; c++)
            {
                which[r, c] = -1;
            }
        }

        for (var k = 0; k < inside.Count; k++)
        {
            which[inside[k].r, inside[k].c] = reached[k];
        }

        return new(which.Cast<int>().Any(w => w < 0) ? "no minimum is reached from here" : "", x, y, which, [.. Enumerable.Range(0, minima).Select(k => Colours.Of(k, minima))]);
    }

    private static double[,] Table(double[] heights, int columns)
    {
        var table = new double[heights.Length / columns, columns];
        Buffer.BlockCopy(heights, 0, table, 0, heights.Length * sizeof(double));
        return table;
    }

    private static IEnumerable<Series> Paths(IReadOnlyList<Trajectory>? paths) => paths is null ? [] :
    [
        .. paths.Select((p, k) => new Line(k == 0 ? $"descent, {p.Rule}" : "", [.. p.Points.Select(q => q.Point[0])], [.. p.Points.Select(q => q.Point[1])])
        {
            Ink = Colours.Vermilion,
            // Many ways lie over one another.
            Width = paths.Count > Few ? 0.8 : 1.8,
            Opacity = paths.Count > Few ? 0.6 : 1,
        }),
        new Points("ends", [.. paths.Select(p => p.Points[^1].Point[0])], [.. paths.Select(p => p.Points[^1].Point[1])])
        {
            Shape = Shape.Square,
            Ink = Colours.Vermilion,
            Details = [.. paths.Select(p => $"restart {p.Restart} ends at f = {Number(p.Points[^1].Value, 7)}, ‖∇f‖ = {Number(p.Points[^1].GradientNorm, 3)}")],
        },
        new Points("starts", [.. paths.Select(p => p.Points[0].Point[0])], [.. paths.Select(p => p.Points[0].Point[1])])
        {
            Shape = Shape.Ring,
            Details = [.. paths.Select(p => $"restart {p.Restart}, {p.Steps} steps, {p.Outcome}")],
        },
    ];

    /// <summary>Minima in the colours of their basins, saddles and maxima by their shapes.</summary>
    private static IEnumerable<Series> Marks(List<StationaryPoint> minima, List<StationaryPoint> others)
    {
        var (saddles, maxima) = (others.Where(p => p.Kind is StationaryKind.StrictSaddle or StationaryKind.DegenerateSaddle).ToList(), others.Where(p => p.Kind == StationaryKind.Maximum).ToList());
        if (maxima.Count > 0)
        {
            yield return Marked("maxima", maxima) with { Shape = Shape.Triangle };
        }

        if (saddles.Count > 0)
        {
            yield return Marked("saddles", saddles) with { Shape = Shape.Cross };
        }

        if (minima.Count > Colours.Distinct)
        {
            yield return Marked("minima", minima) with { Labels = minima.Count <= MostLabels ? [.. minima.Select((_, k) => $"{k + 1}")] : null };
            yield break;
        }

        var digits = Digits(minima);
        foreach (var (minimum, k) in minima.Select((m, k) => (m, k)))
        {
            var where = minimum.Kind == StationaryKind.BoundaryMinimum ? ", on the boundary" : minimum.Kind == StationaryKind.EdgeMinimum ? ", at the edge of definition" : minimum.IsFlatFamily ? ", one of a continuum" : "";
            yield return Marked($"{k + 1}: f = {Number(minimum.ShownValue, digits)}, {Percent(minimum.Share)}{where}", [minimum]) with { Ink = Colours.Of(k), Size = 12, Labels = [$"{k + 1}"] };
        }
    }

    private static Points Marked(string name, List<StationaryPoint> points) =>
        new(name, [.. points.Select(p => p.Point[0])], [.. points.Select(p => p.Point[1])]) { Size = 9, Details = [.. points.Select(Detail)] };

    private static string Title(SurveyResult result, List<StationaryPoint> others)
    {
        var (minima, saddles) = (result.AllMinima.ToList(), others.Count(p => p.Kind == StationaryKind.StrictSaddle));
        var more = saddles == 0 ? "" : $" and {Count(saddles, "saddle")}";
        return minima.Count == 0
            ? $"{result.Objective.Name}: no minimum was found"
            : $"{result.Objective.Name}: {Count(minima.Count, "minimum", "minima")}{more}; {Percent((double)minima.Where(m => m.HasValueOf(minima[0])).Sum(m => m.Count) / result.Restarts)} of descents reach the lowest value, {Number(minima[0].ShownValue, Digits(minima, 7))}";
    }
}
