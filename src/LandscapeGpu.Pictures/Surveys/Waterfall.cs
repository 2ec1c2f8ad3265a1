namespace LandscapeGpu.Pictures.Surveys;

/// <summary>The values that all restarts ended at, sorted: plateaus are minima that many restarts reach, as fitters of models read them.</summary>
/// <remarks>Restarts that ended at no stationary point have no value that means anything; their share is shown at the right.</remarks>
public static class Waterfall
{
    private const int MostSteps = 5_000;

    /// <summary>The waterfall of a survey.</summary>
    /// <param name="result">The survey.</param>
    public static Figure Of(SurveyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var points = result.AllMinima.Concat(result.Stationary).OrderBy(p => p.Value).ToList();
        var arrived = points.Sum(p => p.Count);
        var (axis, x, y) = (new ValueAxis("value f(x) where it ended", points), new List<double>(), new List<double>());
        var done = 0L;
        foreach (var p in points.Take(MostSteps))
        {
            // A step has two ends; a single restart is a step of one.
            x.AddRange([done + 1, done + p.Count]);
            y.AddRange([axis.At(p), axis.At(p)]);
            done += p.Count;
        }

        var series = new List<Series>();
        if (arrived < result.Restarts && points.Count > 0)
        {
            series.Add(new Area("came to no stationary point", arrived + 1, result.Restarts, double.NegativeInfinity, double.PositiveInfinity) { Ink = Colours.Vermilion });
        }

        series.Add(new Line("values of all endpoints", x, y) { Ink = Colours.Blue, Width = 2.2 });
        var (firsts, before) = (new List<double>(), 0L);
        foreach (var p in points.Take(200))
        {
            firsts.Add(before + ((p.Count + 1) / 2.0));
            before += p.Count;
        }

        if (points.Count is > 0 and <= 200)
        {
            series.Add(new Points("", firsts, [.. points.Select(axis.At)]) { Ink = Colours.Blue, Size = 5, Details = [.. points.Select(Detail)] });
        }

        return new("waterfall", Title(result, arrived), [new("", new("restart, sorted by value") { Low = 0, High = result.Restarts + 1, IsWhole = true }, axis.Axis, series)]);
    }

    private static string Title(SurveyResult result, long arrived)
    {
        var best = result.AllMinima.FirstOrDefault();
        var lost = result.Restarts - arrived;
        return best is null
            ? $"{result.Objective.Name}: no restart of {result.Restarts:N0} ended at a minimum"
            : $"{result.Objective.Name}: {Count(result.AllMinima.Where(m => m.HasValueOf(best)).Sum(m => m.Count), "restart")} of {result.Restarts:N0} end at the lowest minimum, {Number(best.ShownValue, Digits(result.AllMinima, 7))}{(lost == 0 ? "" : $"; {lost:N0} came to no stationary point")}";
    }
}
