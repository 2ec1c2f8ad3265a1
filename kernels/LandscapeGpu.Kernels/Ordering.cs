namespace LandscapeGpu.Kernels;

/// <summary>Comparisons of emitted programs, where what is no number is less than nothing: devices make of each what its own instructions say.</summary>
/// <remarks>Written as operators they would not be the same everywhere: ILGPU 1.5.3 swaps a constant to the right, and then what is no number is less.</remarks>
public static class Ordering
{
    public static bool Less(float a, float b) => a < b;

    public static bool Less(double a, double b) => a < b;

    public static bool LessOrEqual(float a, float b) => a <= b;

    public static bool LessOrEqual(double a, double b) => a <= b;

    /// <summary>As vector hardware has it: the second where either is no number.</summary>
    public static float Lesser(float a, float b) => a < b ? a : b;

    public static double Lesser(double a, double b) => a < b ? a : b;

    /// <summary>The second where either is no number.</summary>
    public static float Greater(float a, float b) => a > b ? a : b;

    public static double Greater(double a, double b) => a > b ? a : b;
}
