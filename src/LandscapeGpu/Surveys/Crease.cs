namespace LandscapeGpu.Surveys;

/// <summary>A crease, or the edge of a jump, as it runs through a point; in units of the scale.</summary>
/// <param name="Normals">Across it, the steepest first.</param>
/// <param name="Vector">The slope along it.</param>
/// <param name="Slope">Its length.</param>
internal sealed record Crease(double[][] Normals, double[] Vector, double Slope)
{
    /// <summary>Creases that cross are met one after the other; where more do, other steps go on.</summary>
    public const int MostRounds = 3;

    /// <summary>f jumps there.</summary>
    public bool IsEdge { get; init; }

    /// <summary>The way down along it, of length one.</summary>
    public double[] Down => [.. Vector.Select(e => -e / Slope)];
}
