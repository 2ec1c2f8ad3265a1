namespace LandscapeGpu.Pathways;

/// <summary>A point of a path.</summary>
/// <param name="Arc">The length of the path from the saddle to here; negative on the side of the minimum named first.</param>
/// <param name="Value">f there.</param>
/// <param name="Point">Its coordinates, as the formula is given them.</param>
public readonly record struct PathPoint(double Arc, double Value, IReadOnlyList<double> Point);

/// <summary>A saddle of index 1 and the minima that steepest descent leads to from it, one on each side.</summary>
/// <remarks>Murrell and Laidler (1968), Transactions of the Faraday Society 64, 371: the highest point of the lowest path between two minima has index 1.</remarks>
public sealed record TransitionState
{
    /// <summary>The saddle.</summary>
    public required StationaryPoint Saddle { get; init; }

    /// <summary>The lower of the two minima, by its number in <see cref="TransitionNetwork.Minima"/>; null where that side came to none.</summary>
    public required int? From { get; init; }

    /// <summary>The other one; the same where the path leads from one image of a minimum to another.</summary>
    public required int? To { get; init; }

    /// <summary>The length of the path from the saddle to the first minimum, in the coordinates of the formula.</summary>
    public required double LengthFrom { get; init; }

    /// <summary>The same to the second.</summary>
    public required double LengthTo { get; init; }

    /// <summary>The unit eigenvector of the negative eigenvalue, in the coordinates that move: the direction of escape, up to its sign.</summary>
    public required IReadOnlyList<double> EscapeDirection { get; init; }

    /// <summary>Points along the path, from the first minimum over the saddle to the second.</summary>
    public required IReadOnlyList<PathPoint> Path { get; init; }

    /// <summary>What became of a side that came to no minimum; empty where both did.</summary>
    public required string Unjoined { get; init; }

    /// <summary>Whether both sides came to a minimum.</summary>
    public bool IsJoined => From is not null && To is not null;

    /// <summary>Whether the path joins two images of one minimum under the symmetry: a degenerate rearrangement.</summary>
    public bool IsDegenerateRearrangement => From is not null && From == To;

    /// <summary>f at the saddle.</summary>
    public double Value => Saddle.Value;
}
