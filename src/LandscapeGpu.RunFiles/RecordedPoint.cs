namespace LandscapeGpu.RunFiles;

/// <summary>A stationary point as a run file has it.</summary>
/// <param name="Kind">What it is: Minimum, DegenerateMinimum, StrictSaddle …</param>
/// <param name="Value">f(x).</param>
/// <param name="Count">How many restarts ended there.</param>
/// <param name="Share">Count as a share of the restarts that came to a stationary point.</param>
/// <param name="ShareLow">The lower end of the share's 95% interval.</param>
/// <param name="ShareHigh">The upper end of the share's 95% interval.</param>
/// <param name="GradientNorm">‖∇f‖ there.</param>
/// <param name="Index">How many eigenvalues are negative.</param>
/// <param name="FlatDirections">How many eigenvalues are zero to rounding.</param>
/// <param name="Places">How many points of one flat set were made one.</param>
/// <param name="Point">x, as the formula is given it.</param>
/// <param name="Eigenvalues">The Hessian's, ascending: all, or the extreme ones where the dimension is large.</param>
public sealed record RecordedPoint(
    string Kind, double Value, long Count, double Share, double ShareLow, double ShareHigh, double GradientNorm, int Index, int FlatDirections, int Places,
    IReadOnlyList<double> Point, IReadOnlyList<double> Eigenvalues);
