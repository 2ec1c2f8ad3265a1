namespace LandscapeGpu.Reporting;

/// <summary>How restarts ended, as tables and JSON say it: what a restart is counted as, it is counted as once.</summary>
internal static class OutcomeRows
{
    /// <summary>After polish and the search for kinks.</summary>
    public static IReadOnlyList<(string Name, long Count)> Of(SurveyResult result)
    {
        // Restarts that stopped at a kink, or run to infinity, stalled or came to the iteration limit in descent; at a cusp no derivative is finite, and on a crease rounding may hide that it is not zero.
        var (o, kinks) = (result.Outcomes, result.KinkMinima.Sum(m => m.Count));
        var stalled = o.Stalled - result.Endless;
        var limited = Math.Clamp(kinks - stalled, 0, o.IterationLimit);
        var cusps = Math.Clamp(kinks - stalled - limited, 0, o.NotFinite);
        var doubted = Math.Max(0, kinks - stalled - limited - cusps);
        return Of(
            o with { Converged = o.Converged - doubted, Stalled = stalled - kinks + limited + cusps + doubted, IterationLimit = o.IterationLimit - limited, NotFinite = o.NotFinite - cusps },
            kinks,
            result.Endless);
    }

    /// <summary>As they ended, with those at kinks and in endless valleys told from the rest.</summary>
    public static IReadOnlyList<(string Name, long Count)> Of(OutcomeCounts o, long kinks = 0, long endless = 0) =>
    [
        ("converged", o.Converged),
        ("at a kink", kinks),
        ("iteration limit", o.IterationLimit),
        ("stalled", o.Stalled),
        // A region without an end is left only for infinity.
        ("runs to infinity", endless + o.LeftDomain),
        ("not finite", o.NotFinite),
        ("unfinished", o.Unfinished),
    ];
}
