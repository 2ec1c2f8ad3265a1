using LandscapeGpu.Differentiation;

namespace LandscapeGpu.Pictures.Surveys;

/// <summary>A landscape of one coordinate as its graph, with minima and descents on it.</summary>
public static class LineLandscape
{
    private const int Places = 1_201;

    // Marks of more steps would hide the way.
    private const int MostMarks = 60;

    /// <summary>The graph with what a survey found.</summary>
    /// <param name="result">The survey, of an objective of one coordinate.</param>
    /// <param name="paths">Descents to draw; null for none.</param>
    /// <exception cref="ArgumentException">The objective has more than one coordinate.</exception>
    public static Figure Of(SurveyResult result, IReadOnlyList<Trajectory>? paths = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var minima = result.AllMinima.ToList();
        var marks = minima.Concat(result.Stationary).ToList();
        var best = minima.Count == 0 ? "no minimum was found" : $"{Count(minima.Count, "minimum", "minima")}, the lowest {Number(minima[0].ShownValue, Digits(minima, 7))} at x = {Number(minima[0].Point[0], 6)}";
        return Draw(result.Objective, paths ?? [], marks, $"{result.Objective.Name}: {best}");
    }

    /// <summary>The graph with descents on it.</summary>
    /// <param name="paths">Descents of one objective of one coordinate.</param>
    /// <exception cref="ArgumentException">There are none, or the objective has more than one coordinate.</exception>
    public static Figure Of(IReadOnlyList<Trajectory> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
        {
            throw new ArgumentException("There are no descents to draw; give at least one.");
        }

        var (first, end) = (paths[0], paths[0].Points[^1]);
        var finding = paths.Count == 1
            ? $"{first.Rule} from x = {Number(first.Points[0].Point[0])} is at x = {Number(end.Point[0], 6)}, f = {Number(end.Value, 6)} after {Count(first.Steps, "step")} (|f′| = {Number(end.GradientNorm, 2)})"
            : $"{Count(paths.Count, "descent")} by {first.Rule} end at {Values(paths.Min(p => p.Points[^1].Value), paths.Max(p => p.Points[^1].Value))}";
        return Draw(first.Objective, paths, [], $"{first.Objective.Name}: {finding}");
    }

    private static Figure Draw(Objective objective, IReadOnlyList<Trajectory> paths, List<StationaryPoint> marks, string title)
    {
        if (objective.Dimension != 1)
        {
            throw new ArgumentException($"{objective.Name} has {objective.Dimension} coordinates; the graph is of one. A contour map shows two, and slices more.");
        }

        var range = Surroundings.Of(objective, marks.Select(m => m.Point).Concat(paths.SelectMany(p => p.Points.Select(q => q.Point))))[0];
        var way = paths.SelectMany(p => p.Points.Select(q => q.Point[0])).ToList();
        // A short way is a dot on the whole landscape: it is shown from near by as well.
        var isShort = way.Count > 1 && way.Max() > way.Min() && way.Max() - way.Min() < (range.High - range.Low) / 6;
        var around = isShort ? 0.6 * (way.Max() - way.Min()) : 0;
        (string Title, (double Low, double High) Range)[] views = isShort ? [("the landscape", range), ("the way", (way.Min() - around, way.Max() + around))] : [("", range)];
        return new("graph", title, [.. views.Select(v => PanelOf(objective, paths, marks, v))]) { Columns = views.Length, RowHeight = 420 };
    }

    private static Panel PanelOf(Objective objective, IReadOnlyList<Trajectory> paths, List<StationaryPoint> marks, (string Title, (double Low, double High) Range) view)
    {
        var series = SeriesOf(objective, paths, marks, view.Range);
        return new(view.Title, CoordinateAxis(objective, 0), Surroundings.Height("value f(x)", ((Line)series[0]).Y, series.OfType<Points>().SelectMany(p => p.Y)), series);
    }

    private static List<Series> SeriesOf(Objective objective, IReadOnlyList<Trajectory> paths, List<StationaryPoint> marks, (double Low, double High) range)
    {
        var x = Surroundings.Grid(range, Places);
        var series = new List<Series> { new Line("f(x)", x, objective.Values(x)) { Ink = Colours.Grey } };
        foreach (var (path, k) in paths.Select((p, k) => (p, k)))
        {
            var every = Math.Max(1, path.Points.Count / MostMarks);
            // Of several descents each end has the colour of its own.
            var ink = paths.Count is > 1 and <= 4 ? Colours.Of(k) : Colours.Vermilion;
            var shown = path.Points.Where((_, j) => j % every == 0 || j == path.Points.Count - 1).ToList();
            series.Add(new Points(paths.Count <= 4 ? $"descent from {Number(path.Points[0].Point[0])}" : k == 0 ? "descents" : "", [.. shown.Select(p => p.Point[0])], [.. shown.Select(p => p.Value)])
            {
                Ink = paths.Count <= 4 ? Colours.Of(k) : Colours.Blue,
                Size = 6,
                Details = [.. shown.Select(p => $"step {p.Step}: x = {Number(p.Point[0], 7)}, f = {Number(p.Value, 7)}, |f′| = {Number(p.GradientNorm, 3)}")],
            });
            series.Add(End("start", k, path.Points[0], Shape.Ring, ink));
            series.Add(End("end", k, path.Points[^1], Shape.Square, ink));
        }

        series.AddRange(marks.Where(m => m.Point[0] >= range.Low && m.Point[0] <= range.High).GroupBy(m => m.IsMinimum).OrderBy(g => g.Key).Select(g => new Points(g.Key ? "minima" : "other stationary points", [.. g.Select(m => m.Point[0])], [.. g.Select(m => m.Value)])
        {
            Ink = g.Key ? Colours.Vermilion : Colours.Green,
            Shape = g.Key ? Shape.Disc : Shape.Triangle,
            Details = [.. g.Select(Detail)],
        }));
        return series;
    }

    private static Points End(string name, int path, TrajectoryPoint at, Shape shape, Ink ink) =>
        new(path == 0 ? name : "", [at.Point[0]], [at.Value]) { Ink = ink, Shape = shape, Size = 11 };
}
