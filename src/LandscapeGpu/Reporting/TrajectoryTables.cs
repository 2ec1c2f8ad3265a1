namespace LandscapeGpu.Reporting;

/// <summary>Recorded descents as a table.</summary>
public static class TrajectoryTables
{
    /// <summary>Where each descent began and ended.</summary>
    /// <param name="trajectories">The descents.</param>
    public static Table Of(IReadOnlyList<Trajectory> trajectories)
    {
        ArgumentNullException.ThrowIfNull(trajectories);
        var isTested = trajectories.Any(t => t.LeastTestLoss is not null);
        return new(
            "Descents:",
            [
                new("restart"), new("steps"), new("outcome", false), new("value at the start", GivesWay: 1), new("at the end"), new("‖∇f‖ at the end", GivesWay: 2),
                .. isTested ? [new("test loss at the end"), new("least"), new("after steps")] : Array.Empty<Column>(),
                new("from", false, GivesWay: 4, GoesBelow: true), new("to", false, GivesWay: 3, GoesBelow: true),
            ],
            [
                .. trajectories.Select(t => (IReadOnlyList<string>)
                [
                    NumberText.Of(t.Restart), NumberText.Of(t.Steps), EndedAs(t.Outcome),
                    NumberText.Of(t.Points[0].Value, 9), NumberText.Of(t.Points[^1].Value, 9), NumberText.Of(t.Points[^1].GradientNorm, 3),
                    .. isTested ? [Loss(t.Points[^1]), Loss(t.LeastTestLoss), t.LeastTestLoss is { } least ? NumberText.Of(least.Step) : ""] : Array.Empty<string>(),
                    NumberText.Point(t.Points[0].Point), NumberText.Point(t.Points[^1].Point),
                ]),
            ]);
    }

    /// <summary>What early stopping would have done, in a sentence; null where no samples are held out.</summary>
    /// <param name="trajectories">The descents.</param>
    public static string? EarlyStopping(IReadOnlyList<Trajectory> trajectories)
    {
        ArgumentNullException.ThrowIfNull(trajectories);
        var tested = trajectories.Where(t => t.LeastTestLoss is not null).ToList();
        if (tested.Count == 0)
        {
            return null;
        }

        var (stops, ends, least) = (tested.Select(t => t.LeastTestLoss!.Step).Order().ToList(), tested.Select(t => t.Points[^1].Score.TestLoss!.Value).ToList(), tested.Select(t => t.LeastTestLoss!.Score.TestLoss!.Value).ToList());
        var early = tested.Count(t => t.LeastTestLoss!.Step < t.Steps);
        var where = stops[0] == stops[^1] ? $"after {NumberText.Count(stops[0], "step", "steps")}" : $"after {NumberText.Of(stops[0])} to {NumberText.Of(stops[^1])} steps";
        var mean = tested.Count == 1 ? "" : " in the mean";
        return early == 0
            ? $"The loss on held-out samples falls to the end, to {NumberText.Of(ends.Average(), 4)}{mean}: stopping early gains nothing."
            : $"Stopped early, where the loss on held-out samples is least ({where}), it is {NumberText.Of(least.Average(), 4)}{mean}, and {NumberText.Of(ends.Average(), 4)} at the end{(tested.Count == 1 ? "" : $"; {early} of {tested.Count} descents gain by it")}. The samples that say when to stop are those that judge: the gain is an upper estimate.";
    }

    private static string Loss(TrajectoryPoint? point) => point?.Score.TestLoss is { } loss ? NumberText.Of(loss, 4) : "";

    private static string EndedAs(Descent.Outcome outcome) => outcome switch
    {
        Descent.Outcome.Converged => "converged",
        Descent.Outcome.IterationLimit => "iteration limit",
        Descent.Outcome.Stalled => "stalled",
        Descent.Outcome.LeftDomain => "ran to infinity",
        _ => "not finite",
    };
}
