namespace LandscapeGpu.Compilation;

/// <summary>Drops the writing of vectors that only ever were used in the iteration that made them.</summary>
internal static class UnreadArrays
{
    public static void Drop(Program program, IEnumerable<ProgramArray> temporary)
    {
        var read = program.Blocks().SelectMany(b => b.Statements).OfType<Let>().Select(l => l.Value.Array).ToHashSet();
        var unread = temporary.Where(a => !read.Contains(a)).ToHashSet();
        foreach (var block in program.Blocks())
        {
            block.Statements.RemoveAll(s => s is Store store ? unread.Contains(store.Array) : s is Accumulate a && unread.Contains(a.Array));
        }

        program.State.RemoveAll(unread.Contains);
    }
}
