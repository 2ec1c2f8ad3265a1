namespace LandscapeGpu.Kernels;

/// <summary>Where kernels that tell endpoints apart find things: read from the integers behind a <see cref="NewtonPlan"/>, and from the numbers.</summary>
/// <remarks>Of the numbers: how near two points are one whose uncertainty is not known, the smallest unit, each coordinate's unit, and the directions of the lattice in its widths.</remarks>
public readonly struct CellPlan
{
    /// <summary>Directions of the lattice.</summary>
    public const int Directions = 5;

    /// <summary>Lattices that are shifted against each other: one more than directions, so that in one of them no edge cuts what is one.</summary>
    public const int Lattices = Directions + 1;

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

    /// <summary>A number of a row behind the point: f, ‖∇f‖, two moments, the rounding of f, the uncertainty, and how far those lie that it counts.</summary>
    internal double Beside<TMemory>(TMemory memory, int item, int k)
        where TMemory : struct, IDeviceMemory<double> => memory.LoadPoint((item * Row) + Dimension + k, 0);

    /// <summary>How far an endpoint is known, in units of the smallest scale.</summary>
    internal double Known<TMemory>(TMemory memory, int item)
        where TMemory : struct, IDeviceMemory<double>
    {
        var square = 0.0;
        for (var i = 0; i < Dimension; i++)
        {
            var x = memory.LoadPoint((item * Row) + i, 0);
            square += x * x;
        }

        return SamePoint.Known(Beside(memory, item, 5), Math.Sqrt(square)) / memory.LoadNumber(Smallest, 0);
    }
}
