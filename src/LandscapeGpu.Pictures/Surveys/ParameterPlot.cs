namespace LandscapeGpu.Pictures.Surveys;

/// <summary>The coordinates of the best minima, a line each: lines that part show which parameters the data leave open.</summary>
public static class ParameterPlot
{
    // In print, and to many eyes, colours alone do not tell lines apart.
    private static readonly Shape[] Shapes = [Shape.Square, Shape.Disc, Shape.Triangle, Shape.Diamond, Shape.Ring, Shape.Cross];

    /// <summary>The coordinates of the best minima of a survey.</summary>
    /// <param name="result">The survey.</param>
    /// <param name="count">How many minima.</param>
    public static Figure Of(SurveyResult result, int count = 7)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (objective, minima) = (result.Objective, result.AllMinima.Take(count).ToList());
        var (d, sides) = (objective.Dimension, objective.Region.Sides);
        // Coordinates of very different sizes share one axis only as shares of their ranges.
        var area = Surroundings.Of(objective, minima.Select(m => m.Point));
        var isScaled = Surroundings.HaveSizesOfTheirOwn(area);
        var series = new List<Series>();
        var digits = Digits(minima);
        double[] coordinates = [.. Enumerable.Range(0, d).Select(i => (double)i)];
        foreach (var (m, k) in minima.Select((m, k) => (m, k)))
        {
            double[] at = [.. m.Point.Select((c, i) => isScaled ? (c - area[i].Low) / (area[i].High - area[i].Low) : c)];
            series.Add(new Points($"{k + 1}: f = {Number(m.ShownValue, digits)}", coordinates, at)
            {
                Ink = Colours.Of(k, minima.Count),
                Size = d > 60 ? 3 : k == 0 ? 9 : 7,
                Shape = Shapes[k % Shapes.Length],
                Details = d > 400 ? null : [.. m.Point.Select((c, i) => $"minimum {k + 1}: {Coordinate(objective, i)} = {Number(c, 6)}")],
            });
            series.Add(new Line("", coordinates, at) { Ink = Colours.Of(k, minima.Count), Width = k == 0 ? 2.6 : 1.4 });
        }

        if (!isScaled && sides is { } bounds && d <= 100 && bounds.Lower.Concat(bounds.Upper).All(double.IsFinite))
        {
            series.Add(new Band("allowed", coordinates, bounds.Lower, bounds.Upper) { Ink = Colours.Grey, Opacity = 0.12 });
        }

        var axis = new Axis("coordinate") { Names = d <= 400 ? [.. Enumerable.Range(0, d).Select(i => Coordinate(objective, i))] : null, IsWhole = true, Low = -0.5, High = d - 0.5 };
        return new("parameters", Title(result, minima, area, isScaled), [new("", axis, new(isScaled ? "share of the coordinate's range" : "value of the coordinate"), series) { IsFirstOnTop = true }]);
    }

    private static string Title(SurveyResult result, List<StationaryPoint> minima, (double Low, double High)[] area, bool isScaled)
    {
        if (minima.Count < 2)
        {
            return $"{result.Objective.Name}: {(minima.Count == 0 ? "no minimum was found" : "the coordinates of the one minimum found")}";
        }

        // Coordinates are compared by what they span of the landscape: their units decide nothing.
        double[] spread = [.. area.Select((_, i) => minima.Max(m => m.Point[i]) - minima.Min(m => m.Point[i]))];
        double[] share = [.. spread.Select((s, i) => s <= 1e-9 * (area[i].High - area[i].Low) ? 0 : s / (area[i].High - area[i].Low))];
        var (most, least) = (Array.IndexOf(share, share.Max()), Array.IndexOf(share, share.Min()));
        var finding = share[most] == 0 ? "have the same coordinates"
            : spread.Min() > 0.99 * spread.Max() ? $"differ as much in every coordinate, by {By(most)}"
            : $"differ most in {Coordinate(result.Objective, most)}, by {By(most)}, and least in {Coordinate(result.Objective, least)}, {(share[least] == 0 ? "not at all" : $"by {By(least)}")}";
        return $"{result.Objective.Name}: the best {minima.Count} minima {finding}";

        string By(int i) => isScaled ? $"{Percent(share[i])} of its range" : Number(spread[i], 3);
    }
}
