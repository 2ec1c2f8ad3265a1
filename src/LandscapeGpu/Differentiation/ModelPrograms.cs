using LandscapeGpu.Compilation;

namespace LandscapeGpu.Differentiation;

/// <summary>Outputs of a model and products with their Jacobian J as programs: Jv by forward mode, Jᵀc by reverse mode.</summary>
/// <remarks>
/// Both are derivatives of one number, Σᵢ cᵢ yᵢ(x): Jᵀc by x, and Jv, along v, by c. So large models are products of matrices here as their losses are, and J, of outputs times
/// parameters, is never formed.
/// </remarks>
internal sealed class ModelPrograms
{
    private ModelPrograms(Objective objective, int? bits)
    {
        var model = objective.Model!;
        (X, Direction, Weights) = (Array("x", objective.Dimension), Array("v", objective.Dimension), Array("c", model.Count));
        (Outputs, Along, Back) = (Array("y", model.Count), Array("jv", model.Count), Array("jtc", objective.Dimension));
        var (along, back) = objective.Trace.Run(() =>
        {
            var (x, v, c) = (objective.Point, new Point("v", objective.Dimension), new Point("c", model.Count));
            var sum = SplitLoop.Weighted(model.OutputVector, c);
            var moved = ForwardMode.Along(sum, x, v);
            return (
                Lowering.Lower(
                    true, [X, Direction, Outputs, Along], new Dictionary<Vector, Storage> { [x] = new(X, 0), [v] = new(Direction, 0) },
                    [new Output.OfVector(ReverseMode.Gradient(sum, c), new(Outputs, 0)), new Output.OfVector(ReverseMode.Gradient(moved, c), new(Along, 0))], varying: Direction),
                Lowering.Lower(
                    true, [X, Weights, Back], new Dictionary<Vector, Storage> { [x] = new(X, 0), [c] = new(Weights, 0) },
                    [new Output.OfVector(ReverseMode.Gradient(sum, x), new(Back, 0))], varying: Weights));
        });
        (Forward, Reverse) = (Derivatives.Compile(along, bits), Derivatives.Compile(back, bits));
    }

    /// <summary>x, where J is taken.</summary>
    public ProgramArray X { get; }

    public ProgramArray Direction { get; }

    public ProgramArray Weights { get; }

    public ProgramArray Outputs { get; }

    public ProgramArray Along { get; }

    public ProgramArray Back { get; }

    /// <summary>y and Jv from x and v.</summary>
    public CompiledProgram Forward { get; }

    /// <summary>Jᵀc from x and c.</summary>
    public CompiledProgram Reverse { get; }

    public static ModelPrograms Of(Objective objective, int? bits = null) =>
        CompiledOnce.Of(objective.Value, (typeof(ModelPrograms), bits ?? LaneTarget.WidestBits), () => new ModelPrograms(objective, bits));

    private static ProgramArray Array(string name, int length) => new(name, length, Memory.State);
}
