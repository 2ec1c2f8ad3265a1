using MathNet.Numerics;

namespace LandscapeGpu.Tests.Starts;

/// <summary>Does a sample follow a distribution? The largest distance of the two distribution functions decides.</summary>
internal static class KolmogorovSmirnov
{
    /// <summary>Fails on a right sampler with a probability of at most 1e-9 (over seeds; a test's seed is fixed).</summary>
    /// <remarks>P(D > t) ≤ 2·exp(−2nt²): the Dvoretzky–Kiefer–Wolfowitz inequality with Massart's constant.</remarks>
    public static void RequireFit(double[] sample, Func<double, double> distribution)
    {
        const double FalseAlarm = 1e-9;
        double[] sorted = [.. sample.Order()];
        var distance = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var p = distribution(sorted[i]);
            distance = Math.Max(distance, Math.Max(p - i / (double)sorted.Length, (i + 1) / (double)sorted.Length - p));
        }

        Assert.InRange(distance, 0, Math.Sqrt(Math.Log(2 / FalseAlarm) / (2 * sorted.Length)));
    }

    /// <summary>Φ(x), by Math.NET's complementary error function: independent of the engine's own.</summary>
    public static double NormalProbability(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));
}
