using LandscapeGpu.Compilation;

namespace LandscapeGpu.Evidence;

/// <summary>A model's outputs y(x) ∈ ℝⁿ and their Jacobian J, n × d, in double precision.</summary>
/// <remarks>A column of J is the derivative of the outputs along a coordinate; as many columns as there are lanes are computed at once.</remarks>
internal sealed class ModelJacobian : IDisposable
{
    private readonly ProgramArray x;
    private readonly ProgramArray direction;
    private readonly ProgramArray outputs;
    private readonly ProgramArray column;
    private readonly Lanes lanes;

    /// <param name="objective">One that says what its model's outputs are.</param>
    /// <param name="units">Those of the points that it is given, and of the coordinates that it differentiates by; null for the formula's own.</param>
    public ModelJacobian(Objective objective, Units? units = null)
    {
        Units = units ?? Units.One;
        var model = objective.Model ?? throw new ArgumentException($"{objective.Name} does not say what its model's outputs are; define it with Objective.DefineModel.");
        (Count, Dimension) = (model.Count, objective.Dimension);
        (x, direction) = (new("x", Dimension, Memory.State), new("v", Dimension, Memory.State));
        (outputs, column) = (new("y", Count, Memory.State), new("jv", Count, Memory.State));
        var program = objective.Trace.Run(() =>
        {
            var v = new Point("v", Dimension);
            var along = ForwardMode.Along(model.OutputVector, objective.Point, v)
                ?? throw new ArgumentException($"The outputs of {objective.Name} do not depend on its parameters.");
            return Lowering.Lower(
                true, [x, direction, outputs, column],
                new Dictionary<Vector, Storage> { [objective.Point] = new(x, 0), [v] = new(direction, 0) },
                [new Output.OfVector(model.OutputVector, new(outputs, 0)), new Output.OfVector(along, new(column, 0))]);
        });
        var compiled = CompiledProgram.Compile(program, new LaneTarget(LaneTarget.WidestBits, true), 1);
        lanes = new(compiled, objective.Parameters);
    }

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>Those of its points and coordinates.</summary>
    public Units Units { get; }

    /// <summary>y(x).</summary>
    public double[] Outputs(ReadOnlySpan<double> point)
    {
        lanes.Write(x, 0, Shown(point));
        lanes.Run();
        var y = new double[Count];
        lanes.Read(outputs, 0, y);
        return y;
    }

    /// <summary>J(x) as its d columns of n numbers.</summary>
    public double[][] Columns(ReadOnlySpan<double> point)
    {
        var columns = new double[Dimension][];
        lanes.WriteAll(x, Shown(point));
        for (var j = 0; j < Dimension; j += lanes.Count)
        {
            for (var l = 0; l < lanes.Count; l++)
            {
                lanes.Fill(direction, l, 1, 0);
                if (j + l < Dimension)
                {
                    lanes.Write(direction, j + l, l, Units.Length(j + l));
                }
            }

            lanes.Run();
            for (var l = 0; l < lanes.Count && j + l < Dimension; l++)
            {
                lanes.Read(column, l, columns[j + l] = new double[Count]);
            }
        }

        return columns;
    }

    public void Dispose() => lanes.Dispose();

    private ReadOnlySpan<double> Shown(ReadOnlySpan<double> point)
    {
        if (Units.Lengths.Length == 0)
        {
            return point;
        }

        var shown = point.ToArray();
        Units.ToShown(shown);
        return shown;
    }
}
