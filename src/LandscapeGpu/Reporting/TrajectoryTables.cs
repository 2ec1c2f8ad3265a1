namespace LandscapeGpu.Reporting;

/// <summary>Recorded descents as a table.</summary>
public static class TrajectoryTables
{
    /// <summary>Where each descent began and ended.</summary>
    /// <param name="trajectories">The descents.</param>
    public static Table Of(IReadOnlyList<Trajectory> trajectories)
    {
        ArgumentNullException.ThrowIfNull(trajectories);
        return new(
            "Descents:",
            [new("restart"), new("steps"), new("outcome", false), new("value at the start", GivesWay: 1), new("at the end"), new("‖∇f‖ at the end", GivesWay: 2), new("from", false, GivesWay: 4), new("to", false, GivesWay: 3)],
            [
                .. trajectories.Select(t => (IReadOnlyList<string>)
                [
                    NumberText.Of(t.Restart), NumberText.Of(t.Steps), EndedAs(t.Outcome),
                    NumberText.Of(t.Points[0].Value, 9), NumberText.Of(t.Points[^1].Value, 9), NumberText.Of(t.Points[^1].GradientNorm, 3),
                    NumberText.Point(t.Points[0].Point), NumberText.Point(t.Points[^1].Point),
                ]),
            ]);
    }

    private static string EndedAs(Descent.Outcome outcome) => outcome switch
    {
        Descent.Outcome.Converged => "converged",
        Descent.Outcome.IterationLimit => "iteration limit",
        Descent.Outcome.Stalled => "stalled",
        Descent.Outcome.LeftDomain => "left the domain",
        _ => "not finite",
    };
}
