using System.Globalization;

namespace LandscapeGpu.Expressions;

internal enum IndexOperation
{
    Constant,
    Loop,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Gather,

    /// <summary>A whole number that a device changes between steps (which pair an optimiser overwrites next).</summary>
    Slot,

    /// <summary>The number of a sample that a restart has drawn for this step: it differs between restarts.</summary>
    Drawn,
}

internal readonly record struct IndexKey(IndexOperation Operation, int Value, Index? A, Index? B, IndexData? Data);

/// <summary>
/// A whole number that is known only while an objective runs: the index of a loop, or arithmetic on indices.
/// </summary>
/// <remarks>
/// Division rounds down and <c>%</c> gives 0 … n−1 for negative numbers as well, so <c>x[(i - 1) % n]</c> is the left
/// neighbour on a ring.
/// </remarks>
public sealed class Index
{
    internal Index(in IndexKey key)
    {
        Key = key;
        Free = Operation == IndexOperation.Loop ? VariableSet.Of(this) : VariableSet.Union(A?.Free, B?.Free);
        (Least, Greatest) = Range();
        VariesByRestart = Operation == IndexOperation.Drawn || A is { VariesByRestart: true } || B is { VariesByRestart: true };
    }

    internal IndexKey Key { get; }

    internal IndexOperation Operation => Key.Operation;

    /// <summary>The constant, the depth of a loop's index, the number of a slot, or how many samples there are to draw from.</summary>
    internal int Value => Key.Value;

    internal Index? A => Key.A;

    internal Index? B => Key.B;

    /// <summary>The extent of a loop's index, which runs over 0 … extent − 1.</summary>
    internal Index Extent => Key.A!;

    internal VariableSet Free { get; }

    /// <summary>A lower bound on the values taken; exact for expressions of one index.</summary>
    internal long Least { get; }

    /// <summary>An upper bound on the values taken.</summary>
    internal long Greatest { get; }

    /// <summary>Whether restarts that run side by side have values of their own.</summary>
    internal bool VariesByRestart { get; }

    internal bool IsConstant => Operation == IndexOperation.Constant;

    internal static Index Loop(int depth, Index extent) => Trace.Node(new IndexKey(IndexOperation.Loop, depth, extent, null, null));

    internal static Index Slot(int number, int extent) => Trace.Node(new IndexKey(IndexOperation.Slot, number, extent, null, null));

    /// <summary>The sample at a position of the batch, of 0 … samples − 1.</summary>
    internal static Index Drawn(int samples, Index position) => Trace.Node(new IndexKey(IndexOperation.Drawn, samples, position, null, null));

    internal static Index Gather(IndexData data, Index at) =>
        at.IsConstant ? data.Values[data.Checked(at.Value)] : Trace.Node(new IndexKey(IndexOperation.Gather, 0, at, null, data));

    public static implicit operator Index(int value) => Trace.Node(new IndexKey(IndexOperation.Constant, value, null, null, null));

    public static Index operator +(Index a, Index b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return (a, b) switch
        {
            ({ IsConstant: true }, { IsConstant: true }) => checked(a.Value + b.Value),
            ({ IsConstant: true, Value: 0 }, _) => b,
            (_, { IsConstant: true, Value: 0 }) => a,
            ({ IsConstant: true }, _) => b + a,
            ({ Operation: IndexOperation.Add, B.IsConstant: true }, { IsConstant: true }) => a.A! + (a.B! + b),
            ({ Operation: IndexOperation.Add, B.IsConstant: true }, _) => a.A! + b + a.B!,
            (_, { Operation: IndexOperation.Add, B.IsConstant: true }) => a + b.A! + b.B!,
            _ => Trace.Node(new IndexKey(IndexOperation.Add, 0, a, b, null)),
        };
    }

    public static Index operator -(Index a, Index b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return b.IsConstant ? a + checked(-b.Value) : ReferenceEquals(a, b) ? 0 : Trace.Node(new IndexKey(IndexOperation.Subtract, 0, a, b, null));
    }

    public static Index operator *(Index a, Index b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return (a, b) switch
        {
            ({ IsConstant: true }, { IsConstant: true }) => checked(a.Value * b.Value),
            ({ IsConstant: true }, _) => b * a,
            (_, { IsConstant: true, Value: 0 }) => 0,
            (_, { IsConstant: true, Value: 1 }) => a,
            ({ Operation: IndexOperation.Add, B.IsConstant: true }, { IsConstant: true }) => (a.A! * b) + (a.B! * b),
            ({ Operation: IndexOperation.Multiply, B.IsConstant: true }, { IsConstant: true }) => a.A! * (a.B! * b),
            _ => Trace.Node(new IndexKey(IndexOperation.Multiply, 0, a, b, null)),
        };
    }

    public static Index operator /(Index a, Index b)
    {
        ArgumentNullException.ThrowIfNull(a);
        RequirePositive(b, "/");
        return a.IsConstant && b.IsConstant ? FloorDivide(a.Value, b.Value)
            : b is { IsConstant: true, Value: 1 } ? a
            : b.IsConstant && a.Least >= 0 && a.Greatest < b.Value ? 0
            : RowAndColumn(a, b) is { } place ? place.Row
            : Trace.Node(new IndexKey(IndexOperation.Divide, 0, a, b, null));
    }

    public static Index operator %(Index a, Index b)
    {
        ArgumentNullException.ThrowIfNull(a);
        RequirePositive(b, "%");
        return a.IsConstant && b.IsConstant ? FloorModulo(a.Value, b.Value)
            : b.IsConstant && a.Least >= 0 && a.Greatest < b.Value ? a
            : RowAndColumn(a, b) is { } place ? place.Column
            : Trace.Node(new IndexKey(IndexOperation.Modulo, 0, a, b, null));
    }

    public static Index operator -(Index a) => (Index)0 - a;

    public static Condition operator <(Index a, Index b) => Condition.Compare(Expressions.Operation.IndexLess, a, b);

    public static Condition operator >(Index a, Index b) => Condition.Compare(Expressions.Operation.IndexLess, b, a);

    public static Condition operator <=(Index a, Index b) => Condition.Compare(Expressions.Operation.IndexLess, a, b + 1);

    public static Condition operator >=(Index a, Index b) => Condition.Compare(Expressions.Operation.IndexLess, b, a + 1);

    internal static int FloorDivide(int a, int b) => (a / b) - (a % b < 0 ? 1 : 0);

    internal static int FloorModulo(int a, int b) => a - (b * FloorDivide(a, b));

    /// <summary>The value once every loop's index has one.</summary>
    internal int Evaluate(Func<Index, int> valueOf) => Operation switch
    {
        IndexOperation.Constant => Value,
        IndexOperation.Loop or IndexOperation.Slot or IndexOperation.Drawn => valueOf(this),
        IndexOperation.Add => A!.Evaluate(valueOf) + B!.Evaluate(valueOf),
        IndexOperation.Subtract => A!.Evaluate(valueOf) - B!.Evaluate(valueOf),
        IndexOperation.Multiply => A!.Evaluate(valueOf) * B!.Evaluate(valueOf),
        IndexOperation.Divide => FloorDivide(A!.Evaluate(valueOf), B!.Evaluate(valueOf)),
        IndexOperation.Modulo => FloorModulo(A!.Evaluate(valueOf), B!.Evaluate(valueOf)),
        _ => Key.Data!.Values[Key.Data.Checked(A!.Evaluate(valueOf))],
    };

    public override string ToString() => Operation switch
    {
        IndexOperation.Constant => Value.ToString(CultureInfo.InvariantCulture),
        IndexOperation.Loop => Value < 6 ? "ijklmn"[Value].ToString() : $"i{Value}",
        IndexOperation.Slot => $"slot{Value}",
        IndexOperation.Drawn => $"batch[{A}]",
        IndexOperation.Gather => $"{Key.Data!.Name}[{A}]",
        IndexOperation.Add when B!.IsConstant && B.Value < 0 => $"{A} - {-B.Value}",
        IndexOperation.Add => $"{A} + {B}",
        IndexOperation.Subtract => $"{A} - {Grouped(B!)}",
        IndexOperation.Multiply => $"{Grouped(A!)}*{Grouped(B!)}",
        IndexOperation.Divide => $"{Grouped(A!)}/{Grouped(B!)}",
        _ => $"{Grouped(A!)} % {Grouped(B!)}",
    };

    /// <summary>p and q of an index that is written p·n + q with 0 ≤ q &lt; n; null of any other.</summary>
    private static (Index Row, Index Column)? RowAndColumn(Index a, Index n) =>
        n.IsConstant && a is { Operation: IndexOperation.Add, A: { Operation: IndexOperation.Multiply, B.IsConstant: true } rows, B: { Least: >= 0 } column }
            && rows.B.Value == n.Value && column.Greatest < n.Value ? (rows.A!, column) : null;

    private static string Grouped(Index a) =>
        a.Operation is IndexOperation.Constant or IndexOperation.Loop or IndexOperation.Gather or IndexOperation.Slot or IndexOperation.Drawn ? a.ToString() : $"({a})";

    private static void RequirePositive(Index divisor, string sign)
    {
        ArgumentNullException.ThrowIfNull(divisor);
        if (divisor.Least < 1)
        {
            throw new ArgumentException($"The divisor of an index, {divisor}, can be {divisor.Least}; the right side of {sign} must be at least 1.");
        }
    }

    private (long Least, long Greatest) Range()
    {
        switch (Operation)
        {
            case IndexOperation.Constant:
                return (Value, Value);
            case IndexOperation.Loop or IndexOperation.Slot:
                return (0, Math.Max(0, Extent.Greatest - 1));
            case IndexOperation.Drawn:
                return (0, Value - 1);
            case IndexOperation.Add:
                return (A!.Least + B!.Least, A.Greatest + B.Greatest);
            case IndexOperation.Subtract:
                return (A!.Least - B!.Greatest, A.Greatest - B.Least);
            case IndexOperation.Multiply:
                long[] corners = [A!.Least * B!.Least, A.Least * B.Greatest, A.Greatest * B.Least, A.Greatest * B.Greatest];
                return (corners.Min(), corners.Max());
            case IndexOperation.Divide:
                long[] quotients = [Floor(A!.Least, B!.Least), Floor(A.Least, B.Greatest), Floor(A.Greatest, B.Least), Floor(A.Greatest, B.Greatest)];
                return (quotients.Min(), quotients.Max());
            case IndexOperation.Modulo:
                return (0, B!.Greatest - 1);
            default:
                return (Key.Data!.Least, Key.Data.Greatest);
        }

        static long Floor(long a, long b) => (a / b) - (a % b < 0 ? 1 : 0);
    }
}
