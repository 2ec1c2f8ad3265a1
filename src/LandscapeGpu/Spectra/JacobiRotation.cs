namespace LandscapeGpu.Spectra;

/// <summary>Jacobi's rotations of pairs, which make matrices diagonal or columns orthogonal.</summary>
internal static class JacobiRotation
{
    // The method converges quadratically: ten sweeps over all pairs are enough for any size.
    private const int MostSweeps = 30;

    /// <summary>Rotates all pairs until none is left to be.</summary>
    /// <param name="n">How many rows or columns there are.</param>
    /// <param name="rotated">Whether a pair had to be rotated, and was.</param>
    public static void Sweep(int n, Func<int, int, bool> rotated)
    {
        var isDone = false;
        for (var sweep = 0; sweep < MostSweeps && !isDone; sweep++)
        {
            isDone = true;
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    isDone &= !rotated(p, q);
                }
            }
        }
    }

    /// <summary>The smaller angle whose double has a cotangent; where that is so large that its square overflows, its tangent is half the inverse.</summary>
    public static (double Tangent, double Cosine, double Sine) Of(double ratio)
    {
        var tangent = (ratio < 0 ? -1 : 1) / (Math.Abs(ratio) + Math.Sqrt(1 + (ratio * ratio)));
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        return (tangent, cosine, cosine * tangent);
    }
}
