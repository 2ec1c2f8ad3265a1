using LandscapeGpu.Compilation;
using LandscapeGpu.Execution;
using LandscapeGpu.Expressions;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Minima;

/// <summary>Value, gradient and Hessian of an objective in double precision, on lanes; on a manifold the Riemannian ones.</summary>
internal sealed class Derivatives
{
    // Up to this many operations a formula is written out, and then its Hessian as well, entry by entry.
    private const int WrittenOut = 250;
    private const int MostWrittenOutCoordinates = 12;

    private Derivatives(Objective objective, Real value, Vector gradient, int? bits)
    {
        (Dimension, Bits) = (objective.Dimension, bits);
        Normals = objective.Manifold?.Normals(Dimension) ?? 0;
        (X, Value, Gradient) = (Array("x", Dimension), Array("f", 1), Array("g", Dimension));
        Slope = Compile(
            [X, Value, Gradient],
            new() { [objective.Point] = new(X, 0) },
            [new Output.OfReal(value, new(Value, 0)), new Output.OfVector(gradient, new(Gradient, 0))],
            bits);
    }

    public int Dimension { get; }

    /// <summary>The width of vectors; null for the widest there is, 0 for none.</summary>
    public int? Bits { get; }

    /// <summary>The dimension of the manifold's normal space; 0 where there is none.</summary>
    public int Normals { get; }

    /// <summary>f and ∇f at X.</summary>
    public CompiledProgram Slope { get; }

    public ProgramArray X { get; }

    public ProgramArray Value { get; }

    public ProgramArray Gradient { get; }

    /// <summary>The Hessian at At: all of it, or its product with Direction.</summary>
    public required CompiledProgram Curvature { get; init; }

    public required ProgramArray At { get; init; }

    /// <summary>The vector the Hessian is multiplied with; null where all entries are computed at once.</summary>
    public ProgramArray? Direction { get; init; }

    /// <summary>d·d entries, or the product's d.</summary>
    public required ProgramArray Result { get; init; }

    /// <summary>The part of Direction that is normal to the manifold; null where there is none.</summary>
    public ProgramArray? Normal { get; init; }

    public static Derivatives Of(Objective objective, int? bits = null)
    {
        var source = objective.Compiled;
        return CompiledOnce.Of(source.Value, (typeof(Derivatives), source.Manifold, source.KeepsData, bits ?? LaneTarget.WidestBits), () => Compile(source, bits));
    }

    private static Derivatives Compile(Objective objective, int? bits) => objective.Trace.Run(() =>
    {
        var value = Unrolling.Unroll(objective.Value, WrittenOut);
        var gradient = ReverseMode.Gradient(value, objective.Point);
        return objective.Manifold is { } manifold ? OnManifold(objective, manifold, value, gradient, bits)
            : gradient is ComponentVector rows && objective.Dimension <= MostWrittenOutCoordinates ? AtOnce(objective, value, rows, bits)
            : ByProducts(objective, value, gradient, bits);
    });

    private static Derivatives AtOnce(Objective objective, Real value, ComponentVector gradient, int? bits)
    {
        var d = objective.Dimension;
        var (at, h) = (Array("x", d), Array("h", d * d));
        var outputs = Enumerable.Range(0, d).Select(j => (Output)new Output.OfVector(Column(gradient, objective.Point, j), new(h, j * d))).ToList();
        return new(objective, value, gradient, bits)
        {
            At = at,
            Curvature = Compile([at, h], new() { [objective.Point] = new(at, 0) }, outputs, bits),
            Result = h,
        };
    }

    private static Derivatives ByProducts(Objective objective, Real value, Vector gradient, int? bits)
    {
        var d = objective.Dimension;
        var direction = new Point("v", d);
        var (at, v, product) = (Array("x", d), Array("v", d), Array("hv", d));
        var along = ForwardMode.Along(gradient, objective.Point, direction) ?? Zeros(d);
        return new(objective, value, gradient, bits)
        {
            At = at,
            Direction = v,
            Curvature = Compile([at, v, product], new() { [objective.Point] = new(at, 0), [direction] = new(v, 0) }, [new Output.OfVector(along, new(product, 0))], bits),
            Result = product,
        };
    }

    /// <summary>Gradient P∇f and Hessian v ↦ P·D(P∇f)[Pv], beside the normal part v − Pv.</summary>
    private static Derivatives OnManifold(Objective objective, Manifold manifold, Real value, Vector ambient, int? bits)
    {
        var (d, x, form) = (objective.Dimension, objective.Point, VectorForm.Of(ambient));
        var gradient = manifold.Tangent(ambient, x, form);
        var direction = new Point("v", d);
        var tangent = manifold.Tangent(direction, x, form);
        var along = manifold.Tangent(ForwardMode.Along(gradient, x, tangent) ?? Zeros(d), x, form);
        var (at, v, product, normal) = (Array("x", d), Array("v", d), Array("hv", d), Array("nv", d));
        return new(objective, value, gradient, bits)
        {
            At = at,
            Direction = v,
            Normal = normal,
            Curvature = Compile(
                [at, v, product, normal],
                new() { [x] = new(at, 0), [direction] = new(v, 0) },
                [new Output.OfVector(along, new(product, 0)), new Output.OfVector(form.Each(d, i => direction[i] - tangent[i]), new(normal, 0))],
                bits),
            Result = product,
        };
    }

    private static ComponentVector Zeros(int d) => new([.. Enumerable.Repeat(Real.Constant(0), d)]);

    private static ProgramArray Array(string name, int length) => new(name, length, Memory.State);

    private static Vector Column(ComponentVector gradient, Point point, int j)
    {
        var unit = new ComponentVector([.. Enumerable.Range(0, point.Length).Select(i => Real.Constant(i == j ? 1 : 0))]);
        return ForwardMode.Along(gradient, point, unit)!;
    }

    internal static CompiledProgram Compile(IReadOnlyList<ProgramArray> state, Dictionary<Vector, Storage> inputs, IReadOnlyList<Output> outputs, int? bits)
    {
        var program = Lowering.Lower(true, state, inputs, outputs);
        Target target = bits == 0 ? new ScalarTarget(true) : new LaneTarget(bits ?? LaneTarget.WidestBits, true);
        return CompiledProgram.Compile(program, target, 1);
    }
}
