namespace LandscapeGpu.Kernels;

/// <summary>Where a polishing thread finds things: read from the integers, where the host wrote them in this order.</summary>
/// <remarks>Of the working space: five vectors, two matrices, and the numbers of a walk that are kept between slices.</remarks>
public readonly struct NewtonPlan
{
    /// <summary>What a row of results holds beside the point: f, ‖∇f‖, tr H and ‖H‖², a bound of the rounding of f, how far the stationary point may be, and how far endpoints lie that are counted as one with it, which so far is itself.</summary>
    public const int Beside = 7;

    /// <summary>How an endpoint ended: at a stationary point, or elsewhere.</summary>
    public const int Stationary = 1;

    public const int Elsewhere = 2;

    /// <summary>How a walk ended: with nothing more to gain, or too far from where it began.</summary>
    public const int Settled = 1;

    public const int Strayed = 2;

    /// <summary>How many integers a plan takes.</summary>
    public const int Integers = 19;

    private const int Scalars = 15;

    private NewtonPlan(int dimension, int x, int work) => (Dimension, X, Work) = (dimension, x, work);

    public int Dimension { get; }

    /// <summary>Where the slope program reads the point, and writes f and ∇f.</summary>
    public int X { get; }

    public int Value { get; private init; }

    public int Slope { get; private init; }

    /// <summary>Where the curvature program reads the point and, unless negative, the vector that the Hessian is multiplied with.</summary>
    public int At { get; private init; }

    public int Vector { get; private init; }

    /// <summary>Where it writes the Hessian or the product, and, unless negative, the part of the vector that is normal to the manifold.</summary>
    public int Result { get; private init; }

    public int Normal { get; private init; }

    /// <summary>Where the retraction reads and writes a point; negative where there is none.</summary>
    public int Near { get; private init; }

    public int On { get; private init; }

    /// <summary>The dimension of the manifold's normal space.</summary>
    public int Normals { get; private init; }

    /// <summary>Where among the numbers the box is, lower and upper bound in turn; negative where there is none.</summary>
    public int Box { get; private init; }

    /// <summary>Where working space begins.</summary>
    public int Work { get; }

    public int Point => Work;

    public int Gradient => Work + Dimension;

    public int Origin => Work + (2 * Dimension);

    public int Direction => Work + (3 * Dimension);

    public int Pivots => Work + (4 * Dimension);

    public int Hessian => Work + (5 * Dimension);

    /// <summary>The matrix that is solved; before that, the normals' projection.</summary>
    public int Factor => Hessian + (Dimension * Dimension);

    public int Kept => Factor + (Dimension * Dimension);

    /// <summary>A bound of the value's rounding where the walk began.</summary>
    public int Rounding => Kept + Scalars - 2;

    /// <summary>Gradients and products of the walk before; 0 of an endpoint's first walk.</summary>
    public int Before => Kept + Scalars - 1;

    /// <summary>Where the program of bounds reads the point and by how many u its coordinates may be wrong, and writes f, ∇f and their bounds.</summary>
    public int RoundedX { get; private init; }

    public int Inputs { get; private init; }

    public int RoundedValue { get; private init; }

    public int RoundedSlope { get; private init; }

    public int ValueError { get; private init; }

    public int SlopeErrors { get; private init; }

    /// <summary>Working space of a thread.</summary>
    public static int WorkLength(int dimension) => (5 * dimension) + (2 * dimension * dimension) + Scalars;

    public static NewtonPlan Load<TMemory>(TMemory memory, int at)
        where TMemory : struct, IDeviceMemory<double> => new(memory.LoadInteger(at), memory.LoadInteger(at + 1), memory.LoadInteger(at + 2))
        {
            Value = memory.LoadInteger(at + 3),
            Slope = memory.LoadInteger(at + 4),
            At = memory.LoadInteger(at + 5),
            Vector = memory.LoadInteger(at + 6),
            Result = memory.LoadInteger(at + 7),
            Normal = memory.LoadInteger(at + 8),
            Near = memory.LoadInteger(at + 9),
            On = memory.LoadInteger(at + 10),
            Normals = memory.LoadInteger(at + 11),
            Box = memory.LoadInteger(at + 12),
            RoundedX = memory.LoadInteger(at + 13),
            Inputs = memory.LoadInteger(at + 14),
            RoundedValue = memory.LoadInteger(at + 15),
            RoundedSlope = memory.LoadInteger(at + 16),
            ValueError = memory.LoadInteger(at + 17),
            SlopeErrors = memory.LoadInteger(at + 18),
        };

    /// <summary>Whether a side of the box holds a coordinate: descent would leave through it.</summary>
    /// <param name="own">The thread's state.</param>
    /// <param name="i">Which.</param>
    /// <param name="point">Where the point is in it.</param>
    /// <param name="gradient">And ∇f there.</param>
    public bool IsHeld<TMemory>(ThreadState<TMemory> own, int i, int point, int gradient)
        where TMemory : struct, IDeviceMemory<double>
    {
        if (Box < 0)
        {
            return false;
        }

        var (x, g) = (own[point + i], own[gradient + i]);
        var (lower, upper) = (Bound(own, 2 * i), Bound(own, (2 * i) + 1));
        var near = Stationarity.BesideSide(upper - lower);
        return (x <= lower + near && g > 0) || (x >= upper - near && g < 0);
    }

    /// <summary>A lower or an upper side of the box, in turn.</summary>
    public double Bound<TMemory>(ThreadState<TMemory> own, int k)
        where TMemory : struct, IDeviceMemory<double> => own.Memory.LoadNumber(Box + k, 0);

    /// <summary>Puts coordinates of the trial point, which is where the step begins, onto the bounds that a step would carry them over and the gradient pushes them to; false where there are none.</summary>
    /// <param name="own">The thread's state.</param>
    /// <param name="share">How much of the step was tried.</param>
    public bool TryOntoSides<TMemory>(ThreadState<TMemory> own, double share)
        where TMemory : struct, IDeviceMemory<double>
    {
        var isAny = false;
        for (var i = 0; Box >= 0 && i < Dimension; i++)
        {
            var (x, g) = (own[Point + i], own[Gradient + i]);
            var (lower, upper, ahead) = (Bound(own, 2 * i), Bound(own, (2 * i) + 1), x + (share * own[Direction + i]));
            var isBelow = ahead < lower && g > 0 && x > lower;
            var isAbove = ahead > upper && g < 0 && x < upper;
            own.Set(X + i, isBelow ? lower : isAbove ? upper : x);
            isAny |= isBelow || isAbove;
        }

        return isAny;
    }

    /// <summary>Whether a share of a step leads out of the box, so that sides cut it off.</summary>
    /// <param name="own">The thread's state.</param>
    /// <param name="share">How much of it.</param>
    public bool CutsOff<TMemory>(ThreadState<TMemory> own, double share)
        where TMemory : struct, IDeviceMemory<double>
    {
        var isCut = false;
        for (var i = 0; Box >= 0 && i < Dimension; i++)
        {
            var ahead = own[Point + i] + (share * own[Direction + i]);
            isCut |= ahead < Bound(own, 2 * i) || ahead > Bound(own, (2 * i) + 1);
        }

        return isCut;
    }

    /// <summary>The share of a step that leads to the first side of the box that it meets, of those that the point is not on; 0 where it meets none within the share that was tried.</summary>
    /// <param name="own">The thread's state.</param>
    /// <param name="share">How much of it was tried.</param>
    public double ShareToSide<TMemory>(ThreadState<TMemory> own, double share)
        where TMemory : struct, IDeviceMemory<double>
    {
        var first = share;
        for (var i = 0; Box >= 0 && i < Dimension; i++)
        {
            first = Math.Min(first, NewtonPoint.ShareToBound(own[Point + i], own[Direction + i], Bound(own, 2 * i), Bound(own, (2 * i) + 1)));
        }

        return first < share ? first : 0;
    }

    /// <summary>What steps from a point are short or long against.</summary>
    /// <param name="own">The thread's state.</param>
    /// <param name="point">Where the point is in it.</param>
    public double Reach<TMemory>(ThreadState<TMemory> own, int point)
        where TMemory : struct, IDeviceMemory<double>
    {
        var (fromMiddle, square) = (0.0, 0.0);
        for (var i = 0; i < Dimension; i++)
        {
            var x = own[point + i];
            var away = x - Middle(own, i);
            fromMiddle += away * away;
            square += x * x;
        }

        return StepLengths.Reach(fromMiddle, square);
    }

    /// <summary>How far a walk may come from where it began.</summary>
    public double Leash<TMemory>(ThreadState<TMemory> own)
        where TMemory : struct, IDeviceMemory<double>
    {
        var square = 0.0;
        for (var i = 0; i < Dimension; i++)
        {
            square += StepLengths.Leash(own[Origin + i] - Middle(own, i), Box < 0 ? 0 : StepLengths.Half(Bound(own, 2 * i), Bound(own, (2 * i) + 1)));
        }

        return 1 + Math.Sqrt(square);
    }

    private double Middle<TMemory>(ThreadState<TMemory> own, int i)
        where TMemory : struct, IDeviceMemory<double> => Box < 0 ? 0 : StepLengths.Middle(Bound(own, 2 * i), Bound(own, (2 * i) + 1));

    /// <summary>‖∇f‖ of the coordinates that can move.</summary>
    public double FreeNorm<TMemory>(ThreadState<TMemory> own, int point, int gradient)
        where TMemory : struct, IDeviceMemory<double>
    {
        var square = 0.0;
        for (var i = 0; i < Dimension; i++)
        {
            var g = own[gradient + i];
            square += IsHeld(own, i, point, gradient) ? 0 : g * g;
        }

        return Math.Sqrt(square);
    }
}
