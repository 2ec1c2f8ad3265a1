namespace LandscapeGpu.Surveys;

/// <summary>A stationary point as one flat record, for data grids and data frames.</summary>
/// <param name="Value">f there.</param>
/// <param name="Count">Restarts that ended there.</param>
/// <param name="Share">Count as a share.</param>
/// <param name="ShareLow">The lower end of the share's 95% interval.</param>
/// <param name="ShareHigh">The upper end.</param>
/// <param name="LambdaMin">The Hessian's lowest eigenvalue that is not of a zero mode of the symmetry; NaN where none is known.</param>
/// <param name="LambdaMax">The largest; NaN where none is known.</param>
/// <param name="GradientNorm">‖∇f‖ after polishing.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Index">How many eigenvalues are negative.</param>
/// <param name="Point">The coordinates.</param>
public sealed record MinimumRow(
    double Value, long Count, double Share, double ShareLow, double ShareHigh, double LambdaMin, double LambdaMax, double GradientNorm, StationaryKind Kind, int Index, double[] Point)
{
    internal static MinimumRow Of(StationaryPoint p) => new(
        p.Value, p.Count, p.Share, p.ShareLow, p.ShareHigh, p.LowestEigenvalue ?? double.NaN, p.Eigenvalues.Count == 0 ? double.NaN : p.Eigenvalues[^1], p.GradientNorm, p.Kind, p.Index, [.. p.Point]);
}
