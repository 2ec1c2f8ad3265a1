namespace LandscapeGpu.Tests.Objectives;

/// <summary>The minimum of a function of one number that has one between two bounds. Kiefer (1953).</summary>
internal static class GoldenSection
{
    private static readonly double Ratio = (Math.Sqrt(5) - 1) / 2;

    public static double Minimum(double lower, double upper, Func<double, double> f)
    {
        // Sixty steps shrink the bracket by 10¹²; closer than √ε of the minimum the values no longer differ.
        for (var step = 0; step < 60; step++)
        {
            var (a, b) = (upper - (Ratio * (upper - lower)), lower + (Ratio * (upper - lower)));
            (lower, upper) = f(a) < f(b) ? (lower, b) : (a, upper);
        }

        return (lower + upper) / 2;
    }
}
