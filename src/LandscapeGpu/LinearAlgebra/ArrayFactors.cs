namespace LandscapeGpu.LinearAlgebra;

/// <summary>Cholesky's factors of matrices that lie in arrays.</summary>
internal static class ArrayFactors
{
    /// <summary>Factors of a matrix plus multiples of the identity, to be found.</summary>
    /// <param name="matrix">d × d entries, of which the upper triangle is read.</param>
    /// <param name="factor">d × d entries, of which the triangle below the diagonal is written; it may be the matrix itself.</param>
    /// <param name="pivots">d entries: the factor's diagonal.</param>
    public static ShiftedFactors<ArrayEntries> Of(double[] matrix, double[] factor, double[] pivots) => new(new(matrix), new(factor), new(pivots), pivots.Length);
}
