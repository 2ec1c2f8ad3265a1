using LandscapeGpu.Arithmetic;

namespace LandscapeGpu.Expressions;

/// <summary>What the symbols of an expression stand for.</summary>
internal sealed record Meanings<T>
{
    /// <summary>The coordinates of each point.</summary>
    public required IReadOnlyDictionary<Point, T[]> Points { get; init; }

    /// <summary>The parameters with their present values, found by name.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>The whole numbers that a device changes between steps.</summary>
    public IReadOnlyList<int> Slots { get; init; } = [];

    /// <summary>The samples of the batch.</summary>
    public IReadOnlyList<int> Batch { get; init; } = [];
}

/// <summary>Computes expressions in any arithmetic, one operation at a time: the oracle for compiled code.</summary>
/// <remarks>One interpreter is one computation; the schedule is shared.</remarks>
internal sealed class Interpreter<T>
{
    private readonly IArithmetic<T> arithmetic;
    private readonly Meanings<T> meanings;
    private readonly EvaluationOrder schedule;
    private readonly T[] reals;
    private readonly T[][] vectors;
    private readonly Dictionary<Index, long> indices = new(ReferenceEqualityComparer.Instance);
    private readonly Func<Index, long> valueOf;
    private readonly Action<Real, T, IReadOnlyList<T>, IReadOnlyDictionary<Index, long>>? seen;

    /// <param name="arithmetic">What + and the other operations mean.</param>
    /// <param name="schedule">In which order they are done.</param>
    /// <param name="meanings">What symbols stand for.</param>
    /// <param name="seen">Shown every operation on reals: the node, its value, its operands, and where loops are.</param>
    public Interpreter(IArithmetic<T> arithmetic, EvaluationOrder schedule, Meanings<T> meanings, Action<Real, T, IReadOnlyList<T>, IReadOnlyDictionary<Index, long>>? seen = null)
    {
        (this.arithmetic, this.schedule, this.meanings, this.seen) = (arithmetic, schedule, meanings, seen);
        reals = new T[schedule.Places];
        vectors = new T[schedule.Places][];
        valueOf = index => index.Operation switch
        {
            IndexOperation.Slot => meanings.Slots[(int)index.Value],
            IndexOperation.Drawn => meanings.Batch[(int)index.A!.Evaluate(valueOf!)],
            _ => indices[index],
        };
        Run(schedule.Steps);
    }

    /// <summary>The value of one of the schedule's reals.</summary>
    public T this[Real root] => reals[schedule[root]];

    /// <summary>The elements of one of the schedule's vectors.</summary>
    public T[] this[Vector root] => vectors[schedule[root]];

    private void Run(Step[] steps)
    {
        foreach (var step in steps)
        {
            if (step.Node is Real real)
            {
                reals[step.Place] = Compute(real, step);
                if (seen is not null && real.Operation is not (Operation.Element or Operation.Sum))
                {
                    seen(real, reals[step.Place], [.. step.Operands.Select(place => reals[place])], indices);
                }
            }
            else
            {
                vectors[step.Place] = Compute((Vector)step.Node, step);
            }
        }
    }

    /// <summary>Runs the loops of a nest from a level inward; each innermost iteration ends with the visit.</summary>
    private void Run(Nest nest, Action visit, int level = 0)
    {
        if (level == nest.Loops.Length)
        {
            visit();
            return;
        }

        var variable = nest.Loops[level];
        var extent = variable.Extent.Evaluate(valueOf);
        for (var i = 0L; i < extent; i++)
        {
            indices[variable] = i;
            Run(nest.Steps[level]);
            Run(nest, visit, level + 1);
        }
    }

    private T Compute(Real node, Step step) => node.Operation switch
    {
        Operation.Constant => arithmetic.Constant(node.Value),
        Operation.Parameter => arithmetic.Constant(ValueOf(node.Parameter)),
        Operation.FromIndex => arithmetic.Constant(node.Index.Evaluate(valueOf)),
        Operation.Element => Element(vectors[step.Operands[0]], node),
        Operation.Sum => Sum(step.Nests[0]),
        Operation.IndexLess => Truth(node.Index.Evaluate(valueOf) < node.Key.Index2!.Evaluate(valueOf)),
        Operation.IndexEqual => Truth(node.Index.Evaluate(valueOf) == node.Key.Index2!.Evaluate(valueOf)),
        Operation.Multiply when ReferenceEquals(node.A, node.B) => arithmetic.Square(reals[step.Operands[0]]),
        Operation.WholePower => RealFunctions.Power(arithmetic, reals[step.Operands[0]], node.Exponent),
        Operation.Select => arithmetic.Select(reals[step.Operands[0]], reals[step.Operands[1]], reals[step.Operands[2]]),
        _ when step.Operands.Length == 1 => RealFunctions.Evaluate(arithmetic, node.Operation, reals[step.Operands[0]]),
        _ => RealFunctions.Evaluate(arithmetic, node.Operation, reals[step.Operands[0]], reals[step.Operands[1]]),
    };

    private T[] Compute(Vector node, Step step) => node switch
    {
        Point point => meanings.Points.TryGetValue(point, out var x) ? x : throw new ArgumentException(
            $"The expression reads the point {point}, which has no value here; a formula may use only the point it is given."),
        Data data => data.Values as T[] ?? Array.ConvertAll(data.Values, arithmetic.Constant),
        LoopVector => Loop(node.Length, step.Nests[0]),
        ComponentVector => Array.ConvertAll(step.Operands, place => reals[place]),
        ScatterVector scatter => Scatter(scatter, step),
        _ => throw new NotSupportedException($"The interpreter does not know vectors of the kind {node.GetType().Name}."),
    };

    private T Element(T[] vector, Real node)
    {
        var at = node.Index.Evaluate(valueOf);
        return at >= 0 && at < vector.Length ? vector[at] : throw node.Vector.OutOfRange(node.Index, at.ToString(CultureInfo.InvariantCulture));
    }

    private T Sum(Nest nest)
    {
        var (total, any) = (arithmetic.Constant(0), false);
        Run(nest, () => (total, any) = (any ? arithmetic.Add(total, reals[nest.Results[0]]) : reals[nest.Results[0]], true));
        return total;
    }

    private T[] Loop(int length, Nest nest)
    {
        var (elements, next) = (new T[length], 0);
        Run(nest, () => elements[next++] = reals[nest.Results[0]]);
        return elements;
    }

    private T[] Scatter(ScatterVector scatter, Step step)
    {
        T[] elements = [.. Enumerable.Repeat(arithmetic.Constant(0), scatter.Length)];
        foreach (var nest in step.Nests)
        {
            Run(nest, () =>
            {
                for (var i = 0; i < nest.Results.Length; i++)
                {
                    var at = nest.Indices[i].Evaluate(valueOf);
                    elements[at] = arithmetic.Add(elements[at], reals[nest.Results[i]]);
                }
            });
        }

        return elements;
    }

    private double ValueOf(Parameter parameter) => meanings.Parameters.FirstOrDefault(p => p.Name == parameter.Name, parameter).Value;

    private T Truth(bool holds) => arithmetic.Constant(holds ? 1 : 0);
}
