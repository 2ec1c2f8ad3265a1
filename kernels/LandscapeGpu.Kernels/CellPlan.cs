namespace LandscapeGpu.Kernels;

/// <summary>Where kernels that tell endpoints apart find things: read from the integers behind a <see cref="NewtonPlan"/>, and from the numbers.</summary>
/// <remarks>Of the numbers: how near two points are one whose uncertainty is not known, the smallest unit, each coordinate's unit, and the directions of the lattice in its widths.</remarks>
public readonly struct CellPlan
{
    /// <summary>Directions of the lattice.</summary>
    public const int Directions = 5;

    /// <summary>Numbers that a plan takes.</summary>
    public static int Length(int dimension) => 2 + ((1 + Directions) * dimension);

    private CellPlan(int dimension, int at) => (Dimension, Grain) = (dimension, at);

    public int Dimension { get; }

    public int Grain { get; }

    public int Smallest => Grain + 1;

    public int Scale => Grain + 2;

    /// <summary>The first direction's first number; the next direction's is d further.</summary>
    public int Direction => Scale + Dimension;

    public int Row => Dimension + NewtonPlan.Beside;

    public static CellPlan Load<TMemory>(TMemory memory, int at)
        where TMemory : struct, IDeviceMemory<double> => new(memory.LoadInteger(at), memory.LoadInteger(at + NewtonPlan.Integers));
}
