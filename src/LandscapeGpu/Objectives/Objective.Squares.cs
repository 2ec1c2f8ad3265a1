using System.Runtime.CompilerServices;
using LandscapeGpu.Arithmetic;

namespace LandscapeGpu.Objectives;

// Whether it is a sum of squares, as of a fit, or bounded below otherwise.
public sealed partial record Objective
{
    /// <summary>How many squares the formula is a positive multiple of the sum of; null where it is none.</summary>
    internal long? SquaredTerms => Squares(formula);

    /// <summary>Whether bounds of all operations over the whole region show that the value has one below.</summary>
    internal bool IsBoundedBelow => SquaredTerms is not null || BoundedBelow.GetValue(this, o => new(o.Evaluate<Interval>(IntervalArithmetic.Instance, o.Bounds()).Lower > double.NegativeInfinity)).Value;

    // Asked again and again, of what may be a sum over many rows.
    private static readonly ConditionalWeakTable<Objective, StrongBox<bool>> BoundedBelow = [];

    /// <summary>Whether it is a quadratic that is bounded below: that has a minimum, however flat, and no valley of it runs to infinity.</summary>
    internal bool HasLeast => IsQuadratic && IsBoundedBelow;

    /// <summary>Whether it is a polynomial of degree 2.</summary>
    internal bool IsQuadratic
    {
        get
        {
            var degrees = new Dictionary<object, double>(ReferenceEqualityComparer.Instance);
            foreach (var node in Traversal.From(formula))
            {
                degrees[node] = DegreeOf(node, degrees);
            }

            return degrees[formula] == 2;
        }
    }

    /// <summary>What coordinates lie between, all over the region.</summary>
    internal Interval[] Bounds()
    {
        var bounds = new Interval[Dimension];
        for (var i = 0; i < bounds.Length; i++)
        {
            bounds[i] = Region.Sides is var (lower, upper) ? new(lower[i], upper[i]) : Interval.Entire;
        }

        return bounds;
    }

    private static double DegreeOf(object node, Dictionary<object, double> of) => node switch
    {
        Expressions.Point => 1,
        Real { Operation: Operation.Multiply } r => of[r.A] + of[r.B],
        Real { Operation: Operation.WholePower, Exponent: >= 0 } r => r.Exponent * of[r.A],
        Real { Operation: Operation.Add or Operation.Subtract or Operation.Negate or Operation.Sum or Operation.Element } or Expressions.Vector => Traversal.DependenciesOf(node).Select(n => of[n]).DefaultIfEmpty(0).Max(),
        _ => Traversal.DependenciesOf(node).All(n => of[n] == 0) ? 0 : double.PositiveInfinity,
    };

    private static long? Squares(Real node) => node.Operation switch
    {
        // A factor is outside the sum, or inside.
        Operation.Multiply when node.A.Operation == Operation.Constant && node.A.Value > 0 => Squares(node.B),
        Operation.Multiply when node.B.Operation == Operation.Constant && node.B.Value > 0 => Squares(node.A),
        Operation.Multiply => ReferenceEquals(node.A, node.B) ? 1 : null,
        Operation.WholePower => node.Exponent == 2 ? 1 : null,
        Operation.Sum when Squares(node.A) is { } inner => inner * node.Index.Count,
        // Only of one factor: squares of different weights are no sum of squares of one variance.
        Operation.Add when IsPlain(node) && Squares(node.A) is { } a && Squares(node.B) is { } b => a + b,
        _ => null,
    };

    private static bool IsPlain(Real node) => node.Operation switch
    {
        Operation.Add => IsPlain(node.A) && IsPlain(node.B),
        Operation.Multiply => ReferenceEquals(node.A, node.B),
        Operation.WholePower => true,
        Operation.Sum => IsPlain(node.A),
        _ => false,
    };
}
