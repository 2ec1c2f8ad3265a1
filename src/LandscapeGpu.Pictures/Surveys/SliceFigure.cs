using LandscapeGpu.Differentiation;

namespace LandscapeGpu.Pictures.Surveys;

/// <summary>Slices of a landscape of many coordinates: along lines through a point, between two minima, and on planes.</summary>
public static class SliceFigure
{
    private const int Places = 401;
    private const int Cells = 161;

    /// <summary>What a survey's landscape looks like around the best minimum, and between it and the next.</summary>
    /// <param name="result">The survey.</param>
    /// <exception cref="ArgumentException">There is no minimum, or the landscape is on a surface, where straight lines leave it.</exception>
    public static Figure Of(SurveyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (objective, minima) = (result.Objective, result.AllMinima.Take(2).ToList());
        RequireFlat(objective);
        if (minima.Count == 0)
        {
            throw new ArgumentException($"No minimum was found on {objective.Name}; a slice can be taken through a point of one's own.");
        }

        var best = minima[0].Point;
        var area = Surroundings.Of(objective, minima.Select(m => m.Point));
        // Where coordinates have units of their own, a step along one is measured by how far the landscape goes in it.
        double[]? units = Surroundings.HaveSizesOfTheirOwn(area) ? [.. area.Select(a => a.High - a.Low)] : null;
        var reach = Reach(minima, area, units);
        List<SliceDirection> directions = [.. SliceDirection.Eigenvectors(objective, best, units), SliceDirection.Random(objective.Dimension).In(units)];
        var panels = new List<Panel> { LinesPanel("through the best minimum", objective, best, directions, reach, units) };
        if (directions.Count > 2)
        {
            panels.Add(PlanePanel("plane of the sharpest and the flattest eigenvector", objective, best, directions[0], directions[1], reach));
        }

        var finding = $"within {Number(reach, 3)}{(units is null ? "" : " of the ranges")} of the best minimum, f rises by up to {Number(Rise(panels[0], minima[0].Value), 3)} along these lines";
        if (minima.Count == 2)
        {
            var (panel, barrier) = BetweenPanel(objective, minima[0], minima[1]);
            panels.Insert(0, panel);
            finding = $"on the straight line between the two best minima f rises to {Number(barrier, 4)} above the lower one; {finding}";
        }

        return new("slices", $"{objective.Name}: {finding}", panels) { RowHeight = 360 };
    }

    /// <summary>What the loss looks like around the best minimum along directions that are, unit by unit, as long as the weights into the unit: on lines and on the plane of two.</summary>
    /// <param name="result">A survey of a model's loss.</param>
    /// <exception cref="ArgumentException">There is no minimum, or the landscape is on a surface, where straight lines leave it.</exception>
    public static Figure OfWeights(SurveyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var objective = result.Objective;
        RequireFlat(objective);
        if (result.AllMinima.FirstOrDefault() is not { } best)
        {
            throw new ArgumentException($"No minimum was found on {objective.Name}; a slice can be taken through a point of one's own.");
        }

        List<SliceDirection> directions = [.. Enumerable.Range(1, 4).Select(seed => SliceDirection.FilterNormalised(objective, best.Point, seed))];
        var lines = LinesPanel("through the best minimum", objective, best.Point, directions, 1, axis: "t along the direction v, whose part of each unit is as long as its weights");
        return new("weights", $"{objective.Name}: where weights change by up to their own size, f rises by up to {Number(Rise(lines, best.Value), 3)} above the best minimum",
            [lines, PlanePanel("plane of two of these directions", objective, best.Point, directions[0], directions[1], 1)])
        { RowHeight = 360 };
    }

    /// <summary>Along lines through a point.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="point">Where the lines meet.</param>
    /// <param name="directions">Along what.</param>
    /// <param name="reach">How far to both sides, in lengths of the directions.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the landscape is on a surface.</exception>
    public static Figure AlongLines(Objective objective, IReadOnlyList<double> point, IReadOnlyList<SliceDirection> directions, double reach = 1)
    {
        Require(objective, point, directions, reach);
        var panel = LinesPanel("", objective, point, directions, reach);
        return new("lines", $"{objective.Name}: along {Count(directions.Count, "line")} through {Point(point)}, f rises by up to {Number(Rise(panel, objective.Evaluate([.. point])), 3)}", [panel]);
    }

    /// <summary>On the plane through a point.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="point">The middle.</param>
    /// <param name="across">The horizontal direction.</param>
    /// <param name="up">The vertical direction.</param>
    /// <param name="reach">How far to all sides, in lengths of the directions.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the landscape is on a surface.</exception>
    public static Figure OnPlane(Objective objective, IReadOnlyList<double> point, SliceDirection across, SliceDirection up, double reach = 1)
    {
        ArgumentNullException.ThrowIfNull(across);
        ArgumentNullException.ThrowIfNull(up);
        Require(objective, point, [across, up], reach);
        var panel = PlanePanel("", objective, point, across, up, reach);
        var heights = ((Contours)panel.Series[0]).Heights.Cast<double>().Where(h => !double.IsNaN(h)).ToList();
        // Below the rounding of the highest value a lowest one is 0.
        var lowest = double.IsFinite(heights.Max()) && Math.Abs(heights.Min()) <= Math.ScaleB(Math.Abs(heights.Max()), -52) ? 0 : heights.Min();
        return new("plane", $"{objective.Name}: on the plane through {Point(point)}, f lies between {Number(lowest, 4)} and {Number(heights.Max(), 4)}", [panel]) { RowHeight = 560 };
    }

    /// <summary>On the straight line between two minima, with the barrier.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="from">One minimum.</param>
    /// <param name="to">Another.</param>
    /// <exception cref="ArgumentException">The landscape is on a surface.</exception>
    public static Figure Between(Objective objective, StationaryPoint from, StationaryPoint to)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        RequireFlat(objective);
        if (from.Point.Count != objective.Dimension || to.Point.Count != objective.Dimension)
        {
            throw new ArgumentException($"{objective.Name} has {objective.Dimension} coordinates; the minima have {from.Point.Count} and {to.Point.Count}, and are those of another landscape.");
        }

        var (panel, barrier) = BetweenPanel(objective, from, to);
        return new("between", $"{objective.Name}: on the straight line between minima {Number(from.ShownValue, Digits([from, to]))} and {Number(to.ShownValue, Digits([from, to]))} f rises to {Number(barrier, 4)} above the lower one; the lowest way may be lower", [panel with { Title = "" }]);
    }

    private static Panel LinesPanel(string title, Objective objective, IReadOnlyList<double> point, IReadOnlyList<SliceDirection> directions, double reach, double[]? units = null, string? axis = null)
    {
        var t = Surroundings.Grid((-reach, reach), Places);
        var series = directions.Select((v, k) => new Line(v.Name, t, Inside(objective, [.. t.SelectMany(s => point.Select((c, i) => c + (s * v.Vector[i])))])) { Ink = Colours.Of(k), IsDashed = k > 3 });
        return new(title, new(axis ?? (units is null ? "distance t along the direction v" : "t along the direction v, a share of the coordinates' ranges")), Surroundings.Height("value f(x + t·v)", series.SelectMany(s => s.Y), [objective.Evaluate([.. point])], objective.Evaluate([.. point])), [.. series, new Points("the point x", [0.0], [objective.Evaluate([.. point])]) { Ink = Colours.Vermilion, Shape = Shape.Diamond, Size = 11 }]);
    }

    private static Panel PlanePanel(string title, Objective objective, IReadOnlyList<double> point, SliceDirection across, SliceDirection up, double reach)
    {
        var t = Surroundings.Grid((-reach, reach), Cells);
        var values = Inside(objective, [.. t.SelectMany(s => t.SelectMany(r => point.Select((c, i) => c + (r * across.Vector[i]) + (s * up.Vector[i]))))]);
        var heights = new double[Cells, Cells];
        Buffer.BlockCopy(values, 0, heights, 0, values.Length * sizeof(double));
        var levels = Surroundings.Levels(values);
        return new(title, new($"t along the {across.Name}"), new($"s along the {up.Name}"),
            [new Contours(Surroundings.Heights(levels, values, isShaded: true), t, t, heights, levels) { IsShaded = true }, new Points("the point x", [0.0], [0.0]) { Shape = Shape.Diamond, Ink = Colours.Vermilion, Size = 11 }]);
    }

    private static (Panel Panel, double Barrier) BetweenPanel(Objective objective, StationaryPoint from, StationaryPoint to)
    {
        var t = Surroundings.Grid((-0.2, 1.2), Places);
        // Of the images of a minimum that nearest to the other one: the way to any else is longer for no reason.
        var end = objective.Symmetry?.ImageNear(from.Point, to.Point) ?? to.Point;
        var values = Inside(objective, [.. t.SelectMany(s => from.Point.Select((c, i) => c + (s * (end[i] - c))))]);
        var lower = Math.Min(from.Value, to.Value);
        var way = values.Where((v, k) => t[k] is >= 0 and <= 1 && !double.IsNaN(v)).DefaultIfEmpty(double.NaN).ToList();
        var top = way.Max();
        var note = objective.Symmetry is null ? "" : ", of images under the symmetry that lie near each other";
        var panel = new Panel($"between the two best minima{note}", new("share of the straight line from one to the other"), Surroundings.Height("value f(x)", values, [from.Value, to.Value, top], lower),
        [
            new Line("f on the line", t, values) { Ink = Colours.Blue },
            new Level($"barrier {Number(top - lower, 4)}", top, IsVertical: false) { Ink = Colours.Grey },
            new Points("minima", [0.0, 1.0], [from.Value, to.Value]) { Ink = Colours.Vermilion, Shape = Shape.Diamond, Size = 11, Details = [Detail(from), Detail(to)] },
        ]);
        return (panel, top - lower);
    }

    /// <summary>Values inside the region; outside there is another landscape, or none.</summary>
    private static double[] Inside(Objective objective, double[] points)
    {
        // A point that rounding puts outside a side is on it: no further outside than nothing can be seen of.
        const double Unseen = 1e-9;
        var (d, values, sides) = (objective.Dimension, objective.Values(points), objective.Region.Sides);
        return [.. values.Select((v, k) => objective.Region.Contains(OnSides(points.AsSpan(k * d, d))) ? v : double.NaN)];

        double[] OnSides(ReadOnlySpan<double> point)
        {
            var held = point.ToArray();
            for (var i = 0; sides is { } s && i < d; i++)
            {
                var slack = double.IsFinite(s.Upper[i] - s.Lower[i]) ? Unseen * (s.Upper[i] - s.Lower[i]) : 0;
                held[i] = held[i] < s.Lower[i] && held[i] >= s.Lower[i] - slack ? s.Lower[i] : held[i] > s.Upper[i] && held[i] <= s.Upper[i] + slack ? s.Upper[i] : held[i];
            }

            return held;
        }
    }

    private static double Rise(Panel panel, double from) => panel.Series.OfType<Line>().SelectMany(l => l.Y).Where(y => !double.IsNaN(y)).DefaultIfEmpty(from).Max() - from;

    /// <summary>Three quarters of the way to the next minimum, or a fifth of what the region or the starts span.</summary>
    private static double Reach(List<StationaryPoint> minima, (double Low, double High)[] area, double[]? units)
    {
        var way = minima.Count == 2 ? SliceDirection.Length(minima[0].Point.Select((a, i) => (a - minima[1].Point[i]) / (units?[i] ?? 1)).Where(double.IsFinite)) : 0;
        return way > 0 ? 0.75 * way : 0.2 * (units is null ? area.Max(a => a.High - a.Low) : 1);
    }

    private static void Require(Objective objective, IReadOnlyList<double> point, IReadOnlyList<SliceDirection> directions, double reach)
    {
        RequireFlat(objective);
        if (point.Count != objective.Dimension || directions.Count == 0 || directions.Any(v => v.Vector.Count != objective.Dimension))
        {
            throw new ArgumentException($"{objective.Name} has {objective.Dimension} coordinates; the point has {point.Count}, and directions have {string.Join(", ", directions.Select(v => v.Vector.Count).Distinct())}.");
        }

        if (!(reach > 0 && double.IsFinite(reach)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The reach of a slice was given {reach}; it must be finite and above 0."));
        }
    }

    private static void RequireFlat(Objective objective)
    {
        if (!IsFor(objective))
        {
            throw new ArgumentException($"{objective.Name} is on {objective.Region.Describe(objective.Dimension)}: straight lines leave it, and slices along them show another landscape.");
        }
    }

    /// <summary>Whether straight lines stay on the landscape.</summary>
    internal static bool IsFor(Objective objective) => objective.Region.DimensionIn(objective.Dimension) == objective.Dimension;
}
