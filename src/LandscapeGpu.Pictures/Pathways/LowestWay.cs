using LandscapeGpu.Pathways;

namespace LandscapeGpu.Pictures.Pathways;

/// <summary>The way between two minima whose highest transition state is the lowest, and of such ways one of the fewest.</summary>
internal static class LowestWay
{
    /// <summary>The transition states in their order, each with the minimum that comes after it; none where no way is known.</summary>
    public static List<(TransitionState State, int Next)> Between(TransitionNetwork network, int from, int to)
    {
        var edges = network.TransitionStates.Where(t => t.IsJoined && !t.IsDegenerateRearrangement && double.IsFinite(t.Value)).OrderBy(t => t.Value).ToList();
        // Heights ascend: the first set of edges that connects the two has the lowest highest one.
        foreach (var most in edges.Select(e => e.Value).Distinct())
        {
            if (Fewest(edges.TakeWhile(e => e.Value <= most), from, to) is { } way)
            {
                return way;
            }
        }

        return [];
    }

    private static List<(TransitionState State, int Next)>? Fewest(IEnumerable<TransitionState> edges, int from, int to)
    {
        var beside = edges.SelectMany(e => new[] { (At: e.From!.Value, Next: e.To!.Value, State: e), (At: e.To!.Value, Next: e.From!.Value, State: e) }).ToLookup(e => e.At);
        var (came, ahead) = (new Dictionary<int, (TransitionState State, int Before)> { [from] = default }, new Queue<int>([from]));
        while (ahead.TryDequeue(out var at) && at != to)
        {
            foreach (var (_, next, state) in beside[at])
            {
                if (came.TryAdd(next, (state, at)))
                {
                    ahead.Enqueue(next);
                }
            }
        }

        if (!came.ContainsKey(to))
        {
            return null;
        }

        var way = new List<(TransitionState State, int Next)>();
        for (var at = to; at != from; at = came[at].Before)
        {
            way.Insert(0, (came[at].State, at));
        }

        return way;
    }
}
