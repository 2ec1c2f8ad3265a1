namespace LandscapeGpu.Pictures.Surveys;

/// <summary>Minima by value, each with the share of restarts that ended in its basin and the share's interval.</summary>
public static class MinimaFigure
{
    // A minimum more is a dot more; beyond this they are a cloud.
    private const int Most = 2_000;

    // Of so few each has its number beside it: copies of one minimum lie on one another.
    private const int MostNumbered = 12;

    /// <summary>The minima of a survey.</summary>
    /// <param name="result">The survey.</param>
    public static Figure Of(SurveyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var minima = result.AllMinima.Take(Most).ToList();
        var (axis, series) = (new ValueAxis("value f(x) at the minimum", minima), new List<Series>());
        if (minima.Count > 0)
        {
            var least = minima.Select(m => m.ShareLow).Where(s => s > 0).DefaultIfEmpty(1e-6).Min();
            series.Add(new Points("basin share, 95% interval", [.. minima.Select(axis.At)], [.. minima.Select(m => m.Share)])
            {
                Ink = Colours.Blue,
                Low = [.. minima.Select(m => Math.Max(m.ShareLow, least))],
                High = [.. minima.Select(m => m.ShareHigh)],
                Size = minima.Count > 200 ? 4 : 8,
                Details = [.. minima.Select(Detail)],
                Labels = minima.Count <= MostNumbered ? [.. minima.Select((_, k) => $"{k + 1}")] : null,
            });
        }

        // Below the rule of three's share a basin may well have been missed.
        if (result.AtMinima >= 3)
        {
            series.Add(new Level("3/n: smaller basins may be missed", 3.0 / result.AtMinima, IsVertical: false) { Ink = Colours.Vermilion });
        }

        return new("minima", Title(result), [new("", axis.Axis, new("share of restarts that came to rest") { IsLogarithmic = true }, series)]);
    }

    private static string Title(SurveyResult result)
    {
        var minima = result.AllMinima.ToList();
        if (minima.Count == 0)
        {
            return $"{result.Objective.Name}: no restart ended at a minimum";
        }

        var digits = Digits(minima, 7);
        var (best, widest) = (Same(minima[0]), Same(minima.MaxBy(m => m.Share)!));
        return $"{result.Objective.Name}: {Count(minima.Count, "minimum", "minima")}; the lowest value, {Number(minima[0].ShownValue, digits)}, takes {Percent(best.Sum(m => m.Share))} of the restarts that came to rest"
            + (widest.Contains(minima[0]) ? "" : $", the widest basins, at {Number(widest[0].ShownValue, digits)}, {Percent(widest.Sum(m => m.Share))}{(widest.Count > 1 ? " together" : "")}");

        // Copies under a symmetry have one value.
        List<StationaryPoint> Same(StationaryPoint m) => [.. minima.Where(n => n.HasValueOf(m))];
    }
}
