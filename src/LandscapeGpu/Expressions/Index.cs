namespace LandscapeGpu.Expressions;

/// <summary>
/// A whole number that is known only while an objective runs: the index of a loop, or arithmetic on indices.
/// </summary>
/// <remarks>
/// Division rounds down and <c>%</c> gives 0 … n−1 for negative numbers as well, so <c>x[(i - 1) % n]</c> is the left
/// neighbour on a ring. It is exact: what could exceed 2⁵³ in magnitude is refused when it is written.
/// </remarks>
public sealed class Index
{
    // Whole numbers up to here are exact as reals, and sums and products of bounds are far from the end of 64 bits.
    private const long Largest = 1L << 53;

    // An index is computed anew wherever it is used; one that is longer has been written by a loop of C#.
    private const int MostOperations = 1000;

    private readonly int operations;

    internal Index(in IndexKey key)
    {
        Key = key;
        Free = Operation == IndexOperation.Loop ? VariableSet.Of(this) : VariableSet.Union(A?.Free, B?.Free);
        operations = 1 + (Operation == IndexOperation.Loop ? 0 : (A?.operations ?? 0) + (B?.operations ?? 0));
        if (operations > MostOperations)
        {
            throw new ArgumentException($"An index is written with more than {MostOperations} operations; keep the numbers in an IndexData and gather through it.");
        }

        (Least, Greatest) = Bounded(Range());
        IsNarrow = IsInt(Least) && IsInt(Greatest) && (Operation is IndexOperation.Loop or IndexOperation.Gather or IndexOperation.Drawn or IndexOperation.Slot || (A?.IsNarrow != false && B?.IsNarrow != false))
            && (Operation is not (IndexOperation.Divide or IndexOperation.Modulo) || IsInt((long)Lifted));
        VariesByRestart = Operation == IndexOperation.Drawn || A is { VariesByRestart: true } || B is { VariesByRestart: true };
    }

    internal IndexKey Key { get; }

    internal IndexOperation Operation => Key.Operation;

    /// <summary>The constant, the depth of a loop's index, the number of a slot, or how many samples there are to draw from.</summary>
    internal long Value => Key.Value;

    internal Index? A => Key.A;

    internal Index? B => Key.B;

    /// <summary>The extent of a loop's index, which runs over 0 … extent − 1.</summary>
    internal Index Extent => Key.A!;

    /// <summary>How often a loop over this index, of a constant extent, runs.</summary>
    internal int Count => (int)Extent.Value;

    internal VariableSet Free { get; }

    /// <summary>A lower bound on the values taken; exact for expressions of one index.</summary>
    internal long Least { get; }

    /// <summary>An upper bound on the values taken.</summary>
    internal long Greatest { get; }

    /// <summary>Whether restarts that run side by side have values of their own.</summary>
    internal bool VariesByRestart { get; }

    /// <summary>Whether it and all it is computed from are numbers of 32 bits.</summary>
    internal bool IsNarrow { get; }

    internal bool IsConstant => Operation == IndexOperation.Constant;

    /// <summary>
    /// How many divisors make the dividend of a quotient or remainder positive; 0 where it never is negative. a/b and a%b of a + kb: the
    /// remainder is the same, 0 … b−1, and the quotient, rounded down, is k less.
    /// </summary>
    internal long Lift => A!.Least < 0 ? (-A.Least / B!.Least) + 1 : 0;

    private Int128 Lifted => A!.Greatest + ((Int128)Lift * B!.Greatest);

    /// <exception cref="ArgumentException">The loop could be longer than can be counted.</exception>
    internal static Index Loop(long depth, Index extent) => extent.Greatest <= int.MaxValue
        ? Trace.Node(new IndexKey(IndexOperation.Loop, depth, extent, null, null))
        : throw new ArgumentException($"A loop over {extent} has up to {extent.Greatest} iterations; at most {int.MaxValue} can be counted.");

    internal static Index Slot(int number, int extent) => Trace.Node(new IndexKey(IndexOperation.Slot, number, extent, null, null));

    /// <summary>The sample at a position of the batch, of 0 … samples − 1.</summary>
    internal static Index Drawn(long samples, Index position) => Trace.Node(new IndexKey(IndexOperation.Drawn, samples, position, null, null));

    internal static Index Gather(IndexData data, Index at) =>
        at.IsConstant ? (Index)data.Values[data.Checked(at.Value)] : Trace.Node(new IndexKey(IndexOperation.Gather, 0, at, null, data));

    /// <summary>A whole number that is known.</summary>
    public static implicit operator Index(int value) => Constant(value);

    /// <summary>A known number; refused if it is too large.</summary>
    internal static Index Constant(Int128 value)
    {
        _ = Bounded((value, value));
        return Trace.Node(new IndexKey(IndexOperation.Constant, (long)value, null, null, null));
    }

    /// <summary>a + b, exactly.</summary>
    public static Index operator +(Index a, Index b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return (a, b) switch
        {
            ({ IsConstant: true }, { IsConstant: true }) => Constant((Int128)a.Value + b.Value),
            ({ IsConstant: true, Value: 0 }, _) => b,
            (_, { IsConstant: true, Value: 0 }) => a,
            ({ IsConstant: true }, _) => b + a,
            ({ Operation: IndexOperation.Add, B.IsConstant: true }, { IsConstant: true }) => a.A! + (a.B! + b),
            ({ Operation: IndexOperation.Add, B.IsConstant: true }, _) => a.A! + b + a.B!,
            (_, { Operation: IndexOperation.Add, B.IsConstant: true }) => a + b.A! + b.B!,
            _ => Trace.Node(new IndexKey(IndexOperation.Add, 0, a, b, null)),
        };
    }

    /// <summary>a − b, exactly.</summary>
    public static Index operator -(Index a, Index b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return b.IsConstant ? a + Constant(-b.Value) : ReferenceEquals(a, b) ? 0 : Trace.Node(new IndexKey(IndexOperation.Subtract, 0, a, b, null));
    }

    /// <summary>a·b, exactly.</summary>
    public static Index operator *(Index a, Index b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return (a, b) switch
        {
            ({ IsConstant: true }, { IsConstant: true }) => Constant((Int128)a.Value * b.Value),
            ({ IsConstant: true }, _) => b * a,
            (_, { IsConstant: true, Value: 0 }) => 0,
            (_, { IsConstant: true, Value: 1 }) => a,
            ({ Operation: IndexOperation.Add, B.IsConstant: true }, { IsConstant: true }) => (a.A! * b) + (a.B! * b),
            ({ Operation: IndexOperation.Multiply, B.IsConstant: true }, { IsConstant: true }) => a.A! * (a.B! * b),
            _ => Trace.Node(new IndexKey(IndexOperation.Multiply, 0, a, b, null)),
        };
    }

    /// <summary>a divided by b, rounded towards 0.</summary>
    public static Index operator /(Index a, Index b)
    {
        ArgumentNullException.ThrowIfNull(a);
        RequirePositive(b, "/");
        return a.IsConstant && b.IsConstant ? Constant(FloorDivide(a.Value, b.Value))
            : b is { IsConstant: true, Value: 1 } ? a
            : b.IsConstant && a.Least >= 0 && a.Greatest < b.Value ? 0
            : RowAndColumn(a, b) is { } place ? place.Row
            : Trace.Node(new IndexKey(IndexOperation.Divide, 0, a, b, null));
    }

    /// <summary>What is left of a divided by b, with the sign of a.</summary>
    public static Index operator %(Index a, Index b)
    {
        ArgumentNullException.ThrowIfNull(a);
        RequirePositive(b, "%");
        return a.IsConstant && b.IsConstant ? Constant(FloorModulo(a.Value, b.Value))
            : b.IsConstant && a.Least >= 0 && a.Greatest < b.Value ? a
            : RowAndColumn(a, b) is { } place ? place.Column
            : Trace.Node(new IndexKey(IndexOperation.Modulo, 0, a, b, null));
    }

    /// <summary>−a.</summary>
    public static Index operator -(Index a) => (Index)0 - a;

    /// <summary>Holds where a is less than b.</summary>
    public static Condition operator <(Index a, Index b) => Condition.Compare(Expressions.Operation.IndexLess, a, b);

    /// <summary>Holds where a is greater than b.</summary>
    public static Condition operator >(Index a, Index b) => Condition.Compare(Expressions.Operation.IndexLess, b, a);

    /// <summary>Holds where a is at most b.</summary>
    public static Condition operator <=(Index a, Index b) => Condition.Compare(Expressions.Operation.IndexLess, a, b + 1);

    /// <summary>Holds where a is at least b.</summary>
    public static Condition operator >=(Index a, Index b) => Condition.Compare(Expressions.Operation.IndexLess, b, a + 1);

    private static long FloorDivide(long a, long b) => (a / b) - (a % b < 0 ? 1 : 0);

    private static long FloorModulo(long a, long b) => a - (b * FloorDivide(a, b));

    /// <summary>Always an error: C#'s == would compare symbols. Write <see cref="Functions.Equal(Index, Index)"/>.</summary>
    [Obsolete(Condition.WriteEqual, error: true)]
    public static Condition operator ==(Index a, Index b) => throw new InvalidOperationException(Condition.WriteEqual);

    /// <summary>Always an error: C#'s != would compare symbols. Write !<see cref="Functions.Equal(Index, Index)"/>.</summary>
    [Obsolete(Condition.WriteEqual, error: true)]
    public static Condition operator !=(Index a, Index b) => throw new InvalidOperationException(Condition.WriteEqual);

    /// <summary>Whether they are the same symbol, which says nothing about values.</summary>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <summary>Of the symbol.</summary>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>The value once every loop's index has one.</summary>
    internal long Evaluate(Func<Index, long> valueOf) => Operation switch
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

    /// <inheritdoc/>
    public override string ToString() => Operation switch
    {
        IndexOperation.Constant => Value.ToString(CultureInfo.InvariantCulture),
        IndexOperation.Loop => Value < 6 ? "ijklmn"[(int)Value].ToString() : $"i{Value}",
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
        n.IsConstant && a is { Operation: IndexOperation.Multiply, B.IsConstant: true } first && first.B.Value == n.Value ? (first.A!, 0)
        : n.IsConstant && a is { Operation: IndexOperation.Add, A: { Operation: IndexOperation.Multiply, B.IsConstant: true } rows, B: { Least: >= 0 } column }
            && rows.B.Value == n.Value && column.Greatest < n.Value ? (rows.A!, column) : null;

    private static string Grouped(Index a) =>
        a.Operation is IndexOperation.Constant or IndexOperation.Loop or IndexOperation.Gather or IndexOperation.Slot or IndexOperation.Drawn ? a.ToString() : $"({a})";

    private static void RequirePositive(Index divisor, string sign)
    {
        ArgumentNullException.ThrowIfNull(divisor);
        if (divisor.Least < 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"The divisor of an index, {divisor}, can be {divisor.Least}; the right side of {sign} must be at least 1."));
        }
    }

    private static bool IsInt(long value) => value is >= int.MinValue and <= int.MaxValue;

    /// <summary>Bounds that are exact numbers.</summary>
    private static (long Least, long Greatest) Bounded((Int128 Least, Int128 Greatest) range) => range.Least >= -Largest && range.Greatest <= Largest
        ? ((long)range.Least, (long)range.Greatest)
        : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"An index can be as large as {Int128.Max(-range.Least, range.Greatest)}; allowed are whole numbers up to 2^53 in magnitude, also on the way to a quotient or remainder."));

    private (Int128 Least, Int128 Greatest) Range()
    {
        Int128 Corner(Func<Int128, Int128, Int128> of, Func<Int128, Int128, Int128> choose) => choose(
            choose(of(A!.Least, B!.Least), of(A.Least, B.Greatest)), choose(of(A.Greatest, B.Least), of(A.Greatest, B.Greatest)));
        (Int128, Int128) Corners(Func<Int128, Int128, Int128> of) => (Corner(of, Int128.Min), Corner(of, Int128.Max));
        switch (Operation)
        {
            case IndexOperation.Constant:
                return (Value, Value);
            case IndexOperation.Loop or IndexOperation.Slot:
                return (0, Math.Max(0, Extent.Greatest - 1));
            case IndexOperation.Drawn:
                return (0, Value - 1);
            case IndexOperation.Add:
                return ((Int128)A!.Least + B!.Least, (Int128)A.Greatest + B.Greatest);
            case IndexOperation.Subtract:
                return ((Int128)A!.Least - B!.Greatest, (Int128)A.Greatest - B.Least);
            case IndexOperation.Multiply:
                return Corners((a, b) => a * b);
            case IndexOperation.Divide:
                _ = Bounded((0, Lifted));
                return Corners((a, b) => FloorDivide((long)a, (long)b));
            case IndexOperation.Modulo:
                _ = Bounded((0, Lifted));
                return (0, B!.Greatest - 1);
            default:
                return (Key.Data!.Least, Key.Data.Greatest);
        }
    }
}
