namespace LandscapeGpu.Identity;

/// <summary>Disjoint sets over 0 … n−1 that several threads may join at once.</summary>
/// <remarks>
/// A root is always linked below a smaller root, so the root of a set is its smallest element whatever the order of the
/// joins: the outcome does not depend on the threads. Joins are lock-free (Anderson and Woll, "Wait-free parallel
/// algorithms for the union-find problem", STOC 1991).
/// </remarks>
internal sealed class DisjointSets
{
    private readonly int[] parent;

    public DisjointSets(int count)
    {
        parent = new int[count];
        for (var i = 0; i < count; i++)
        {
            parent[i] = i;
        }
    }

    /// <summary>The smallest element of the set that holds <paramref name="element"/>.</summary>
    public int Find(int element)
    {
        while (true)
        {
            var above = Volatile.Read(ref parent[element]);
            if (above == element)
            {
                return element;
            }

            var further = Volatile.Read(ref parent[above]);
            if (further == above)
            {
                return above;
            }

            // Path halving; where another thread was faster nothing is lost.
            Interlocked.CompareExchange(ref parent[element], further, above);
            element = further;
        }
    }

    /// <summary>Makes one set of the two that hold <paramref name="a"/> and <paramref name="b"/>.</summary>
    public void Join(int a, int b)
    {
        while (true)
        {
            a = Find(a);
            b = Find(b);
            if (a == b)
            {
                return;
            }

            if (a > b)
            {
                (a, b) = (b, a);
            }

            if (Interlocked.CompareExchange(ref parent[b], a, b) == b)
            {
                return;
            }
        }
    }

    /// <summary>The root of every element.</summary>
    public int[] Roots()
    {
        var roots = new int[parent.Length];
        for (var i = 0; i < roots.Length; i++)
        {
            roots[i] = Find(i);
        }

        return roots;
    }
}
