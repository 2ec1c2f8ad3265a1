namespace LandscapeGpu.Expressions;

/// <summary>A symbolic truth value, for <see cref="Functions.Select(Condition, Real, Real)"/>.</summary>
/// <remarks>C# <c>if</c>, <c>?:</c>, <c>&amp;&amp;</c> and <c>||</c> cannot branch on it: an objective is traced once for all points.</remarks>
public sealed class Condition
{
    internal const string WriteEqual = "== and != of C# compare symbols, not their values: write Equal(a, b) or !Equal(a, b).";

    internal Condition(Real mask) => Mask = mask;

    /// <summary>The comparison as a node; a constant 1 or 0 where it is already decided.</summary>
    internal Real Mask { get; }

    internal static Condition Compare(Operation comparison, Real a, Real b) => new(Algebra.Apply(comparison, a, b));

    internal static Condition Compare(Operation comparison, Index a, Index b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new(Compared(comparison, a, b));
    }

    internal static Real Compared(Operation comparison, Index a, Index b)
    {
        if (comparison == Operation.IndexLess)
        {
            return a.Greatest < b.Least ? Real.Constant(1)
                : a.Least >= b.Greatest ? Real.Constant(0)
                : Trace.Node(new RealKey(comparison, Index: a, Index2: b));
        }

        return ReferenceEquals(a, b) || (a.IsConstant && b.IsConstant && a.Value == b.Value) ? Real.Constant(1)
            : a.Greatest < b.Least || b.Greatest < a.Least ? Real.Constant(0)
            : Trace.Node(new RealKey(comparison, Index: a, Index2: b));
    }

    /// <summary>Holds where both do.</summary>
    public static Condition operator &(Condition a, Condition b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Mask.IsConstant ? (a.Mask.Value != 0 ? b : a)
            : b.Mask.IsConstant ? (b.Mask.Value != 0 ? a : b)
            : new(Trace.Node(new RealKey(Operation.And, a.Mask, b.Mask)));
    }

    /// <summary>Holds where at least one does.</summary>
    public static Condition operator |(Condition a, Condition b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Mask.IsConstant ? (a.Mask.Value != 0 ? a : b)
            : b.Mask.IsConstant ? (b.Mask.Value != 0 ? b : a)
            : new(Trace.Node(new RealKey(Operation.Or, a.Mask, b.Mask)));
    }

    /// <summary>Holds where a does not.</summary>
    public static Condition operator !(Condition a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Mask.IsConstant ? new(Real.Constant(1 - a.Mask.Value))
            : a.Mask.Operation == Operation.Not ? new(a.Mask.A)
            : new(Trace.Node(new RealKey(Operation.Not, a.Mask)));
    }

    /// <summary>Always an error: a symbol has no truth value while a formula is written. Use <c>Select</c>.</summary>
    public static bool operator true(Condition a) => throw CannotBranch(a);

    /// <summary>Always an error: a symbol has no truth value while a formula is written. Use <c>Select</c>.</summary>
    public static bool operator false(Condition a) => throw CannotBranch(a);

    private static InvalidOperationException CannotBranch(Condition a) => new(
        $"C# if, ?:, && and || cannot branch on the symbolic condition {a?.Mask}: an objective is traced once for all points. " +
        "Write Select(condition, a, b), combine conditions with & and |, or use Min, Max and Abs.");
}
