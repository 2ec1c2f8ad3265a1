namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>The maximal cliques of a graph: sets of vertices joined in pairs, to which no further vertex can be added.</summary>
/// <remarks>Bron and Kerbosch (1973), Algorithm 457, Communications of the ACM 16, 575, with the pivot of Tomita, Tanaka and Takahashi (2006).</remarks>
internal static class MaximalCliques
{
    public static IReadOnlyList<IReadOnlyList<int>> Of(int vertices, Func<int, int, bool> isEdge)
    {
        HashSet<int>[] neighbours = [.. Enumerable.Range(0, vertices).Select(i => Enumerable.Range(0, vertices).Where(j => isEdge(i, j)).ToHashSet())];
        var found = new List<IReadOnlyList<int>>();
        Extend([], [.. Enumerable.Range(0, vertices)], []);
        return found;

        // Cliques that contain `clique`, some of `candidates` and none of `excluded`, which have been dealt with.
        void Extend(List<int> clique, HashSet<int> candidates, HashSet<int> excluded)
        {
            if (candidates.Count == 0 && excluded.Count == 0)
            {
                found.Add([.. clique]);
                return;
            }

            // Every maximal clique holds the pivot or one that is no neighbour of it.
            var pivot = candidates.Concat(excluded).MaxBy(v => candidates.Count(neighbours[v].Contains));
            foreach (var v in candidates.Where(c => !neighbours[pivot].Contains(c)).ToList())
            {
                Extend([.. clique, v], [.. candidates.Intersect(neighbours[v])], [.. excluded.Intersect(neighbours[v])]);
                candidates.Remove(v);
                excluded.Add(v);
            }
        }
    }
}
