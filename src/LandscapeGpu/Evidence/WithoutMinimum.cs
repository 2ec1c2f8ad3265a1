namespace LandscapeGpu.Evidence;

/// <summary>What to do about a survey that came to no minimum: it depends on how most restarts ended.</summary>
internal static class WithoutMinimum
{
    /// <summary>The advice as a sentence of its own.</summary>
    public static string Sentence(SurveyResult result) => string.Concat(Advice(result)[..1].ToUpperInvariant(), Advice(result)[1..]);

    /// <summary>A sentence that begins small.</summary>
    public static string Advice(SurveyResult result)
    {
        var o = result.Outcomes;
        return 2 * o.Unfinished > o.Total ? "most had not ended when the run was stopped; give it more time, or fewer restarts."
            : 2 * (o.NotFinite + o.Stalled) > o.Total && result.Warnings.Any(w => w.Code == Warning.Unbounded)
            ? "the value falls without bound beside places where restarts stopped (above), and there is no lowest; keep away from these by a domain, or by a term that rises there."
            : result.Warnings.Any(w => w.Code == Warning.Singular)
            ? "the formula has a minimum, which rounding hides as it is written (above)."
            : 2 * o.NotFinite > o.Total && result.WithoutDerivative is not null
            ? "the formula has finite values and no finite derivative where restarts went (below); write it so that it has one, or give a domain inside which it has."
            : 2 * o.NotFinite > o.Total ? "the formula has no finite value where most restarts went; give a domain inside which it has."
            : 2 * o.LeftDomain > o.Total ? "most went beyond all bounds, where the value may fall for ever; give a domain."
            : Separation.Rows(result) is not null ? "a linear model tells all samples apart, so the loss falls for ever along a ray and has no minimum; a penalty on large coordinates makes one, and `landscape verify` gives the direction of the largest margin."
            : 2 * result.Endless > o.Total ? "most run down valleys without an end, and more steps lead no nearer; give a domain, or add a penalty on large coordinates (weight decay)."
            : 2 * o.Stalled > o.Total && result.Objective.Region.Width is null
            ? "most came to a standstill where no stationary point is near, as along a bent valley whose value falls ever more slowly. Raise the iteration limit; if that helps little, there may be no minimum without a domain or a penalty on large coordinates (weight decay)."
            : "raise the iteration limit, change the step or the rule, or give a domain.";
    }
}
