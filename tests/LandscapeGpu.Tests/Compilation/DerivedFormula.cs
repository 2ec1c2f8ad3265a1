using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Compilation;

/// <summary>f(x), ∇f(x) and ∇²f(x)·v as 1 + 2d numbers, interpreted or as machine code.</summary>
internal sealed class DerivedFormula
{
    private readonly Objective objective;
    private readonly Point direction;
    private readonly Real value;
    private readonly Vector gradient;
    private readonly Vector product;
    private readonly EvaluationOrder schedule;

    /// <param name="objective">The formula.</param>
    /// <param name="budget">It is written out if it becomes at most this many operations; −1 leaves every loop a loop.</param>
    public DerivedFormula(Objective objective, int budget = -1)
    {
        this.objective = objective;
        var d = objective.Dimension;
        direction = new Point("v", d);
        (value, gradient, product) = objective.Trace.Run(() =>
        {
            var f = budget < 0 ? objective.Value : Unrolling.Unroll(objective.Value, budget);
            var g = ReverseMode.Gradient(f, objective.Point);
            var zero = new ComponentVector([.. Enumerable.Repeat(Real.Constant(0), d)]);
            return (f, g, ForwardMode.Along(g, objective.Point, direction) ?? zero);
        });
        schedule = new EvaluationOrder(value, gradient, product);
    }

    /// <summary>The numbers, by interpreting the expressions.</summary>
    public double[] Interpret<T>(IArithmetic<T> arithmetic, double[] x, double[] v)
        where T : System.Numerics.INumber<T>
    {
        var interpreter = new Interpreter<T>(arithmetic, schedule, new()
        {
            Points = new Dictionary<Point, T[]> { [objective.Point] = [.. x.Select(T.CreateChecked)], [direction] = [.. v.Select(T.CreateChecked)] },
            Parameters = objective.Parameters,
        });
        return [.. new[] { interpreter[value] }.Concat(interpreter[gradient]).Concat(interpreter[product]).Select(double.CreateChecked)];
    }

    /// <summary>The numbers for every lane; lane l is given the point l modulo their number.</summary>
    /// <param name="target">Lanes or scalar code, in either precision.</param>
    /// <param name="width">How many vectors are advanced side by side.</param>
    /// <param name="points">Points.</param>
    /// <param name="v">The direction of the Hessian product.</param>
    /// <param name="apart">Three programs, so that none has what another happens to compute.</param>
    public double[][] Run(Target target, int width, double[][] points, double[] v, bool apart = false)
    {
        var d = objective.Dimension;
        var sets = apart ? new[] { "f", "g", "h" } : ["fgh"];
        double[][]? result = null;
        foreach (var set in sets)
        {
            var (x, f, g, h, along) = (Array("x", d), Array("f", 1), Array("g", d), Array("h", d), Array("v", d));
            var outputs = new List<Output>();
            if (set.Contains('f'))
            {
                outputs.Add(new Output.OfReal(value, new(f, 0)));
            }

            if (set.Contains('g'))
            {
                outputs.Add(new Output.OfVector(gradient, new(g, 0)));
            }

            if (set.Contains('h'))
            {
                outputs.Add(new Output.OfVector(product, new(h, 0)));
            }

            var program = objective.Trace.Run(() => Lowering.Lower(target.IsDouble, [x, f, g, h, along], new Dictionary<Vector, Storage> { [objective.Point] = new(x, 0), [direction] = new(along, 0) }, outputs));
            var compiled = CompiledProgram.Compile(program, target, width);
            using var lanes = new Lanes(compiled);
            using var data = compiled.NewData(objective.Parameters);
            result ??= [.. Enumerable.Range(0, lanes.Count).Select(_ => new double[1 + (2 * d)])];
            for (var lane = 0; lane < lanes.Count; lane++)
            {
                lanes.Write(x, lane, points[lane % points.Length]);
                lanes.Write(along, lane, v);
            }

            lanes.Run(data);
            // A second run from the same memory must not depend on what the first one left there.
            lanes.Run(data);
            for (var lane = 0; lane < lanes.Count; lane++)
            {
                if (set.Contains('f'))
                {
                    result[lane][0] = lanes.Read(f, 0, lane);
                }

                if (set.Contains('g'))
                {
                    lanes.Read(g, lane, result[lane].AsSpan(1, d));
                }

                if (set.Contains('h'))
                {
                    lanes.Read(h, lane, result[lane].AsSpan(1 + d, d));
                }
            }
        }

        return result!;
    }

    private static ProgramArray Array(string name, int length) => new(name, length, Memory.State);
}
