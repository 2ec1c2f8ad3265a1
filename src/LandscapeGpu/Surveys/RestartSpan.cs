namespace LandscapeGpu.Surveys;

/// <summary>Restarts number First … Last − 1.</summary>
internal readonly record struct RestartSpan(long First, long Last)
{
    public long Count => Math.Max(0, Last - First);

    /// <summary>What two have in common; empty where that is nothing.</summary>
    public RestartSpan And(RestartSpan other) => new(Math.Max(First, other.First), Math.Min(Last, other.Last));

    /// <summary>Part k of n, k from 1, of that many restarts: the parts are disjoint, and all of them are all restarts.</summary>
    public static RestartSpan Shard(long restarts, int k, int n) => new((long)((Int128)restarts * (k - 1) / n), (long)((Int128)restarts * k / n));

    /// <summary>The same restarts in ascending order, neighbours made one and what overlaps counted once.</summary>
    public static List<RestartSpan> United(IEnumerable<RestartSpan> spans)
    {
        var united = new List<RestartSpan>();
        foreach (var span in spans.Where(s => s.Count > 0).OrderBy(s => s.First))
        {
            if (united.Count > 0 && united[^1].Last >= span.First)
            {
                united[^1] = united[^1] with { Last = Math.Max(united[^1].Last, span.Last) };
            }
            else
            {
                united.Add(span);
            }
        }

        return united;
    }
}
