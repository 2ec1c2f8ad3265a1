namespace LandscapeGpu.Spectra;

/// <summary>What products with a symmetric operator tell of its eigenvalues: its ends by Lanczos' method, and how the others are distributed.</summary>
/// <remarks>Ends are within their residuals of eigenvalues. Counts, trace and rank are estimates from random vectors, each with its standard error.</remarks>
public sealed record OperatorSpectrum
{
    // Shares of the highest eigenvalue above which eigenvalues are counted.
    internal static readonly double[] Levels = [0.1, 0.01, 1e-4];

    /// <summary>The rows of the matrix: how many eigenvalues it has.</summary>
    public required int Rows { get; init; }

    /// <summary>The highest eigenvalues, descending.</summary>
    public required IReadOnlyList<double> Highest { get; init; }

    /// <summary>‖A v − λ v‖ of each of the highest, ‖v‖ = 1.</summary>
    public required IReadOnlyList<double> HighestResiduals { get; init; }

    /// <summary>The lowest eigenvalue; where <see cref="LowestResidual"/> is not small, a number that it is at most.</summary>
    public required double Lowest { get; init; }

    /// <summary>‖A v − λ v‖ of the lowest; 0 where it is known without computing, as 0 where there are more rows than the rank can be.</summary>
    public required double LowestResidual { get; init; }

    /// <summary>The distribution of the eigenvalues of the operator that was multiplied with.</summary>
    public required SpectralDensity Density { get; init; }

    /// <summary>The rows of the operator that was multiplied with: the matrix has its eigenvalues, and 0 for each further row.</summary>
    public required int OperatorRows { get; init; }

    /// <summary>Whether the lowest eigenvalue is known as well as the highest.</summary>
    public bool IsLowestFound => LowestResidual <= 2 * Stationarity.HalfTheDigits * Math.Max(Math.Abs(Lowest), Math.Abs(Highest[0]));

    /// <summary>tr A.</summary>
    public TraceEstimate Trace => Times(Density.Mean(l => l));

    /// <summary>(tr A)²/‖A‖²: as many equal eigenvalues as have the same trace and Frobenius norm.</summary>
    public double EffectiveRank => Trace.Value * Trace.Value / Times(Density.Mean(l => l * l)).Value;

    /// <summary>How many eigenvalues exceed a number, of at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public TraceEstimate CountAbove(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        return Times(Density.Mean(l => l > x ? 1 : 0));
    }

    /// <summary>How many eigenvalues are below a number, of at most 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is positive.</exception>
    public TraceEstimate CountBelow(double x)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(x, 0);
        return Times(Density.Mean(l => l < x ? 1 : 0));
    }

    private TraceEstimate Times(TraceEstimate mean) => new(OperatorRows * mean.Value, OperatorRows * mean.StandardError, mean.Probes);
}
