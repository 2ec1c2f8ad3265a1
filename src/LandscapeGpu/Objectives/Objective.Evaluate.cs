using System.Collections.Concurrent;
using LandscapeGpu.Arithmetic;

namespace LandscapeGpu.Objectives;

// Its value at a point, in any arithmetic.
public sealed partial record Objective
{
    // Shared by the copies that `with` makes: they have the same nodes.
    private readonly ConcurrentDictionary<object, EvaluationOrder> schedules = new(ReferenceEqualityComparer.Instance);

    /// <summary>f(x), by interpreting the formula: slow and sure.</summary>
    /// <param name="x">A coordinate for each dimension.</param>
    /// <exception cref="ArgumentException">x has another length.</exception>
    public double Evaluate(ReadOnlySpan<double> x) => Evaluate(DoubleArithmetic.Instance, x);

    /// <summary>f(x) in another arithmetic; in <see cref="IntervalArithmetic"/>, bounds of f on a box.</summary>
    /// <param name="arithmetic">What + and the other operations mean.</param>
    /// <param name="x">A coordinate for each dimension.</param>
    /// <exception cref="ArgumentException">x has another length.</exception>
    public T Evaluate<T>(IArithmetic<T> arithmetic, ReadOnlySpan<T> x) => Interpret(arithmetic, x, formula)[formula];

    /// <summary>The elements of a vector derived from this objective, such as its gradient, at x.</summary>
    internal T[] Evaluate<T>(IArithmetic<T> arithmetic, ReadOnlySpan<T> x, Vector derived) => Interpret(arithmetic, x, derived)[derived];

    /// <summary>Computes f(x) and shows every operation that is done to a listener: the node, its value, its operands, and where loops are.</summary>
    internal void Watch<T>(IArithmetic<T> arithmetic, ReadOnlySpan<T> x, Action<Real, T, IReadOnlyList<T>, IReadOnlyDictionary<Index, long>> seen) => Interpret(arithmetic, x, formula, seen);

    /// <summary>The formula with angles between unit vectors of its surface written as what they are to the last digit.</summary>
    private Real WithAngles()
    {
        // As many points as make sure that what is the same at all of them is so by no accident.
        const int Points = 3;
        var on = Enumerable.Range(0, Points).Select(k =>
        {
            var point = new double[Dimension];
            region.Starts.Draw(0, k, point);
            return point;
        }).ToList();
        return UnitVectorAngles.In(formula, Point, region.UnitVectorAt, root => [.. on.Select(x => Interpret(DoubleArithmetic.Instance, x, root)[root])]);
    }

    private Interpreter<T> Interpret<T>(IArithmetic<T> arithmetic, ReadOnlySpan<T> x, object root, Action<Real, T, IReadOnlyList<T>, IReadOnlyDictionary<Index, long>>? seen = null)
    {
        return x.Length != Dimension
            ? throw new ArgumentException($"The objective {Name} was given a point of {x.Length} coordinates; it has {Dimension}.")
            : new(arithmetic, schedules.GetOrAdd(root, r => new EvaluationOrder(r)), new()
            {
                Points = new Dictionary<Point, T[]> { [Point] = x.ToArray() },
                Parameters = Parameters,
            }, seen);
    }
}
