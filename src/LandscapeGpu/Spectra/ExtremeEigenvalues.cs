namespace LandscapeGpu.Spectra;

/// <summary>The lowest and highest eigenvalues of a symmetric operator, with what is known about their errors.</summary>
/// <remarks>
/// Within its residual ‖A v − λ v‖ (‖v‖ = 1) of each λ there is an eigenvalue of A: that is certain. That none was passed over
/// is not certain, but was looked for (<see cref="LanczosOptions.LookAgain"/>).
/// </remarks>
public sealed record ExtremeEigenvalues
{
    /// <summary>d, the rows of the operator.</summary>
    public required int Dimension { get; init; }

    /// <summary>The lowest eigenvalues, ascending. Where more are asked for than there are, the lowest come first and the highest take the rest.</summary>
    public required IReadOnlyList<double> Lowest { get; init; }

    /// <summary>The highest eigenvalues, ascending.</summary>
    public required IReadOnlyList<double> Highest { get; init; }

    /// <summary>‖A v − λ v‖ of each of the lowest, by a product made for the purpose.</summary>
    public required IReadOnlyList<double> LowestResiduals { get; init; }

    /// <summary>‖A v − λ v‖ of each of the highest, by a product made for the purpose.</summary>
    public required IReadOnlyList<double> HighestResiduals { get; init; }

    /// <summary>The eigenvector of each of the lowest, of length one.</summary>
    public required IReadOnlyList<double[]> LowestVectors { get; init; }

    /// <summary>The eigenvector of each of the highest, of length one.</summary>
    public required IReadOnlyList<double[]> HighestVectors { get; init; }

    /// <summary>Whether every residual met the tolerance and, where asked for, looking again found nothing new.</summary>
    public required bool Converged { get; init; }

    /// <summary>Products with the operator that were made.</summary>
    public required int Products { get; init; }
}
