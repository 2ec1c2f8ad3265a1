namespace LandscapeGpu.Kernels;

/// <summary>Where a polishing thread finds things: read from the integers, where the host wrote them in this order.</summary>
/// <remarks>Of the working space: six vectors, two matrices, the numbers of a walk, and what spheres need.</remarks>
public readonly struct NewtonPlan
{
    /// <summary>How many integers it is read from.</summary>
    public const int Length = 10;

    /// <summary>Numbers of a walk that are kept between slices.</summary>
    public const int Scalars = 9;

    /// <summary>What a row of results holds beside the point: f, ‖∇f‖, tr H and ‖H‖².</summary>
    public const int Beside = 4;

    /// <summary>How an endpoint ended: not stationary, or stationary to rounding.</summary>
    public const int Unsettled = 1;

    public const int Stationary = 2;

    private NewtonPlan(int dimension, int x, int work) => (Dimension, X, Work) = (dimension, x, work);

    public int Dimension { get; }

    /// <summary>Where the slope program reads the point, and writes f and ∇f.</summary>
    public int X { get; }

    public int Value { get; private init; }

    public int Slope { get; private init; }

    /// <summary>Where the curvature program reads the point and, unless negative, the vector that the Hessian is multiplied with.</summary>
    public int At { get; private init; }

    public int Vector { get; private init; }

    /// <summary>Where it writes the Hessian or the product.</summary>
    public int Result { get; private init; }

    /// <summary>Where working space begins.</summary>
    public int Work { get; }

    /// <summary>Where among the numbers the box is, lower and upper bound in turn; negative where there is none.</summary>
    public int Box { get; private init; }

    /// <summary>The number of coordinates of a sphere's space; 0 where there are no spheres.</summary>
    public int Block { get; private init; }

    public int Point => Work;

    public int Gradient => Work + Dimension;

    /// <summary>∇f at the point in the surrounding space of spheres.</summary>
    public int Ambient => Work + (2 * Dimension);

    public int Origin => Work + (3 * Dimension);

    public int Direction => Work + (4 * Dimension);

    public int TrialGradient => Work + (5 * Dimension);

    public int Hessian => Work + (6 * Dimension);

    public int Factor => Hessian + (Dimension * Dimension);

    public int Kept => Factor + (Dimension * Dimension);

    public int SphereRows => Kept + Scalars;

    public int SphereCorners => SphereRows + (Blocks * Dimension);

    public int SphereAlong => SphereCorners + (Blocks * Blocks);

    public int Blocks => Block == 0 ? 0 : Dimension / Block;

    /// <summary>Working space of a thread.</summary>
    public static int WorkLength(int dimension, int blocks) => (6 * dimension) + (2 * dimension * dimension) + Scalars + (blocks * (dimension + blocks + 1));

    public static NewtonPlan Load<TMemory>(TMemory memory, int at)
        where TMemory : struct, IDeviceMemory<double> => new(memory.LoadInteger(at), memory.LoadInteger(at + 1), memory.LoadInteger(at + 7))
        {
            Value = memory.LoadInteger(at + 2),
            Slope = memory.LoadInteger(at + 3),
            At = memory.LoadInteger(at + 4),
            Vector = memory.LoadInteger(at + 5),
            Result = memory.LoadInteger(at + 6),
            Box = memory.LoadInteger(at + 8),
            Block = memory.LoadInteger(at + 9),
        };
}
