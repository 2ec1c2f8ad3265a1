namespace LandscapeGpu.Compilation;

/// <summary>Runs through a program as it will be when loops are written out.</summary>
/// <param name="kept">The loops that are not.</param>
/// <param name="most">Where counting stops.</param>
internal sealed class UnrolledTraversal(IReadOnlySet<Loop> kept, int most)
{
    private readonly IndexValues values = new();

    public int Operations { get; private set; }

    /// <summary>Arrays with an index that is not a number even then.</summary>
    public HashSet<ProgramArray> Moving { get; } = [];

    /// <summary>Counts a block; false where there are too many operations.</summary>
    public bool Visit(Block block)
    {
        foreach (var statement in block.Statements)
        {
            if (++Operations > most)
            {
                return false;
            }

            switch (statement)
            {
                case Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.State } v }:
                    Note(v.Array!, v.Index!);
                    break;
                case Store s:
                    Note(s.Array, s.Index);
                    break;
                case Accumulate s:
                    Note(s.Array, s.Index);
                    break;
                case Loop loop when !Visit(loop):
                    return false;
            }
        }

        return true;
    }

    private bool Visit(Loop loop)
    {
        var extent = values.Of(loop.Variable.Extent);
        if (extent is null || kept.Contains(loop))
        {
            return Visit(loop.Body);
        }

        for (var k = 0; k < extent; k++)
        {
            values.Set(loop.Variable, k);
            if (!Visit(loop.Body))
            {
                return false;
            }
        }

        values.Clear(loop.Variable);
        return true;
    }

    private void Note(ProgramArray array, Index index)
    {
        if (values.Of(index) is null)
        {
            Moving.Add(array);
        }
    }
}
