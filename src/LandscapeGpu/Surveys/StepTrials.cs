namespace LandscapeGpu.Surveys;

/// <summary>Short descents from the same starts in several ways, where the first leaves many on their way.</summary>
/// <remarks>
/// A way is better than another if it has led no fewer restarts to an end, but for chance, and if of those that have not ended by both distinctly more are lower. Values are only compared, so no unit plays a part; the
/// starts are the same for every survey, and so is what is chosen.
/// </remarks>
/// <param name="objective">The landscape.</param>
/// <param name="range">The starts.</param>
/// <param name="units">The units to descend in.</param>
/// <param name="bits">The width of vectors; null for the widest there is.</param>
internal sealed class StepTrials(Objective objective, RestartRange range, Units units, int? bits)
{
    /// <summary>Of fewer starts none can be distinctly more.</summary>
    public const int Fewest = 4;

    // A tenth of the default limit: what has not ended then takes long, and what is tried beside it costs little.
    private const int Steps = 1_000;

    // A second or two of a core each. Too few steps would only tell what is quicker at first.
    private const double MostFlops = 1.7e10;

    private const int FewestSteps = 100;

    /// <summary>The first way, or one that is better.</summary>
    /// <param name="first">It.</param>
    /// <param name="others">What else to try.</param>
    public DescentOptions BestOf(DescentOptions first, IEnumerable<DescentOptions> others)
    {
        var (best, ends) = (first, Run(first));
        foreach (var other in others)
        {
            // Too few are left for another to be better.
            if (ends is not { } known || !IsDistinct(known.Converged.Count(c => !c), 0))
            {
                break;
            }

            if (Run(other) is { } tried && tried.IsBetterThan(known))
            {
                (best, ends) = (other, tried);
            }
        }

        return best;
    }

    private Ends? Run(DescentOptions options)
    {
        // In double precision and to where single comes: what its rounding does is not the step's doing.
        var tolerance = options.Stop.GradientTolerance ?? DescentInUnits.ToGive(StopRule.SingleTolerance, options, units, objective.Dimension);
        CompiledDescent Within(int iterations) =>
            DescentInUnits.Compile(new LaneDevice(1, bits), objective, options with { IsDouble = true, Stop = options.Stop with { Iterations = iterations, GradientTolerance = tolerance } }, units);
        var steps = (int)Math.Min(Math.Min(Steps, options.Stop.Iterations), MostFlops / (range.Count * Within(Steps).FlopsPerStep));
        if (steps < FewestSteps)
        {
            return null;
        }

        var ends = Within(steps).Run(range);
        var values = new double[ends.Count];
        using var lanes = new LaneValues(objective, bits);
        lanes.At(ends.Points, values);
        return new(
            [.. ends.Outcomes.Select(o => o == (byte)Outcome.Converged)],
            // Nothing is worse than what is not finite.
            [.. values.Select((v, k) => ends.Outcomes[k] != (byte)Outcome.NotFinite && double.IsFinite(v) ? v : double.PositiveInfinity)]);
    }

    /// <summary>Whether wins exceed losses by two deviations of what tossing a coin gives.</summary>
    private static bool IsDistinct(int wins, int losses) => wins > 0 && wins - losses >= 2 * Math.Sqrt(wins + losses);

    private readonly record struct Ends(bool[] Converged, double[] Values)
    {
        public bool IsBetterThan(Ends other)
        {
            var (own, values) = (Converged, Values);
            int[] open = [.. Enumerable.Range(0, own.Length).Where(k => !own[k] || !other.Converged[k])];
            var (gained, lost) = (open.Count(k => own[k]), open.Count(k => other.Converged[k]));
            // One deviation of chance.
            return lost - gained <= Math.Sqrt(lost + gained) && IsDistinct(open.Count(k => values[k] < other.Values[k]), open.Count(k => values[k] > other.Values[k]));
        }
    }
}
