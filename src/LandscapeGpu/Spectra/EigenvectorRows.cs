namespace LandscapeGpu.Spectra;

/// <summary>Eigenvectors, n entries each, one after the other.</summary>
internal readonly struct EigenvectorRows(double[] rows, int n) : ITurnedRows
{
    public void Turn(int i, double c, double s) => Inner.Turn(rows.AsSpan(i * n, n), rows.AsSpan((i + 1) * n, n), c, s);
}
