namespace LandscapeGpu.Surveys;

/// <summary>Restarts that single precision lost: those that stood still, because their steps had become smaller than the last digit of the point, go on in double; those that ended where nothing is finite begin again in double.</summary>
/// <remarks>
/// x − ηg is x where ηg is below half a unit in the last place of x, long before g is short. A restart that was at the iteration limit and that one more
/// step does not move stands still for ever. What is not finite in single precision may be so in double: large numbers, and quotients of differences, as 1 − cos x over x² near 0.
/// </remarks>
/// <param name="compile">Compiles a descent like the survey's, of other options.</param>
/// <param name="options">The survey's descent.</param>
/// <param name="tolerance">What single precision descends to by itself, as a tolerance that is given.</param>
/// <param name="hasEdges">Whether the formula's definition can end, so that a step that does not look where it leads may step out of it.</param>
/// <param name="bendsAtOnce">Whether curvatures of the formula jump, as where a penalty max(0, g)² begins: beside so steep a wall what single precision rounds hides the slope along it, and on the level side no curvature tells Newton's method of the wall.</param>
internal sealed class FrozenSteps(Func<DescentOptions, CompiledDescent> compile, DescentOptions options, double tolerance = StopRule.SingleTolerance, bool hasEdges = false, bool bendsAtOnce = false)
{
    private long stood;

    private long steppedOut;

    private long repeated;

    /// <summary>How many stood still, and how many were run again.</summary>
    public (long Stood, long Repeated) Counts => (stood, repeated);

    /// <summary>Counts those of restarts that were not run here.</summary>
    public void Note(long stoodToo, long repeatedToo) => (stood, repeated) = (stood + stoodToo, repeated + repeatedToo);

    /// <summary>What happened, in words; null where nothing did.</summary>
    public string? Warning => string.Join(' ', new[]
    {
        stood == 0 ? null : FormattableString.Invariant($"{stood:N0} {(stood == 1 ? "restart" : "restarts")} stood still in single precision, with steps smaller than the last digit of the point; they went on in double precision."),
        steppedOut == 0 ? null : FormattableString.Invariant($"{steppedOut:N0} {(steppedOut == 1 ? "restart" : "restarts")} stepped to where the formula has no value; {(steppedOut == 1 ? "it was" : "they were")} run again with steps that are halved there (armijo)."),
        repeated == 0 ? null : FormattableString.Invariant($"{repeated:N0} {(repeated == 1 ? "restart was" : "restarts were")} not finite in single precision; they were run again in double precision."),
    }.OfType<string>()) is { Length: > 0 } words ? words : null;

    /// <summary>Goes on with those of a batch that stand still.</summary>
    /// <param name="batch">Where restarts ended; completed.</param>
    /// <param name="range">Where they began.</param>
    /// <param name="cancellation">Stops early.</param>
    /// <returns>The batch.</returns>
    public Endpoints GoOn(Endpoints batch, RestartRange range, CancellationToken cancellation)
    {
        if (hasEdges && options is { Rule: CoordinateRule, Batch: null, Curriculum: null, Temperature: 0, WeightDecay: 0, Stop.OnlyIterations: false })
        {
            steppedOut += Repeat(batch, range, new DescentOptions { Rule = new Armijo(), IsDouble = true, Stop = InDouble.Stop }, cancellation);
        }

        if (options is { Batch: not null } or { Curriculum: not null } or { Temperature: > 0 } or { Stop.OnlyIterations: true })
        {
            return batch;
        }

        repeated += options.IsDouble ? 0 : Repeat(batch, range, InDouble, cancellation);
        // Also what is short enough beside the wall may lie on its level side, far from the bottom along it.
        if (bendsAtOnce && Enumerable.Range(0, batch.Count).Where(k => batch.Outcomes[k] is (byte)Outcome.Stalled or (byte)Outcome.Converged).ToArray() is { Length: > 0 } ended)
        {
            _ = Take(batch, ended, Run(batch, ended, AlongWalls, cancellation));
        }

        // Of rules that search along a line a step that does not move the point is the end of the search.
        if (options.IsDouble || options.Rule is not CoordinateRule)
        {
            return batch;
        }

        var late = Enumerable.Range(0, batch.Count).Where(k => batch.Outcomes[k] == (byte)Outcome.IterationLimit).ToArray();
        if (late.Length == 0)
        {
            return batch;
        }

        var stepped = Run(batch, late, options with { Stop = options.Stop with { Iterations = 1 } }, cancellation);
        int[] still = [.. late.Where((k, at) => stepped.Outcomes[at] == (byte)Outcome.IterationLimit && PointOf(stepped, at).SequenceEqual(PointOf(batch, k)))];
        if (still.Length == 0)
        {
            return batch;
        }

        stood += Take(batch, still, Run(batch, still, InDouble, cancellation));
        return batch;
    }

    private DescentOptions InDouble => options with { IsDouble = true, Stop = options.Stop with { GradientTolerance = options.Stop.GradientTolerance ?? tolerance } };

    /// <summary>The slope along a wall is as much shorter than those of the wall as curvatures differ: half the digits that double precision has beyond its own tolerance are left to rounding.</summary>
    private DescentOptions AlongWalls => options with { IsDouble = true, Stop = options.Stop with { GradientTolerance = options.Stop.GradientTolerance ?? (tolerance * StopRule.SingleTolerance * StopRule.DoubleTolerance) } };

    /// <summary>Runs those that are not finite again, from where they began; how many of them are finite then.</summary>
    private long Repeat(Endpoints batch, RestartRange range, DescentOptions descent, CancellationToken cancellation)
    {
        int[] lost = [.. Enumerable.Range(0, batch.Count).Where(k => batch.Outcomes[k] == (byte)Outcome.NotFinite)];
        if (lost.Length == 0)
        {
            return 0;
        }

        var starts = new double[lost.Length * batch.Dimension];
        for (var at = 0; at < lost.Length; at++)
        {
            range.Starts.Draw(range.Seed, range.First + lost[at], starts.AsSpan(at * batch.Dimension, batch.Dimension));
        }

        var again = compile(descent).Run(new(new GivenPoints(starts, batch.Dimension), 0, 0, lost.Length), null, cancellation);
        _ = Take(batch, lost, again);
        return again.Outcomes.Count(outcome => outcome != (byte)Outcome.NotFinite);
    }

    /// <summary>Puts endpoints in the place of others; returns how many.</summary>
    private static int Take(Endpoints batch, int[] items, Endpoints ends)
    {
        var taken = 0;
        for (var at = 0; at < items.Length; at++)
        {
            if (ends.IsFinished(at))
            {
                PointOf(ends, at).CopyTo(PointOf(batch, items[at]));
                (batch.Outcomes[items[at]], batch.Steps[items[at]]) = (ends.Outcomes[at], batch.Steps[items[at]] + ends.Steps[at]);
                taken++;
            }
        }

        return taken;
    }

    private Endpoints Run(Endpoints batch, int[] items, DescentOptions descent, CancellationToken cancellation)
    {
        var points = items.SelectMany(k => PointOf(batch, k).ToArray()).ToArray();
        return compile(descent).Run(new(new GivenPoints(points, batch.Dimension), 0, 0, items.Length), null, cancellation);
    }

    private static Span<double> PointOf(Endpoints ends, int k) => ends.Points.AsSpan(k * ends.Dimension, ends.Dimension);
}
