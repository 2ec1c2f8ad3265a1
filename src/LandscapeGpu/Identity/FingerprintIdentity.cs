namespace LandscapeGpu.Identity;

/// <summary>Two endpoints are the same minimum where their values and the moments of their Hessians' spectra agree.</summary>
/// <remarks>
/// It sees through every rotation, relabelling and translation, declared or not; different minima that agree in all
/// these numbers count once. Each number c is compared as asinh c, so that the tolerance is absolute for |c| ≪ 1 and
/// relative for |c| ≫ 1 (d asinh c = dc / √(1 + c²)), and whether two endpoints agree never depends on a third.
/// </remarks>
public sealed record FingerprintIdentity : PointIdentity
{
    internal FingerprintIdentity(double tolerance) : base(tolerance) { }

    private protected override PointTable RowsOf(StoredEndpoints endpoints, ParallelOptions parallel)
    {
        int moments = endpoints.MomentCount, width = 1 + moments;
        var rows = new double[endpoints.Count * width];
        ReadOnlySpan<double> values = endpoints.Values.Span, spectra = endpoints.Moments.Span;
        for (int i = 0; i < values.Length; i++)
        {
            rows[i * width] = Math.Asinh(values[i]);
            for (int k = 0; k < moments; k++) rows[i * width + 1 + k] = Math.Asinh(spectra[i * moments + k]);
        }

        return new PointTable(rows, width);
    }
}
