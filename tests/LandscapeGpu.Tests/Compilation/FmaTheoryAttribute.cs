using System.Runtime.Intrinsics.X86;

namespace LandscapeGpu.Tests.Compilation;

/// <summary>A test of the instructions that lanes become: skipped, and seen to be, on a machine that multiplies and adds in two.</summary>
public sealed class FmaTheoryAttribute : TheoryAttribute
{
    public FmaTheoryAttribute()
    {
        if (!Fma.IsSupported)
        {
            Skip = "This processor has no multiply-add (FMA), so that its code is another.";
        }
    }
}
