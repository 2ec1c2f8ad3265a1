namespace LandscapeGpu.Spectra;

/// <summary>How the eigenvalues of a symmetric operator are distributed, estimated by stochastic Lanczos quadrature.</summary>
/// <remarks>
/// For a unit vector v, vᵀf(A)v is the integral of f by a measure with mass (v·uₖ)² at each eigenvalue λₖ; m steps of Lanczos'
/// method from v give its Gauss quadrature: nodes the Ritz values, weights the squared first entries of their vectors, exact for
/// polynomials of degree 2m − 1. The mean over random v is (1/d)·tr f(A). G. Golub, G. Meurant: Matrices, Moments and Quadrature
/// (2010), §11; S. Ubaru, J. Chen, Y. Saad: Fast estimation of tr(f(A)) via stochastic Lanczos quadrature (SIAM J. Matrix Anal. Appl. 38, 2017).
/// </remarks>
public sealed class SpectralDensity
{
    private readonly (double[] Nodes, double[] Weights)[] _probes;

    private SpectralDensity((double[] Nodes, double[] Weights)[] probes, int products) => (_probes, Products) = (probes, products);

    /// <summary>How many random vectors were used.</summary>
    public int Probes => _probes.Length;

    /// <summary>Products with the operator that were made.</summary>
    public int Products { get; }

    /// <summary>The points of all quadratures with their shares, ascending; the shares add up to 1.</summary>
    public IReadOnlyList<(double Eigenvalue, double Weight)> Masses =>
        [.. _probes.SelectMany(p => p.Nodes.Zip(p.Weights, (n, w) => (n, w / Probes))).OrderBy(m => m.n)];

    /// <summary>Estimates the density of an operator.</summary>
    /// <param name="apply">The operator.</param>
    /// <param name="dimension">d, its rows.</param>
    /// <param name="probes">How many random vectors.</param>
    /// <param name="steps">m, the products made for each; at most d are of use.</param>
    /// <param name="seed">The same seed gives the same estimate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public static SpectralDensity Estimate(SymmetricOperator apply, int dimension, int probes = 10, int steps = 60, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(apply);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return OfQuadratures(Enumerable.Range(0, probes).Select(p => Quadrature(apply, dimension, p, steps, seed)));
    }

    /// <summary>The quadrature of one random vector: its points, and their weights.</summary>
    internal static (double[] Nodes, double[] Weights) Quadrature(SymmetricOperator apply, int dimension, int probe, int steps, ulong seed)
    {
        var z = new double[dimension];
        Probe.Signs(seed, probe, z);
        return LanczosQuadrature.Of(apply, z, Math.Min(steps, dimension));
    }

    /// <summary>The density that quadratures of some random vectors make, each with its points and their weights.</summary>
    internal static SpectralDensity OfQuadratures(IEnumerable<(double[] Nodes, double[] Weights)> quadratures)
    {
        var probes = quadratures.ToArray();
        return new(probes, probes.Sum(p => p.Nodes.Length));
    }

    /// <summary>(1/d)·tr f(A), the mean of f over the eigenvalues, with its standard error.</summary>
    /// <remarks>The error is of the random vectors; that of the quadrature comes on top where f is far from a polynomial of degree 2m − 1.</remarks>
    public TraceEstimate Mean(Func<double, double> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        return TraceEstimate.OfProbes([.. _probes.Select(p => p.Nodes.Zip(p.Weights, (n, w) => f(n) * w).Sum())]);
    }

    /// <summary>The share of eigenvalues up to x, with its standard error.</summary>
    public TraceEstimate ShareUpTo(double x) => Mean(n => n <= x ? 1 : 0);

    /// <summary>The density at x, each mass spread to a normal distribution of this width; the integral over x is 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive.</exception>
    public double At(double x, double width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        var scale = 1 / (width * Math.Sqrt(2 * Math.PI));
        return Mean(n => scale * Math.Exp(-0.5 * (x - n) / width * ((x - n) / width))).Value;
    }
}
