using LandscapeGpu.Compilation;
using LandscapeGpu.Expressions;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Minima;

/// <summary>Value, gradient and Hessian of an objective as programs in double precision, for whatever runs them.</summary>
internal sealed record DerivativePrograms
{
    // Up to this many operations a formula is written out, and then its Hessian as well, entry by entry.
    private const int WrittenOut = 250;
    private const int MostWrittenOutCoordinates = 12;

    private DerivativePrograms()
    {
    }

    /// <summary>f and ∇f at X.</summary>
    public required Program Slope { get; init; }

    public required ProgramArray X { get; init; }

    public required ProgramArray Value { get; init; }

    public required ProgramArray Gradient { get; init; }

    /// <summary>The Hessian at At: all of it, or its product with Direction.</summary>
    public required Program Curvature { get; init; }

    public required ProgramArray At { get; init; }

    /// <summary>The vector the Hessian is multiplied with; null where all entries are computed at once.</summary>
    public required ProgramArray? Direction { get; init; }

    /// <summary>d·d entries, or the product's d.</summary>
    public required ProgramArray Result { get; init; }

    /// <param name="objective">What is derived.</param>
    /// <param name="productsOnly">Writes the product with a vector, however small the Hessian is.</param>
    public static DerivativePrograms Write(Objective objective, bool productsOnly = false) => objective.Trace.Run(() =>
    {
        var d = objective.Dimension;
        var value = Unrolling.Unroll(objective.Value, WrittenOut);
        var gradient = ReverseMode.Gradient(value, objective.Point);
        var (x, f, g, at) = (Array("x", d), Array("f", 1), Array("g", d), Array("x", d));
        var isWhole = !productsOnly && gradient is ComponentVector && d <= MostWrittenOutCoordinates;
        var direction = isWhole ? null : Array("v", d);
        var result = isWhole ? Array("h", d * d) : Array("hv", d);
        return new DerivativePrograms
        {
            Slope = Lowering.Lower(true, [x, f, g], new Dictionary<Vector, Storage> { [objective.Point] = new(x, 0) }, [new Output.OfReal(value, new(f, 0)), new Output.OfVector(gradient, new(g, 0))]),
            X = x,
            Value = f,
            Gradient = g,
            Curvature = direction is null
                ? Whole((ComponentVector)gradient, objective.Point, at, result)
                : Product(gradient, objective.Point, new(at, direction, result)),
            At = at,
            Direction = direction,
            Result = result,
        };
    });

    private static ProgramArray Array(string name, int length) => new(name, length, Memory.State);

    private static Program Whole(ComponentVector gradient, Point point, ProgramArray at, ProgramArray h)
    {
        var d = point.Length;
        var columns = Enumerable.Range(0, d).Select(j => (Output)new Output.OfVector(Column(gradient, point, j), new(h, j * d))).ToList();
        return Lowering.Lower(true, [at, h], new Dictionary<Vector, Storage> { [point] = new(at, 0) }, columns);
    }

    private static Vector Column(ComponentVector gradient, Point point, int j)
    {
        var unit = new ComponentVector([.. Enumerable.Range(0, point.Length).Select(i => Real.Constant(i == j ? 1 : 0))]);
        return ForwardMode.Along(gradient, point, unit)!;
    }

    private static Program Product(Vector gradient, Point point, ProductArrays arrays)
    {
        var v = new Point("v", point.Length);
        var along = ForwardMode.Along(gradient, point, v) ?? new ComponentVector([.. Enumerable.Repeat(Real.Constant(0), point.Length)]);
        return Lowering.Lower(true, [arrays.At, arrays.Direction, arrays.Result], new Dictionary<Vector, Storage> { [point] = new(arrays.At, 0), [v] = new(arrays.Direction, 0) }, [new Output.OfVector(along, new(arrays.Result, 0))]);
    }

    private readonly record struct ProductArrays(ProgramArray At, ProgramArray Direction, ProgramArray Result);
}
