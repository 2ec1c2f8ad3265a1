namespace LandscapeGpu.Kernels;

/// <summary>Where a thread that multiplies Hessians with vectors finds things: read from the integers, where the host wrote them in this order.</summary>
public readonly struct CurvaturePlan
{
    private CurvaturePlan(int dimension, int at, int vector) => (Dimension, At, Vector) = (dimension, at, vector);

    public int Dimension { get; }

    /// <summary>Where the program reads the point.</summary>
    public int At { get; }

    /// <summary>Where it reads the vector.</summary>
    public int Vector { get; }

    /// <summary>Where it writes the product.</summary>
    public int Result { get; private init; }

    /// <summary>Where working space begins.</summary>
    public int Work { get; private init; }

    /// <summary>How many vectors Lanczos' basis has at most.</summary>
    public int Most { get; private init; }

    public static CurvaturePlan Load<TMemory>(TMemory memory, int at)
        where TMemory : struct, IDeviceMemory<double> => new(memory.LoadInteger(at), memory.LoadInteger(at + 1), memory.LoadInteger(at + 2))
        {
            Result = memory.LoadInteger(at + 3),
            Work = memory.LoadInteger(at + 4),
            Most = memory.LoadInteger(at + 5),
        };
}
