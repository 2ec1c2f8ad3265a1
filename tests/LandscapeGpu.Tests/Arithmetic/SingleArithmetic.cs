namespace LandscapeGpu.Tests.Arithmetic;

/// <summary>Single precision: every constant and every operation is rounded to float.</summary>
internal sealed class SingleArithmetic : FloatingPointArithmetic<float>
{
    private SingleArithmetic()
    {
    }

    /// <summary>The arithmetic; it has no state.</summary>
    public static SingleArithmetic Instance { get; } = new();
}
