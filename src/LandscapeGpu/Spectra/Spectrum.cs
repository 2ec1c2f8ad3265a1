namespace LandscapeGpu.Spectra;

/// <summary>What the eigenvalues of a Hessian say: all of them, or the extreme ones.</summary>
/// <remarks>
/// Of extreme eigenvalues, <see cref="Index"/> and <see cref="FlatDirections"/> are counted among those that are known and
/// so are lower bounds, and <see cref="ConditionNumber"/> is exact where the known low ones begin with a positive one and a
/// lower bound otherwise.
/// </remarks>
public sealed record Spectrum
{
    private Spectrum()
    {
    }

    /// <summary>The eigenvectors of length 1, in the order of the eigenvalues, of a spectrum that was asked for with them; null of any other.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Vectors { get; private init; }

    /// <summary>The spectrum of a symmetric matrix, such as <c>objective.Hessian(x)</c>, with its eigenvectors.</summary>
    /// <param name="matrix">d × d, symmetric to rounding.</param>
    /// <exception cref="ArgumentException">It is not square, or has an entry that is not finite.</exception>
    public static Spectrum WithVectors(double[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var d = matrix.GetLength(0);
        if (matrix.GetLength(1) != d)
        {
            throw new ArgumentException($"A spectrum was asked for of a matrix of {d} × {matrix.GetLength(1)} numbers; it must be square.");
        }

        var found = SymmetricEigenvalues.Decompose([.. matrix.Cast<double>()], d);
        return Of(found.Values).Known() with { Vectors = [.. Enumerable.Range(0, d).Select(k => found.Vector(k).ToArray())] };
    }

    /// <summary>λ₀ ≤ λ₁ ≤ …: all, or the lowest followed by the highest that are known.</summary>
    public required IReadOnlyList<double> Eigenvalues { get; init; }

    /// <summary>d, the rows of the Hessian.</summary>
    public required int Dimension { get; init; }

    /// <summary>Whether all d eigenvalues are known.</summary>
    public bool Complete => Eigenvalues.Count == Dimension;

    /// <summary>The largest |λ| that counts as zero.</summary>
    public required double Threshold { get; init; }

    /// <summary>Σλ; NaN where only extreme eigenvalues are known and no trace was given.</summary>
    public required double Trace { get; init; }

    /// <summary>The largest over the smallest |λ| of those that are not zero; NaN if none is.</summary>
    public required double ConditionNumber { get; init; }

    /// <summary>The largest eigenvalue; NaN of an empty Hessian.</summary>
    public double Sharpness => Eigenvalues.Count == 0 ? double.NaN : Eigenvalues[^1];

    /// <summary>How many eigenvalues are clearly negative: λ &lt; −<see cref="Threshold"/>.</summary>
    public required int Index { get; init; }

    /// <summary>How many eigenvalues are zero to <see cref="Threshold"/>.</summary>
    public required int FlatDirections { get; init; }

    /// <summary>Whether there is a spectrum: none is known of a matrix that is not finite.</summary>
    internal bool IsKnown => Eigenvalues.Count > 0 || Dimension == 0;

    /// <summary>Whether there may be more of these among the eigenvalues that are not known.</summary>
    internal bool IsFlatAtLeast => !Complete && FlatDirections > 0 && FlatDirections < Dimension;

    /// <summary>The spectrum, for a caller who asks for nothing else.</summary>
    /// <exception cref="ArgumentException">None is known.</exception>
    internal Spectrum Known() => IsKnown ? this
        : throw new ArgumentException("The Hessian is not finite, and has no eigenvalues; a spectrum is of finite ones: evaluate the Hessian where the objective is smooth and finite.");

    /// <summary>That of a Hessian that is not finite, or was not looked at: no eigenvalues.</summary>
    internal static Spectrum Unknown(int dimension) =>
        new() { Eigenvalues = [], Dimension = dimension, Threshold = 0, Trace = double.NaN, ConditionNumber = double.NaN, Index = 0, FlatDirections = 0 };

    /// <summary>The spectrum of a whole Hessian, by its eigenvalues in any order; no eigenvalues where one is not finite.</summary>
    internal static Spectrum Of(ReadOnlySpan<double> eigenvalues, ZeroTolerance? tolerance = null)
    {
        double[] sorted = [.. eigenvalues];
        Array.Sort(sorted);
        return Create(sorted, sorted.Length, sorted.Sum(), tolerance);
    }

    /// <summary>The spectrum of a whole Hessian, by its eigenvalues in any order, of which so many have been found to be negative and zero.</summary>
    /// <remarks>Counts that were made after scaling hold for the Hessian itself; so many of its eigenvalues of least magnitude are the zeros.</remarks>
    internal static Spectrum Of(ReadOnlySpan<double> eigenvalues, int index, int flat)
    {
        double[] sorted = [.. eigenvalues];
        Array.Sort(sorted);
        double[] magnitudes = [.. sorted.Select(Math.Abs).Order()];
        var created = Create(sorted, sorted.Length, sorted.Sum(), null);
        return !created.IsKnown ? created : created with
        {
            Threshold = flat == 0 ? 0 : magnitudes[flat - 1],
            Index = index,
            FlatDirections = flat,
            ConditionNumber = flat < magnitudes.Length ? magnitudes[^1] / magnitudes[flat] : double.NaN,
        };
    }

    /// <summary>The spectrum of a Hessian, d × d, row by row.</summary>
    /// <exception cref="ArgumentException">The matrix is not d × d.</exception>
    internal static Spectrum OfHessian(ReadOnlySpan<double> hessian, int dimension, ZeroTolerance? tolerance = null) =>
        Of(SymmetricEigenvalues.Of(hessian, dimension), tolerance);

    /// <summary>The spectrum of a Hessian of which only the lowest and highest eigenvalues are known.</summary>
    /// <param name="extremes">The lowest and the highest; those that did not converge are taken as they are.</param>
    /// <param name="trace">Σλ where it is known or estimated.</param>
    /// <param name="tolerance">Which eigenvalues are zero.</param>
    /// <exception cref="ArgumentException">One end is not known at all.</exception>
    internal static Spectrum OfExtremes(ExtremeEigenvalues extremes, double trace = double.NaN, ZeroTolerance? tolerance = null)
    {
        var count = extremes.Lowest.Count + extremes.Highest.Count;
        if (count < extremes.Dimension && (extremes.Lowest.Count == 0 || extremes.Highest.Count == 0))
        {
            throw new ArgumentException(
                $"{extremes.Lowest.Count} lowest and {extremes.Highest.Count} highest eigenvalues of {extremes.Dimension} are known; "
                + "a spectrum needs at least one of each to tell what is zero and what kind a point is.",
                nameof(extremes));
        }

        double[] known = [.. extremes.Lowest, .. extremes.Highest];
        Array.Sort(known);
        return Create(known, extremes.Dimension, known.Length == extremes.Dimension ? known.Sum() : trace, tolerance);
    }

    private static Spectrum Create(double[] sorted, int dimension, double trace, ZeroTolerance? tolerance)
    {
        if (!sorted.All(double.IsFinite))
        {
            return Unknown(dimension);
        }

        var largest = sorted.Select(Math.Abs).DefaultIfEmpty(0).Max();

        var threshold = (tolerance ?? ZeroTolerance.Default).Threshold(largest, dimension);
        var magnitudes = sorted.Select(Math.Abs).Where(m => m > threshold).DefaultIfEmpty(double.NaN);
        var flat = sorted.Count(l => Math.Abs(l) <= threshold);
        return new Spectrum
        {
            Eigenvalues = sorted,
            Dimension = dimension,
            Threshold = threshold,
            Trace = trace,
            ConditionNumber = largest / magnitudes.Min(),
            Index = sorted.Count(l => l < -threshold),
            // Where the lowest and the highest are zero, all are.
            FlatDirections = flat == sorted.Length ? dimension : flat,
        };
    }
}
