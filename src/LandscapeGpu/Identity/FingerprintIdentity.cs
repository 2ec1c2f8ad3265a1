namespace LandscapeGpu.Identity;

/// <summary>Two endpoints are the same minimum where their values and the moments of their Hessians' spectra agree.</summary>
/// <remarks>
/// It sees through every rotation, relabelling and translation, declared or not; different minima that agree in all these numbers count
/// once. Units do not matter: a value v is compared as asinh((v − m)/s), with m the middle of all values and s the middle distance from it of
/// those that differ from it, and a moment as asinh(c/s) with s its middle magnitude; so the tolerance is a share of what is usual, and of
/// what is far larger a share of itself (d asinh c = dc/√(1 + c²)). What values differ by counts as nothing below the last digits of the
/// largest, and below those of what the usual curvature does to f over the unit of length.
/// </remarks>
internal sealed record FingerprintIdentity : PointIdentity
{
    internal FingerprintIdentity(double tolerance) : base(tolerance) { }

    /// <summary>The unit of coordinates, of which the Hessian is a second derivative.</summary>
    internal double UnitOfLength { get; init; } = 1;

    public override PointTable Rows(StoredEndpoints endpoints, int threads)
    {
        int moments = endpoints.MomentCount, width = 1 + moments;
        var rows = new double[endpoints.Count * width];
        double[] values = endpoints.Values.ToArray(), spectra = endpoints.Moments.ToArray();
        double middle = Middle(values), curvature = moments > 1 ? Math.Sqrt(Middle([.. Enumerable.Range(0, values.Length).Select(i => spectra[i * moments + 1])])) : 0;
        var nothing = Stationarity.MillionRoundings * Math.Max(values.Select(Math.Abs).DefaultIfEmpty(0).Max(), curvature * UnitOfLength * UnitOfLength);
        var spread = Positive(Math.Max(nothing, Middle([.. values.Select(v => Math.Abs(v - middle)).Where(difference => difference > nothing)])));
        for (var i = 0; i < values.Length; i++)
        {
            rows[i * width] = Math.Asinh((values[i] - middle) / spread);
        }

        for (var k = 0; k < moments; k++)
        {
            var size = Positive(Middle([.. Enumerable.Range(0, values.Length).Select(i => Math.Abs(spectra[i * moments + k]))]));
            for (var i = 0; i < values.Length; i++)
            {
                rows[i * width + 1 + k] = Math.Asinh(spectra[i * moments + k] / size);
            }
        }

        return new PointTable(rows, width);
    }

    // Where most are the same, or nothing, differences count as they are.
    private static double Positive(double size) => size > 0 && double.IsFinite(size) ? size : 1;

    private static double Middle(double[] numbers)
    {
        if (numbers.Length == 0)
        {
            return 0;
        }

        Array.Sort(numbers = [.. numbers]);
        return numbers[numbers.Length / 2];
    }
}
