namespace LandscapeGpu.Expressions;

/// <summary>What makes a node: two nodes with equal keys in one trace are the same object.</summary>
internal readonly record struct RealKey(
    Operation Operation,
    Real? A = null,
    Real? B = null,
    Real? C = null,
    long Bits = 0,
    object? Source = null,
    Index? Index = null,
    Index? Index2 = null);

/// <summary>
/// A symbolic real number: the value of an expression in the coordinates of a point, in data and in parameters.
/// </summary>
/// <remarks>
/// Immutable. Written with ordinary operators and the functions of <see cref="Functions"/>; numbers convert to it.
/// Simplification happens as the expression is written.
/// </remarks>
public sealed class Real
{
    private static long made;

    internal Real(in RealKey key)
    {
        Key = key;
        Number = Interlocked.Increment(ref made);
        var free = VariableSet.Union(VariableSet.Union(key.A?.Free, key.B?.Free), key.C?.Free);
        free = VariableSet.Union(VariableSet.Union(free, key.Index2?.Free), (key.Source as Vector)?.Free);
        Free = Operation == Operation.Sum
            ? VariableSet.Union(free.Without(key.Index!), key.Index!.Extent.Free)
            : VariableSet.Union(free, key.Index?.Free);
    }

    internal RealKey Key { get; }

    /// <summary>The order in which nodes were made: operands of commutative operations are kept in it, so that a·b is b·a.</summary>
    internal long Number { get; }

    internal Operation Operation => Key.Operation;

    internal Real A => Key.A!;

    internal Real B => Key.B!;

    internal Real C => Key.C!;

    /// <summary>The number, of a constant.</summary>
    internal double Value => BitConverter.Int64BitsToDouble(Key.Bits);

    /// <summary>n, of a whole power.</summary>
    internal long Exponent => Key.Bits;

    /// <summary>The vector, of an element.</summary>
    internal Vector Vector => (Vector)Key.Source!;

    internal Parameter Parameter => (Parameter)Key.Source!;

    /// <summary>The position of an element, the index of a sum, or the index turned into a number.</summary>
    internal Index Index => Key.Index!;

    internal VariableSet Free { get; }

    internal bool IsConstant => Operation == Operation.Constant;

    internal IEnumerable<Real> Operands
    {
        get
        {
            if (Key.A is { } a)
            {
                yield return a;
            }

            if (Key.B is { } b)
            {
                yield return b;
            }

            if (Key.C is { } c)
            {
                yield return c;
            }
        }
    }

    /// <summary>A constant of the user's: it must be finite.</summary>
    /// <exception cref="ArgumentException">The number is NaN or infinite.</exception>
    public static implicit operator Real(double value) => double.IsFinite(value)
        ? Constant(value)
        : throw new ArgumentException(
            $"The constant {value.ToString(CultureInfo.InvariantCulture)} is not finite; an objective is written with finite constants (use Select, Min or Max for limits).");

    /// <summary>A whole number as a number of the formula.</summary>
    public static implicit operator Real(Index index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return index.IsConstant ? Constant(index.Value) : Trace.Node(new RealKey(Operation.FromIndex, Index: index));
    }

    /// <summary>A parameter as a number of the formula.</summary>
    public static implicit operator Real(Parameter parameter) => Trace.Node(new RealKey(Operation.Parameter, Source: parameter));

    /// <summary>a.</summary>
    public static Real operator +(Real a) => a;

    /// <summary>a + b.</summary>
    public static Real operator +(Real a, Real b) => Algebra.Add(a, b);

    /// <summary>a − b.</summary>
    public static Real operator -(Real a, Real b) => Algebra.Subtract(a, b);

    /// <summary>a·b.</summary>
    public static Real operator *(Real a, Real b) => Algebra.Multiply(a, b);

    /// <summary>a/b.</summary>
    public static Real operator /(Real a, Real b) => Algebra.Divide(a, b);

    /// <summary>−a.</summary>
    public static Real operator -(Real a) => Algebra.Negate(a);

    /// <summary>Holds where a is less than b.</summary>
    public static Condition operator <(Real a, Real b) => Condition.Compare(Operation.Less, a, b);

    /// <summary>Holds where a is greater than b.</summary>
    public static Condition operator >(Real a, Real b) => Condition.Compare(Operation.Less, b, a);

    /// <summary>Holds where a is at most b.</summary>
    public static Condition operator <=(Real a, Real b) => Condition.Compare(Operation.LessOrEqual, a, b);

    /// <summary>Holds where a is at least b.</summary>
    public static Condition operator >=(Real a, Real b) => Condition.Compare(Operation.LessOrEqual, b, a);

    /// <summary>Always an error: C#'s == would compare symbols. Write <see cref="Functions.Equal(Real, Real)"/>.</summary>
    [Obsolete(Condition.WriteEqual, error: true)]
    public static Condition operator ==(Real a, Real b) => throw new InvalidOperationException(Condition.WriteEqual);

    /// <summary>Always an error: C#'s != would compare symbols. Write !<see cref="Functions.Equal(Real, Real)"/>.</summary>
    [Obsolete(Condition.WriteEqual, error: true)]
    public static Condition operator !=(Real a, Real b) => throw new InvalidOperationException(Condition.WriteEqual);

    /// <summary>Whether they are the same symbol, which says nothing about values.</summary>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <summary>Of the symbol.</summary>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    internal static Real Constant(double value) => Trace.Node(new RealKey(Operation.Constant, Bits: BitConverter.DoubleToInt64Bits(value)));

    /// <inheritdoc/>
    public override string ToString() => Notation.Write(this);
}
