using MathNet.Numerics;

namespace LandscapeGpu.Statistics;

/// <summary>The exact 95% limits of a Poisson mean of which a number of events was seen, also of one that is expected and hardly above 0 (Garwood, Biometrika 28 (1936) 437).</summary>
internal static class PoissonLimits
{
    public static double Lower(double events) => Quantile(events, 0.025);

    public static double Upper(double events) => Quantile(events + 1, 0.975);

    /// <summary>The p-quantile of the gamma distribution with shape a.</summary>
    private static double Quantile(double a, double p)
    {
        // P(a, x) = xᵃ/Γ(a + 1)·(1 + O(x)): by the time a is this small, x is below 1e-15.
        if (a < 0.1)
        {
            return a <= 0 ? 0 : Math.Exp((Math.Log(p) + SpecialFunctions.GammaLn(a + 1)) / a);
        }

        // Increasing in x; doubled and halved until the ends agree to rounding.
        double low = 0, high = Math.Max(1, 2 * a);
        while (SpecialFunctions.GammaLowerRegularized(a, high) < p)
        {
            high *= 2;
        }

        while (true)
        {
            var middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
            {
                return middle;
            }

            (low, high) = SpecialFunctions.GammaLowerRegularized(a, middle) < p ? (middle, high) : (low, middle);
        }
    }
}
