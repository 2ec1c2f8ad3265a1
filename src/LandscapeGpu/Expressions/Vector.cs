namespace LandscapeGpu.Expressions;

/// <summary>A vector of reals: the point, known data, or one computed by Functions.Vector.</summary>
public abstract class Vector
{
    private protected Vector(int length, VariableSet free)
    {
        Length = length;
        Free = free;
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    internal VariableSet Free { get; }

    /// <summary>An element.</summary>
    /// <exception cref="ArgumentException">The index is never within 0 … Length−1.</exception>
    public Real this[Index index]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(index);
            if (index.Least >= Length || index.Greatest < 0)
            {
                throw OutOfRange(index, index.ToString());
            }

            return Element(index);
        }
    }

    internal virtual Real Element(Index index) => Trace.Node(new RealKey(Operation.Element, Source: this, Index: index));

    internal ArgumentException OutOfRange(Index index, string value) => new(
        $"{this} has {Length} elements and was indexed with {index}{(index.ToString() == value ? "" : $" = {value}")}; allowed are 0 to {Length - 1}.");
}

/// <summary>The point x at which an objective is evaluated.</summary>
public sealed class Point : Vector
{
    internal Point(string name, int dimension)
        : base(dimension, VariableSet.Empty) => Name = name;

    /// <summary>The number of coordinates.</summary>
    public int Dimension => Length;

    internal string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>(body at k = 0 … n−1), traced once.</summary>
internal sealed class LoopVector(Index variable, Real body)
    : Vector(variable.Count, body.Free.Without(variable))
{
    public Index Variable { get; } = variable;

    public Real Body { get; } = body;

    public override string ToString() => $"[{Variable}: {Body}]";
}

/// <summary>A vector written out.</summary>
internal sealed class ComponentVector(IReadOnlyList<Real> components)
    : Vector(components.Count, components.Aggregate(VariableSet.Empty, (free, c) => VariableSet.Union(free, c.Free)))
{
    public IReadOnlyList<Real> Components { get; } = components;

    internal override Real Element(Index index) => index.IsConstant ? Components[(int)index.Value] : base.Element(index);

    public override string ToString() => $"[{string.Join(", ", Components)}]";
}

/// <summary>Adds value into element Index, once for every iteration of the loops, outermost first.</summary>
/// <param name="Loops">The loops.</param>
/// <param name="Index">The element.</param>
/// <param name="Value">What is added.</param>
/// <param name="Where">Where it is added because a branch is taken; null where no branch decides.</param>
internal sealed record Contribution(IReadOnlyList<Index> Loops, Index Index, Real Value, TakenBranch? Where = null);

/// <summary>A vector made by adding contributions into elements that begin at zero.</summary>
internal sealed class ScatterVector(int length, IReadOnlyList<Contribution> contributions, VariableSet free)
    : Vector(length, free)
{
    public IReadOnlyList<Contribution> Contributions { get; } = contributions;

    public override string ToString() => "scatter";
}
