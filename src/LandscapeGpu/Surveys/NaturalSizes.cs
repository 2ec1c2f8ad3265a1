using LandscapeGpu.Arithmetic;
using MathNet.Numerics.LinearAlgebra.Double;

namespace LandscapeGpu.Surveys;

/// <summary>How large coordinates are by what a formula does with them: what is added to a datum is as large as the datum, and what an exponential is taken of is a number near 1.</summary>
/// <remarks>
/// As units of measurement go through a formula, so do sizes. Of v − Vs/(K + s) the rate V is as large as v, and K as s, in mol/L and in μmol/L. The logarithm of a node's size is a sum of those of coordinates and a number;
/// each sum, comparison and transcendental function gives an equation, and all of them together the sizes, by least squares.
/// </remarks>
internal sealed class NaturalSizes
{
    // Of an equation, for the sizes that nothing tells: they are 1. Of those that are told it leaves half the digits.
    private const double Weak = Stationarity.HalfTheDigits;

    private readonly Objective objective;
    private readonly int d;
    private readonly Dictionary<object, double[]?> sizes = new(ReferenceEqualityComparer.Instance);
    private readonly List<double[]> equations = [];
    private bool readsData;

    private NaturalSizes(Objective objective) => (this.objective, d) = (objective, objective.Dimension);

    /// <summary>The sizes, and that of the value; null where the formula does not tell them, where its equations contradict each other by more than starts may be apart, or where all sizes are ordinary.</summary>
    public static (double[] Lengths, double Value)? Of(Objective objective)
    {
        // Of coordinates that a loop goes through nothing is known one by one.
        if (Traversal.From(objective.Value).OfType<Real>().Any(r => r is { Operation: Operation.Element, Vector: Point, Index.IsConstant: false }))
        {
            return null;
        }

        var natural = new NaturalSizes(objective);
        natural.Read();
        return natural.equations.Count > 0 ? natural.Solved() : null;
    }

    private (double[] Lengths, double Value)? Solved()
    {
        var (normal, right) = (new DenseMatrix(d), new DenseVector(d));
        foreach (var e in equations)
        {
            for (var i = 0; i < d; i++)
            {
                right[i] -= e[i] * e[d];
                for (var j = 0; j < d; j++)
                {
                    normal[i, j] += e[i] * e[j];
                }
            }
        }

        var logarithms = (normal + (Weak * DenseMatrix.CreateIdentity(d))).Cholesky().Solve(right);
        // Starts find their way over a factor as large as between coordinates; of formulas that read data it is the data's units, and no size in these is ordinary. Nor is any rounded, so that starts are the same in all units.
        var most = Math.Log(UnitChoice.AlikeDeviations);
        return equations.All(e => Math.Abs(Of(e)) <= most) && (readsData || logarithms.Any(l => Math.Abs(l) > most))
            ? ([.. logarithms.Select(Math.Exp)], sizes[objective.Value] is { } value ? Math.Exp(Of(value)) : 1)
            : null;

        double Of(double[] size) => Inner.Product(size.AsSpan(0, d), logarithms.AsArray()) + size[d];
    }

    private void Read()
    {
        // What is made of data and numbers alone has the size of its values, as t − 2000 has.
        var given = Given();
        foreach (var node in Traversal.From(objective.Value))
        {
            sizes[node] = node switch
            {
                Real real when given.TryGetValue(real, out var size) => double.IsFinite(size) ? Number(size) : null,
                Real real => Of(real),
                LoopVector loop => sizes[loop.Body],
                ComponentVector components => components.Components.Select(c => sizes[c]).FirstOrDefault(s => s is not null),
                _ => null,
            };
        }
    }

    /// <summary>The logarithm of the size of every node that no coordinate is in: of the middle one of its values that are not 0.</summary>
    private Dictionary<Real, double> Given()
    {
        var (moving, seen) = (Smoothness.Moving(objective.Value).ToHashSet<Real>(ReferenceEqualityComparer.Instance), new Dictionary<Real, List<double>>(ReferenceEqualityComparer.Instance));
        objective.Watch<double>(DoubleArithmetic.Instance, new double[d], (node, value, _, _) =>
        {
            if (!moving.Contains(node))
            {
                (seen.TryGetValue(node, out var values) ? values : seen[node] = []).Add(value);
            }
        });
        foreach (var node in Traversal.From(objective.Value).OfType<Real>().Where(r => r is { Operation: Operation.Element, Vector: Data }))
        {
            (seen[node], readsData) = ([.. ((Data)node.Vector).Values], true);
        }

        return seen.ToDictionary(s => s.Key, s => s.Value.Where(v => v != 0).Select(v => Math.Log(Math.Abs(v))).Order().ToList() is { Count: > 0 } all ? all[all.Count / 2] : double.NaN, (IEqualityComparer<Real>)ReferenceEqualityComparer.Instance);
    }

    private double[]? Of(Real node)
    {
        switch (node.Operation)
        {
            case Operation.Element when node.Vector is Point:
                return Coordinate((int)node.Index.Value);
            case Operation.Element:
                return sizes[node.Vector];
            case Operation.Sum or Operation.Negate or Operation.Abs or Operation.Round:
                return sizes[node.A];
            case Operation.Add when IsSquared(node.A) && IsSquared(node.B):
                // Nothing balances them: what is weighed against the other may be of any size.
                return sizes[node.A] ?? sizes[node.B];
            case Operation.Add or Operation.Subtract or Operation.Min or Operation.Max or Operation.Less or Operation.LessOrEqual:
                return Alike(sizes[node.A], sizes[node.B]);
            case Operation.Select:
                return Alike(sizes[node.B], sizes[node.C]);
            case Operation.Multiply:
                return Sum(sizes[node.A], 1, sizes[node.B], 1);
            case Operation.WholePower:
                return Sum(sizes[node.A], node.Exponent, Number(0), 0);
            case Operation.Reciprocal:
                return Sum(sizes[node.A], -1, Number(0), 0);
            case Operation.Sqrt:
                return Sum(sizes[node.A], 0.5, Number(0), 0);
            case Operation.Power:
                // An exponent is a number near 1 where it is not given.
                Alike(sizes[node.B], IsNumber(sizes[node.B]) ? sizes[node.B] : Number(0));
                return Sum(sizes[node.A], IsNumber(sizes[node.B]) ? Math.Exp(sizes[node.B]![d]) : 1, Number(0), 0);
            case Operation.Atan2:
                Alike(sizes[node.A], sizes[node.B]);
                return Number(0);
            case Operation.Log:
                return Number(0);
            case Operation.Exp or Operation.Sin or Operation.Cos or Operation.SinTurns or Operation.CosTurns or Operation.Tan or Operation.Tanh or Operation.Sigmoid or Operation.Softplus
                or Operation.Asin or Operation.Acos or Operation.Atan or Operation.Erf:
                Alike(sizes[node.A], Number(0));
                return Number(0);
            default:
                return null;
        }
    }

    /// <summary>Whether a node is made of squares alone.</summary>
    private static bool IsSquared(Real node) => node.Operation switch
    {
        Operation.Multiply => ReferenceEquals(node.A, node.B) || (node.A is { IsConstant: true, Value: > 0 } && IsSquared(node.B)) || (node.B is { IsConstant: true, Value: > 0 } && IsSquared(node.A)),
        Operation.WholePower => node.Exponent % 2 == 0,
        Operation.Sum => IsSquared(node.A),
        Operation.Add => IsSquared(node.A) && IsSquared(node.B),
        _ => false,
    };

    private double[] Number(double logarithm)
    {
        var size = new double[d + 1];
        size[d] = logarithm;
        return size;
    }

    private double[] Coordinate(int i)
    {
        var size = new double[d + 1];
        size[i] = 1;
        return size;
    }

    private bool IsNumber(double[]? size) => size?.AsSpan(0, d).IndexOfAnyExcept(0.0) < 0;

    private static double[]? Sum(double[]? a, double m, double[]? b, double n) => a is null || b is null ? null : [.. a.Zip(b, (x, y) => (m * x) + (n * y))];

    /// <summary>The size of two that have one, with an equation that they have.</summary>
    private double[]? Alike(double[]? a, double[]? b)
    {
        if (a is null || b is null)
        {
            return a ?? b;
        }

        double[] apart = [.. a.Zip(b, (x, y) => x - y)];
        if (!IsNumber(apart))
        {
            equations.Add(apart);
        }

        return Sum(a, 0.5, b, 0.5);
    }
}
