namespace LandscapeGpu.Pictures.Surveys;

/// <summary>Value and gradient norm over the steps of descents: each of a few, or the fan of many (median, quartiles, extremes), one colour a rule.</summary>
public static class DescentFigure
{
    // More lines than this are drawn as a fan.
    private const int MostLines = 7;

    // Where half of the descents of a rule are over within this share of the axis, what they do on it cannot be seen.
    private const double Crowded = 1.0 / 16;

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
        var values = Fans(trajectories, p => p.Value - reference);
        var value = new Axis(isExact ? "f(x) − f*" : "f(x) − lowest value met") { IsLogarithmic = true, Zero = Zero(trajectories, p => p.Value - reference) };
        var norm = new Axis("gradient norm ‖∇f(x)‖") { IsLogarithmic = true, Zero = Zero(trajectories, p => p.GradientNorm) };
        return new("descents", Title(trajectories),
        [
            new($"value{Shown(trajectories)}", Steps(trajectories), value, values),
            new($"gradient norm{Shown(trajectories)}", Steps(trajectories), norm, Fans(trajectories, p => p.GradientNorm)),
        ])
        { Columns = 1, RowHeight = 330 };
    }

    /// <summary>The axis of steps: logarithmic where one rule takes so many that those of another would share its edge.</summary>
    private static Axis Steps(IReadOnlyList<Trajectory> trajectories)
    {
        var fewest = trajectories.GroupBy(t => t.Rule).Min(g => Quantile([.. g.Select(t => (double)t.Steps).Order()], 0.5));
        return fewest < Crowded * trajectories.Max(t => t.Steps)
            ? new("step k") { IsLogarithmic = true, Zero = ValueAxis.Below(1), Low = 0 }
            : new("step k") { IsWhole = true, Low = 0 };
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
        yield return new Band("", steps, At(0), At(1)) { Ink = ink, Opacity = 0.12 };
        yield return new Band("", steps, At(0.25), At(0.75)) { Ink = ink, Opacity = 0.28 };
        yield return new Line(rule, steps, At(0.5)) { Ink = ink, Width = 2.2 };
    }

    /// <summary>What fans show.</summary>
    private static string Shown(IReadOnlyList<Trajectory> trajectories) =>
        trajectories.Count <= MostLines ? "" : $": median, middle half and extremes of {Count(trajectories.GroupBy(t => t.Rule).Max(g => g.Count()), "descent")}{(trajectories.GroupBy(t => t.Rule).Count() > 1 ? " each" : "")}";

    /// <summary>Where 0 stands; null where nothing comes down to it.</summary>
    private static double? Zero(IReadOnlyList<Trajectory> trajectories, Func<TrajectoryPoint, double> of)
    {
        var all = trajectories.SelectMany(t => t.Points.Select(of)).Where(double.IsFinite).ToList();
        return all.Exists(v => v <= 0) ? ValueAxis.Below(all.Where(v => v > 0).DefaultIfEmpty(1).Min()) : null;
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
        return $"{name}: {string.Join("; ", rules.Select(r => Finding(r.Key, [.. r])))}";
    }

    private static string Finding(string rule, List<Trajectory> descents)
    {
        var converged = descents.Where(t => t.Outcome == Descent.Outcome.Converged).Select(t => (double)t.Steps).Order().ToArray();
        return converged.Length == 0 ? $"{(descents.Count == 1 ? "the descent" : $"none of {descents.Count} descents")} by {rule} {(descents.Count == 1 ? "has not converged" : "has converged")} after {Count(descents.Max(t => t.Steps), "step")}"
            : $"{(descents.Count == 1 ? "the descent" : $"{converged.Length} of {descents.Count} descents")} by {rule} {(descents.Count == 1 ? "converges" : "converge")} after {Count((long)Math.Round(Quantile(converged, 0.5)), "step")}{(converged.Length > 1 ? " (median)" : "")}";
    }
}
