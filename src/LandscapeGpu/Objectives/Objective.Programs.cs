namespace LandscapeGpu.Objectives;

// What is compiled to run it, which may be another objective of the same formula.
public sealed partial record Objective
{
    /// <summary>The objective that this one is run by; null for itself.</summary>
    private Objective? Lender { get; init; }

    /// <summary>
    /// A trace to derive and compile in. Every one begins from the formula as it was defined: nodes of earlier compilations would
    /// change the order that commutative operands are kept in, and with it the rounding.
    /// </summary>
    internal Trace Trace => definition.Fork(KeepsData);

    /// <summary>The objective whose formula is compiled to run this one, on this one's region.</summary>
    internal Objective Compiled => Lender is null ? this : Lender with { Region = Region, KeepsData = true, SamplesMeant = SamplesMeant };

    /// <summary>For the data that <see cref="Compiled"/> names, those that take their place.</summary>
    internal IReadOnlyDictionary<Data, Data> Replaced { get; private init; } = new Dictionary<Data, Data>();

    /// <summary>Whether programs read all data from memory, so that other data can take their place.</summary>
    internal bool KeepsData { get; private init; }

    /// <summary>
    /// The same objective, run by the programs of another whose formula differs from this one's only in the numbers that its data and
    /// parameters hold: what has been compiled for the other is not compiled again. Null where they differ in more.
    /// </summary>
    /// <remarks>
    /// For families of landscapes over data: give all members the programs of the first, the first itself as well, since programs that are
    /// shared read their data where others may have it built in.
    /// </remarks>
    /// <param name="other">The objective to run as; itself for the first of a family.</param>
    public Objective? WithProgramsOf(Objective other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var source = other.Lender ?? other;
        return Equals(source.Surface, Surface) && SameFormula.Replacements(source.Value, Value) is { } replaced ? this with { Lender = source, Replaced = replaced } : null;
    }
}
