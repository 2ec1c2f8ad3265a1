namespace LandscapeGpu.Spectra;

/// <summary>A trace estimated by random probes.</summary>
/// <param name="Value">The mean of the probes: unbiased.</param>
/// <param name="StandardError">The standard deviation of the mean, estimated from the probes; NaN of one probe.</param>
/// <param name="Probes">How many probes were made.</param>
public sealed record TraceEstimate(double Value, double StandardError, int Probes)
{
    /// <summary>tr A as the mean of zᵀAz over vectors z of random signs.</summary>
    /// <remarks>
    /// The variance of one probe is 2 Σ aᵢⱼ² over i ≠ j: none for a diagonal matrix. M. F. Hutchinson: A stochastic estimator of
    /// the trace of the influence matrix for Laplacian smoothing splines (Communications in Statistics 18, 1989).
    /// </remarks>
    /// <param name="apply">The operator.</param>
    /// <param name="dimension">d, its rows.</param>
    /// <param name="probes">How many products are made.</param>
    /// <param name="seed">The same seed gives the same estimate.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension or the number of probes is less than 1.</exception>
    public static TraceEstimate Hutchinson(SymmetricOperator apply, int dimension, int probes, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(apply);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, 1);
        var (z, product) = (new double[dimension], new double[dimension]);
        var values = new double[probes];
        for (var p = 0; p < probes; p++)
        {
            Probe.Signs(seed, p, z);
            apply(z, product);
            values[p] = Inner.Product(z, product);
        }

        return OfProbes(values);
    }

    internal static TraceEstimate OfProbes(double[] values)
    {
        var mean = values.Average();
        var squares = values.Sum(v => (v - mean) * (v - mean));
        var error = values.Length == 1 ? double.NaN : Math.Sqrt(squares / (values.Length - 1) / values.Length);
        return new TraceEstimate(mean, error, values.Length);
    }
}
