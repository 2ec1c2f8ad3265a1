namespace LandscapeGpu.Compilation;

/// <summary>Something a block must do.</summary>
internal abstract record Member
{
    /// <summary>The node it waits for.</summary>
    public abstract object Root { get; }
}

internal sealed record StoreMember(Real Value, ProgramArray Array, Index Index) : Member
{
    public override object Root => Value;
}

internal sealed record AddUpMember(Real Value, Accumulator Accumulator) : Member
{
    public override object Root => Value;
}

internal sealed record FlagMember(Real Value) : Member
{
    public override object Root => Value;
}

internal sealed record ContributionMember(ScatterVector Vector, Index Index, Real Value) : Member
{
    public override object Root => Value;
}

internal sealed record SumMember(Real Sum) : Member
{
    public override object Root => Sum;
}

internal sealed record VectorMember(Vector Vector) : Member
{
    public override object Root => Vector;
}

/// <summary>Does a member in every iteration of a loop.</summary>
internal sealed record LoopMember(Index Variable, Member Inner) : Member
{
    public override object Root => Inner.Root;

    public static Member Around(IReadOnlyList<Index> loops, Member inner)
    {
        for (var k = loops.Count - 1; k >= 0; k--)
        {
            inner = new LoopMember(loops[k], inner);
        }

        return inner;
    }
}
