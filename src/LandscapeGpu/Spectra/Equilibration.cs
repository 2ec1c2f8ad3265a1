namespace LandscapeGpu.Spectra;

/// <summary>Scales a symmetric matrix so that the largest entry of every row is one: units of coordinates are out of it then.</summary>
/// <remarks>
/// By Sylvester's law S A S has as many negative, zero and positive eigenvalues as A. Of a positive definite matrix it is the scaling to a diagonal of
/// ones; rows whose diagonal entry is zero are scaled by what else is in them. D. Ruiz, A scaling algorithm to equilibrate both rows and columns norms in
/// matrices (RAL-TR-2001-034).
/// </remarks>
internal static class Equilibration
{
    // Each pass halves the logarithm of how far a row's largest entry is from one.
    private const int Passes = 12;

    /// <summary>sᵢ, for rows of zeros 0.</summary>
    public static double[] Of(ReadOnlySpan<double> matrix, int d)
    {
        var (scale, largest) = (new double[d], new double[d]);
        Array.Fill(scale, 1);
        var isSettled = false;
        for (var pass = 0; pass < Passes && !isSettled; pass++)
        {
            for (var i = 0; i < d; i++)
            {
                largest[i] = Inner.Largest(matrix.Slice(i * d, d), scale) * scale[i];
            }

            isSettled = true;
            for (var i = 0; i < d; i++)
            {
                var next = largest[i] > 0 ? scale[i] / Math.Sqrt(largest[i]) : 0;
                isSettled &= next == scale[i];
                scale[i] = next;
            }
        }

        return scale;
    }

    /// <summary>sᵢ sⱼ Aᵢⱼ.</summary>
    public static double[] Apply(double[] scale, ReadOnlySpan<double> matrix)
    {
        var d = scale.Length;
        var scaled = new double[d * d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                // Of what is nearly the least number there is the product of both scales has overflowed.
                var both = scale[i] * scale[j];
                scaled[(i * d) + j] = double.IsInfinity(both) ? scale[Math.Min(i, j)] * matrix[(i * d) + j] * scale[Math.Max(i, j)] : both * matrix[(i * d) + j];
            }
        }

        return scaled;
    }
}
