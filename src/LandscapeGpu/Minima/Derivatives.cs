using LandscapeGpu.Compilation;
using LandscapeGpu.Execution;
using LandscapeGpu.Expressions;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Minima;

/// <summary>Value, gradient and Hessian of an objective in double precision, on lanes.</summary>
internal sealed class Derivatives
{
    // Up to this many operations a formula is written out, and then its Hessian as well, entry by entry.
    private const int WrittenOut = 250;
    private const int MostWrittenOutCoordinates = 12;

    private Derivatives(int dimension, CompiledProgram slope, ProgramArray x, ProgramArray value, ProgramArray gradient, CompiledProgram curvature, ProgramArray at, ProgramArray? direction, ProgramArray result)
    {
        Dimension = dimension;
        Slope = slope;
        X = x;
        Value = value;
        Gradient = gradient;
        Curvature = curvature;
        At = at;
        Direction = direction;
        Result = result;
    }

    public int Dimension { get; }

    /// <summary>f and ∇f at X.</summary>
    public CompiledProgram Slope { get; }

    public ProgramArray X { get; }

    public ProgramArray Value { get; }

    public ProgramArray Gradient { get; }

    /// <summary>The Hessian at At: all of it, or its product with Direction.</summary>
    public CompiledProgram Curvature { get; }

    public ProgramArray At { get; }

    /// <summary>The vector the Hessian is multiplied with; null where all entries are computed at once.</summary>
    public ProgramArray? Direction { get; }

    /// <summary>d·d entries, or the product's d.</summary>
    public ProgramArray Result { get; }

    public static Derivatives Of(Objective objective, int? bits = null)
    {
        var source = objective.Compiled;
        return CompiledOnce.Of(source.Value, (typeof(Derivatives), source.KeepsData, bits ?? LaneTarget.WidestBits), () => Compile(source, bits));
    }

    private static Derivatives Compile(Objective objective, int? bits) => objective.Trace.Run(() =>
    {
        var d = objective.Dimension;
        var value = Unrolling.Unroll(objective.Value, WrittenOut);
        var gradient = ReverseMode.Gradient(value, objective.Point);
        var (x, f, g) = (Array("x", d), Array("f", 1), Array("g", d));
        var slope = Compile([x, f, g], new() { [objective.Point] = new(x, 0) }, [new Output.OfReal(value, new(f, 0)), new Output.OfVector(gradient, new(g, 0))], bits);

        var at = Array("x", d);
        if (gradient is ComponentVector rows && d <= MostWrittenOutCoordinates)
        {
            var h = Array("h", d * d);
            var outputs = Enumerable.Range(0, d).Select(j => (Output)new Output.OfVector(Column(rows, objective.Point, j), new(h, j * d))).ToList();
            var all = Compile([at, h], new() { [objective.Point] = new(at, 0) }, outputs, bits);
            return new Derivatives(d, slope, x, f, g, all, at, null, h);
        }

        var direction = new Point("v", d);
        var (v, product) = (Array("v", d), Array("hv", d));
        var along = ForwardMode.Along(gradient, objective.Point, direction) ?? new ComponentVector([.. Enumerable.Repeat(Real.Constant(0), d)]);
        var one = Compile([at, v, product], new() { [objective.Point] = new(at, 0), [direction] = new(v, 0) }, [new Output.OfVector(along, new(product, 0))], bits);
        return new Derivatives(d, slope, x, f, g, one, at, v, product);
    });

    private static ProgramArray Array(string name, int length) => new(name, length, Memory.State);

    private static Vector Column(ComponentVector gradient, Point point, int j)
    {
        var unit = new ComponentVector([.. Enumerable.Range(0, point.Length).Select(i => Real.Constant(i == j ? 1 : 0))]);
        return ForwardMode.Along(gradient, point, unit)!;
    }

    private static CompiledProgram Compile(IReadOnlyList<ProgramArray> state, Dictionary<Vector, Storage> inputs, IReadOnlyList<Output> outputs, int? bits)
    {
        var program = Lowering.Lower(true, state, inputs, outputs);
        Target target = bits == 0 ? new ScalarTarget(true) : new LaneTarget(bits ?? LaneTarget.WidestBits, true);
        return CompiledProgram.Compile(program, target, 1);
    }
}
