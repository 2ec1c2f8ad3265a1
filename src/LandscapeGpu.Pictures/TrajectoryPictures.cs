using LandscapeGpu.Pictures.Surveys;

namespace LandscapeGpu.Pictures;

/// <summary>Pictures of recorded descents, in one line: <c>Trajectory.Record(objective).Figure()</c>.</summary>
public static class TrajectoryPictures
{
    /// <summary>The picture that shows most: on the graph of one coordinate, on the map of two, else value and gradient norm over the steps.</summary>
    /// <param name="trajectories">Descents of one landscape.</param>
    public static Figure Figure(this IReadOnlyList<Trajectory> trajectories) => trajectories.Figures()[0];

    /// <summary>All pictures that apply, the one that shows most first.</summary>
    /// <param name="trajectories">Descents of one landscape.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static IReadOnlyList<Figure> Figures(this IReadOnlyList<Trajectory> trajectories)
    {
        ArgumentNullException.ThrowIfNull(trajectories);
        var descents = DescentFigure.Of(trajectories);
        var objective = trajectories[0].Objective;
        return objective.Dimension == 1 ? [LineLandscape.Of(trajectories), descents]
            : ContourMap.IsFor(objective) ? [ContourMap.Of(trajectories), descents]
            : [descents];
    }
}
