namespace LandscapeGpu.Pathways;

/// <summary>A path between two minima that a relaxed elastic band drew: of its highest point an upper bound, found without a saddle.</summary>
/// <param name="From">A minimum, by its number.</param>
/// <param name="To">Another, of which the path ends at the image that the symmetry puts nearest.</param>
/// <param name="Highest">The highest value of f on the piecewise linear path, looked at on a fine grid.</param>
/// <param name="Points">Where its pieces end, as the formula is given them.</param>
public sealed record BandPath(int From, int To, double Highest, IReadOnlyList<IReadOnlyList<double>> Points);
