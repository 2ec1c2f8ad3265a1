namespace LandscapeGpu.Pictures.Surveys;

/// <summary>Value and gradient norm over the steps of descents: each of a few, or the fan of many (median, quartiles, extremes), one colour a rule.</summary>
public static class DescentFigure
{
    // More lines than this are drawn as a fan.
    private const int MostLines = 7;

    /// <summary>The fan of descents.</summary>
    /// <param name="trajectories">Descents of one landscape; those of one rule make one fan.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Figure Of(IReadOnlyList<Trajectory> trajectories)
    {
        ArgumentNullException.ThrowIfNull(trajectories);
        if (trajectories.Count == 0)
        {
            throw new ArgumentException("There are no descents to draw; give at least one.");
        }

        var least = trajectories.Min(t => t.Points.Min(p => double.IsFinite(p.Value) ? p.Value : double.PositiveInfinity));
        var isExact = trajectories[0].Objective.Known.GlobalValue is { } known && known <= least;
        var reference = isExact ? trajectories[0].Objective.Known.GlobalValue!.Value : least;
        var value = new Axis(isExact ? "f(x) − f*" : "f(x) − lowest value met") { IsLogarithmic = true };
        return new("descents", Title(trajectories),
        [
            new("value", new("step k") { IsWhole = true, Low = 0 }, value, Fans(trajectories, p => p.Value - reference)),
            new("gradient norm", new("step k") { IsWhole = true, Low = 0 }, new("‖∇f(x)‖") { IsLogarithmic = true }, Fans(trajectories, p => p.GradientNorm)),
        ])
        { Columns = 1, RowHeight = 330 };
    }

    private static List<Series> Fans(IReadOnlyList<Trajectory> trajectories, Func<TrajectoryPoint, double> of)
    {
        var series = new List<Series>();
        var rules = trajectories.GroupBy(t => t.Rule).ToList();
        if (trajectories.Count <= MostLines)
        {
            series.AddRange(trajectories.Select((t, k) => new Line(rules.Count == trajectories.Count ? t.Rule : $"{t.Rule}, restart {t.Restart}", [.. t.Points.Select(p => (double)p.Step)], [.. t.Points.Select(of)]) { Ink = Colours.Of(k) }));
            return series;
        }

        foreach (var (rule, k) in rules.Select((r, k) => (r, k)))
        {
            series.AddRange(Fan(rule.Key, [.. rule], of, Colours.Of(k)));
        }

        return series;
    }

    private static IEnumerable<Series> Fan(string rule, List<Trajectory> trajectories, Func<TrajectoryPoint, double> of, Ink ink)
    {
        // A restart that has ended stays where it is: leaving it out would make the fan a picture of the slow ones.
        double[] steps = [.. trajectories.SelectMany(t => t.Points.Select(p => (double)p.Step)).Distinct().Order()];
        double[][] rows = [.. trajectories.Select(t => steps.Select(s => of(t.Points.Last(p => p.Step <= s))).ToArray())];
        double[] At(double quantile) => [.. steps.Select((_, k) => Quantile([.. rows.Select(r => r[k]).Where(double.IsFinite).Order()], quantile))];
        // On a logarithmic axis what has come down to 0 would leave a hole: the least that is positive stands for it.
        var floor = rows.SelectMany(r => r).Where(v => v > 0).DefaultIfEmpty(1).Min();
        double[] Raised(double quantile) => [.. At(quantile).Select(v => Math.Max(v, floor))];
        yield return new Band($"{rule}: all {trajectories.Count}", steps, Raised(0), Raised(1)) { Ink = ink, Opacity = 0.12 };
        yield return new Band($"{rule}: middle half", steps, Raised(0.25), Raised(0.75)) { Ink = ink, Opacity = 0.28 };
        yield return new Line($"{rule}: median", steps, Raised(0.5)) { Ink = ink, Width = 2.2 };
    }

    internal static double Quantile(double[] sorted, double quantile)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        var at = quantile * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private static string Title(IReadOnlyList<Trajectory> trajectories)
    {
        var (name, rules) = (trajectories[0].Objective.Name, trajectories.GroupBy(t => t.Rule).ToList());
        var converged = rules.Select(r => $"{r.Count(t => t.Outcome == Descent.Outcome.Converged)} of {Count(r.Count(), "descent")} by {r.Key} converge, in {Number(Quantile([.. r.Select(t => (double)t.Steps).Order()], 0.5))} steps (median)");
        return $"{name}: {string.Join("; ", converged)}";
    }
}
