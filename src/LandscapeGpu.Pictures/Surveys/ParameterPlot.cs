namespace LandscapeGpu.Pictures.Surveys;

/// <summary>The coordinates of the best minima, a line each: lines that part show which parameters the data leave open.</summary>
public static class ParameterPlot
{
    /// <summary>The coordinates of the best minima of a survey.</summary>
    /// <param name="result">The survey.</param>
    /// <param name="count">How many minima.</param>
    public static Figure Of(SurveyResult result, int count = 7)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (objective, minima) = (result.Objective, result.AllMinima.Take(count).ToList());
        var (d, sides) = (objective.Dimension, objective.Region.Sides);
        // Coordinates of very different sizes share one axis only as shares of their ranges.
        double[] sizes = [.. Enumerable.Range(0, d).Select(i => minima.Select(m => Math.Abs(m.Point[i])).DefaultIfEmpty(0).Max()).Where(s => s > 0)];
        var isScaled = sides is { } box && box.Lower.Concat(box.Upper).All(double.IsFinite) && sizes.Length > 1 && sizes.Max() > 100 * sizes.Min();
        var series = new List<Series>();
        double[] coordinates = [.. Enumerable.Range(0, d).Select(i => (double)i)];
        if (!isScaled && sides is { } bounds && d <= 100 && bounds.Lower.Concat(bounds.Upper).All(double.IsFinite))
        {
            series.Add(new Band("allowed", coordinates, bounds.Lower, bounds.Upper) { Ink = Colours.Grey, Opacity = 0.12 });
        }

        foreach (var (m, k) in minima.Select((m, k) => (m, k)).Reverse())
        {
            double[] at = [.. m.Point.Select((c, i) => isScaled ? (c - sides!.Value.Lower[i]) / (sides.Value.Upper[i] - sides.Value.Lower[i]) : c)];
            series.Add(new Line("", coordinates, at) { Ink = Colours.Of(k, minima.Count), Width = k == 0 ? 2.6 : 1.4 });
            series.Add(new Points($"{k + 1}: f = {Number(m.ShownValue, 6)}", coordinates, at)
            {
                Ink = Colours.Of(k, minima.Count),
                Size = d > 60 ? 3 : 7,
                Shape = k == 0 ? Shape.Square : Shape.Disc,
                Details = d > 400 ? null : [.. m.Point.Select((c, i) => $"minimum {k + 1}: {Coordinate(i)} = {Number(c, 6)}")],
            });
        }

        var axis = new Axis("coordinate") { Names = d <= 400 ? [.. Enumerable.Range(0, d).Select(Coordinate)] : null, IsWhole = true, Low = -0.5, High = d - 0.5 };
        return new("parameters", Title(result, minima), [new("", axis, new(isScaled ? "place within its bounds (0 low, 1 high)" : "value of the coordinate"), series)]);
    }

    private static string Title(SurveyResult result, List<StationaryPoint> minima)
    {
        if (minima.Count < 2)
        {
            return $"{result.Objective.Name}: {(minima.Count == 0 ? "no minimum was found" : "the coordinates of the one minimum found")}";
        }

        double[] spread = [.. Enumerable.Range(0, result.Objective.Dimension).Select(i => minima.Max(m => m.Point[i]) - minima.Min(m => m.Point[i]))];
        return $"{result.Objective.Name}: the best {minima.Count} minima differ most in {Coordinate(Array.IndexOf(spread, spread.Max()))}, by {Number(spread.Max(), 3)}, and least in {Coordinate(Array.IndexOf(spread, spread.Min()))}, by {Number(spread.Min(), 3)}";
    }
}
