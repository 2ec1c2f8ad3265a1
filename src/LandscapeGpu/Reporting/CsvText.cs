using System.Text;
using LandscapeGpu.Evidence;

namespace LandscapeGpu.Reporting;

/// <summary>Results as comma-separated values (RFC 4180): all digits, a heading, empty where there is no value.</summary>
public static class CsvText
{
    /// <summary>One row for each minimum, best first, those on the boundary and at kinks among them; the coordinates come last, by their names.</summary>
    public static string Of(SurveyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        // Of a list one field cannot be read back: coordinates have one each.
        var statistics = PointStatistic.All.Where(s => s.Type != StatisticType.Numbers).ToList();
        string[] keys = [.. statistics.Select(s => s.Key)];
        return Rows(
            keys.Concat(result.Objective.ColumnNamesBeside(keys)),
            result.AllMinima.Select(m => statistics.Select(s => s.Of(m)).Concat(m.Point.Cast<object?>())));
    }

    /// <summary>One row for each contender, in the order they were given.</summary>
    public static string Of(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return Rows(
            [
                "rule", "reached", "restarts", "share", "share_low", "share_high", "converged", "diverged", "stuck", "median_steps", "gradients_per_success", "median_sharpness", "median_trace", "plateau_share",
                "seconds", "median_train_loss", "median_train_accuracy", "median_test_loss", "median_test_accuracy",
            ],
            comparison.Results.Select(r => (IEnumerable<object?>)
            [
                r.Contender.ToString(), r.Reached.Count, r.Reached.Total, r.Reached.Share, r.Reached.Interval.Lower, r.Reached.Interval.Upper, r.Outcomes.Converged, r.Diverged, r.Stuck,
                r.MedianSteps, r.GradientsPerSuccess, r.MedianSharpness, r.MedianTrace, r.Plateaus?.Share,
                r.Seconds, r.MedianOf(s => s.TrainLoss), r.MedianOf(s => s.TrainAccuracy), r.MedianTestLoss, r.MedianOf(s => s.TestAccuracy),
            ]));
    }

    /// <summary>One row for each restart with its final value by each contender: the same row is the same start.</summary>
    public static string FinalLosses(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return Rows(
            comparison.Results.Select(r => r.Contender.ToString()).Prepend("restart"),
            Enumerable.Range(0, comparison.Options.Restarts).Select(k => comparison.Results.Select(r => (object?)r.FinalValues[k]).Prepend(k)));
    }

    private static string Rows(IEnumerable<string> heading, IEnumerable<IEnumerable<object?>> rows)
    {
        var text = new StringBuilder().AppendJoin(',', heading.Select(Field)).Append('\n');
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Field)).Append('\n');
        }

        return text.ToString();
    }

    private static string Field(object? value) => value switch
    {
        null => "",
        double number => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "",
        _ => CsvFile.Quoted(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
