using LandscapeGpu.Pictures.Surveys;

namespace LandscapeGpu.Pictures.Evidence;

/// <summary>Ways to descend side by side: how often each reaches the global value, at what cost, and the fans of their descents.</summary>
public static class ComparisonFigure
{
    // Enough for quartiles; each is run again for every point recorded.
    private const int Descents = 24;

    /// <summary>How often each reaches the global value, with intervals, and what a success costs.</summary>
    /// <param name="comparison">The comparison.</param>
    public static Figure Of(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var results = comparison.Results;
        // From top to bottom, in the order they were given: names are long, and stand beside their points.
        var count = results.Count;
        var axis = new Axis("way to descend") { Names = [.. results.Select(r => r.Contender.ToString()).Reverse()], Low = -0.6, High = count - 0.4 };
        double[] y = [.. results.Select((_, k) => count - 1.0 - k)];
        var cheap = results.Select((r, k) => (r, At: y[k])).Where(p => double.IsFinite(p.r.GradientsPerSuccess) && p.r.GradientsPerSuccess > 0).ToList();
        return new("comparison", Typeset(comparison.Sentence),
        [
            new("reaches the global value", new("share of restarts, 95% interval") { Low = -0.03, High = 1.03 }, axis,
            [
                new Points("", [.. results.Select(r => r.Reached.Share)], y)
                {
                    Ink = Colours.Blue,
                    IsAcross = true,
                    Low = [.. results.Select(r => r.Reached.Interval.Lower)],
                    High = [.. results.Select(r => r.Reached.Interval.Upper)],
                    Details = [.. results.Select(r => $"{r.Contender}: {r.Reached.Count:N0} of {r.Reached.Total:N0}")],
                },
            ]),
            new("cost of one success", new("gradients per success") { IsLogarithmic = true }, axis,
                [new Points("", [.. cheap.Select(p => p.r.GradientsPerSuccess)], [.. cheap.Select(p => p.At)]) { Ink = Colours.Vermilion, Shape = Shape.Diamond, Details = [.. cheap.Select(p => $"{p.r.Contender}: {Wording.Number(p.r.GradientsPerSuccess)} gradients")] }]),
        ])
        { RowHeight = Math.Clamp(150 + (26 * count), 220, 900) };
    }

    /// <summary>Fans of value and gradient norm over the steps, one colour a way to descend: the first starts again, recorded.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="cancellation">Stops recording.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Figure Fans(Comparison comparison, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var options = comparison.Options;
        var count = Math.Min(Descents, options.Restarts);
        return DescentFigure.Of([.. comparison.Results.Take(Colours.Distinct).SelectMany(r => Trajectory.Record(comparison.Objective, new()
        {
            Descent = r.Contender.Descent,
            Starts = r.Contender.Starts?.Sampler ?? options.Starts,
            Seed = options.Seed,
            Restarts = [.. Enumerable.Range(0, count)],
            IsThinning = true,
            Device = options.Device,
            Threads = options.Threads,
        }, cancellation).Select(t => t with { Rule = r.Contender.ToString() }))]);
    }
}
