namespace LandscapeGpu.Identity;

/// <summary>A partition of n endpoints into clusters: which endpoint belongs to which distinct minimum.</summary>
/// <remarks>
/// Clusters are numbered 0, 1, 2, … in the order in which their first endpoint appears, so the numbering is a function
/// of the endpoints alone: the same on one thread and on sixty-four.
/// </remarks>
internal sealed record ClusterAssignment
{
    /// <summary>The cluster of each endpoint; length n.</summary>
    public required IReadOnlyList<int> Labels { get; init; }

    /// <summary>The first endpoint of each cluster, in ascending order; its length is the number of clusters.</summary>
    public required IReadOnlyList<int> Representatives { get; init; }

    /// <summary>How many endpoints each cluster holds; they sum to n.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>
    /// True where the partition is single linkage exactly. False only where the neighbourhoods were so crowded (more
    /// than about 100,000 mutually unlinked points, thousands of them within reach of each) that the search for links
    /// was cut short: some clusters may then be pieces of one. It means that the tolerance does not suit the endpoints.
    /// </summary>
    public bool IsExact { get; init; } = true;

    /// <summary>The number of clusters.</summary>
    public int Count => Representatives.Count;

    /// <summary>Numbers groups by first appearance; two endpoints belong together where <paramref name="root"/> agrees.</summary>
    internal static ClusterAssignment FromRoots(ReadOnlySpan<int> root, int rootCount, bool isExact)
    {
        var numberOf = new int[rootCount];
        Array.Fill(numberOf, -1);
        var labels = new int[root.Length];
        var first = new List<int>();
        for (var i = 0; i < root.Length; i++)
        {
            ref var number = ref numberOf[root[i]];
            if (number < 0)
            {
                number = first.Count;
                first.Add(i);
            }

            labels[i] = number;
        }

        var size = new int[first.Count];
        foreach (var label in labels)
        {
            size[label]++;
        }

        return new ClusterAssignment { Labels = labels, Representatives = first.ToArray(), Sizes = size, IsExact = isExact };
    }
}
