namespace LandscapeGpu.Valleys;

/// <summary>Ways along a floor: straight, and back to the bottom of what is steep.</summary>
/// <param name="derivatives">The landscape's.</param>
/// <param name="d">The number of coordinates.</param>
internal sealed class SteepFloor(PointDerivatives derivatives, int d)
{
    private const int MostCorrections = 8;

    // How well the slope at a corrected place is known: better than what is asked of it.
    private const double Settled = 1e-3;

    // A correction that is a rounding or two long has nothing left to correct.
    private const double Short = 4 * Stationarity.UnitRoundoff;

    private readonly double[] gradient = new double[d];

    /// <summary>The slope along a direction, some way along it and back at the bottom of what is steep; NaN where there is no such place.</summary>
    /// <param name="point">Where the way begins.</param>
    /// <param name="direction">d coordinates.</param>
    /// <param name="distance">How many times the direction.</param>
    /// <param name="settled">The directions that are steep, in which the place is taken to its bottom.</param>
    /// <param name="least">Where what is steep has no more curvature than this any more, it is lost; 0 for what may be steep as a saddle is.</param>
    public (double Slope, double[] Place) SlopeAt(double[] point, double[] direction, double distance, double[][] settled, double least = 0)
    {
        double[] there = [.. point.Zip(direction, (x, u) => x + (distance * u))];
        derivatives.Gradient(there, gradient);
        var slope = Inner.Product(gradient, direction);
        for (var k = 0; k < MostCorrections && settled.Length > 0; k++)
        {
            var (length, curvature) = Correct(there, settled);
            derivatives.Gradient(there, gradient);
            var before = slope;
            slope = Inner.Product(gradient, direction);
            if (Math.Abs(slope - before) <= Settled * Math.Abs(slope) || length <= Short * (1 + Inner.Norm(there)))
            {
                return (curvature <= least && least > 0 ? double.NaN : slope, there);
            }
        }

        return (settled.Length == 0 ? slope : double.NaN, there);
    }

    /// <summary>Newton's step in the span of some directions, from a place where the gradient is known; how long it is, and the least curvature that it found.</summary>
    private (double Length, double Least) Correct(double[] there, double[][] directions)
    {
        var n = directions.Length;
        var (form, product) = (new double[n * n], new double[d]);
        for (var j = 0; j < n; j++)
        {
            derivatives.Product(there, directions[j], product);
            for (var i = 0; i < n; i++)
            {
                form[(i * n) + j] = Inner.Product(product, directions[i]);
            }
        }

        if (!form.All(double.IsFinite))
        {
            return (double.NaN, double.NaN);
        }

        var basis = SymmetricEigenvalues.Decompose(form, n);
        double[] slopes = [.. directions.Select(u => Inner.Product(gradient, u))];
        var least = Stationarity.HalfTheDigits * basis.Values.Max(Math.Abs);
        var step = new double[d];
        foreach (var k in Enumerable.Range(0, n).Where(k => Math.Abs(basis.Values[k]) > least))
        {
            var w = basis.Vector(k);
            var share = -Inner.Product(w, slopes) / basis.Values[k];
            for (var j = 0; j < n; j++)
            {
                Inner.Add(share * w[j], directions[j], step);
            }
        }

        Inner.Add(1, step, there);
        return (Inner.Norm(step), basis.Values.Min());
    }
}
