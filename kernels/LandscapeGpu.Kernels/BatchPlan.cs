using System.Runtime.InteropServices;

namespace LandscapeGpu.Kernels;

/// <summary>How batches are drawn. Plain numbers only: it is passed to devices as it is.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct BatchPlan
{
    public ulong Seed { get; set; }

    /// <summary>How many samples a step sees; 0 where it sees all.</summary>
    public int Size { get; set; }

    /// <summary>How many there are.</summary>
    public int Samples { get; set; }

    /// <summary>1 if each is drawn independently; 0 if none comes again before all have been seen.</summary>
    public int WithReplacement { get; set; }
}
