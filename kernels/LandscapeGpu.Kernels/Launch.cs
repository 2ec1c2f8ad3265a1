using System.Runtime.InteropServices;

namespace LandscapeGpu.Kernels;

/// <summary>What all threads of a launch are told. Plain numbers only: it is passed to devices as it is.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Launch
{
    public ulong Seed { get; set; }

    /// <summary>The number of the batch's first restart.</summary>
    public long First { get; set; }

    /// <summary>How many restarts the batch has.</summary>
    public int Count { get; set; }

    public int Threads { get; set; }

    /// <summary>Elements of state that each thread has.</summary>
    public int StateElements { get; set; }

    /// <summary>No thread makes more steps than this in one launch.</summary>
    public int Steps { get; set; }

    /// <summary>Places of the circular memory; 1 where there is none.</summary>
    public int Turns { get; set; }

    /// <summary>The place that the first step of this launch overwrites.</summary>
    public int Turn { get; set; }

    public int Dimension { get; set; }

    /// <summary>A <see cref="Kernels.StartKind"/>.</summary>
    public int StartKind { get; set; }

    /// <summary>Where the number of steps is in the state, in elements, and noise, where there is any.</summary>
    public int StepsAt { get; set; }

    public int NoiseAt { get; set; }

    /// <summary>Where the numbers of samples are, in elements, where there are any.</summary>
    public int BatchAt { get; set; }

    public BatchPlan Batch { get; set; }

    /// <summary>Where among the integers a kernel finds its plan; only those that say so have one.</summary>
    public int PlanAt { get; set; }

    /// <summary>Which of the shifted lattices of a <see cref="CellPlan"/> tells endpoints apart.</summary>
    public int Lattice { get; set; }

    /// <summary>The first of the restarts side by side that a kernel of many threads for each works on, and how many there are.</summary>
    public int FirstSeat { get; set; }

    public int Seats { get; set; }

    /// <summary>The number of this launch's first thread: those before it, and those after its last, are launched by themselves.</summary>
    public int FirstThread { get; set; }
}
