namespace LandscapeGpu.Identity;

/// <summary>The groups of each cell of a lattice, in the order they were begun.</summary>
internal sealed class CellChains
{
    private readonly Dictionary<ulong, int> first = [];
    private int[] next = [];

    /// <summary>The first group of a cell; −1 where there is none.</summary>
    public int First(ulong cell) => first.GetValueOrDefault(cell, -1);

    /// <summary>The group of the same cell that was begun next; −1 after the last.</summary>
    public int Next(int group) => next[group];

    /// <summary>Puts a group at the end of its cell's.</summary>
    public void Add(int group, ulong cell)
    {
        if (group >= next.Length)
        {
            Array.Resize(ref next, Math.Max(64, 2 * group));
        }

        next[group] = -1;
        if (!first.TryGetValue(cell, out var last))
        {
            first.Add(cell, group);
            return;
        }

        while (next[last] >= 0)
        {
            last = next[last];
        }

        next[last] = group;
    }
}
