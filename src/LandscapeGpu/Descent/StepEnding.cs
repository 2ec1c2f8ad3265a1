namespace LandscapeGpu.Descent;

/// <summary>How a restart stands after a step: converged, stalled, outside, not finite, or on its way. A rule says what it knows of that, and the stop rule the rest.</summary>
/// <param name="step">The step.</param>
/// <param name="objective">What is descended.</param>
/// <param name="options">How, and when that ends.</param>
/// <param name="raw">The gradient at the point, as the formula has it.</param>
internal sealed class StepEnding(StepContext step, Objective objective, DescentOptions options, Vector raw)
{
    /// <summary>The gradient that convergence is decided by, where it was taken, and the value there if it is known.</summary>
    public (Vector Gradient, Vector At, Real? Value)? Tested { get; set; }

    /// <summary>Where the restart ends as not finite.</summary>
    public Condition? Fails { get; set; }

    /// <summary>Where it has converged, in place of where the gradient is short.</summary>
    public Condition? Settles { get; set; }

    /// <summary>Where the rule can go no further.</summary>
    public Condition? Stalls { get; set; }

    /// <summary>How the restart stands after this step, as a number of <see cref="Outcome"/>, and whether it has ended.</summary>
    public (Real Status, Condition Ended) Judge(Vector next)
    {
        var steps = step.Steps.Value + 1;
        step.Keep(step.Steps, steps);
        var limit = steps >= step.Number("stop.iterations");
        if (options.Stop.OnlyIterations)
        {
            return (Select(limit, (double)Outcome.IterationLimit, 0), limit);
        }

        // A batch's gradient is short at no minimum and may be short elsewhere; with noise a start at a saddle would end where it began.
        var (gradient, at, known) = Tested ?? (step.Tangent(raw, step.X), step.X, null);
        var free = step.Free(gradient, gradient, at);
        var square = step.Total(i => Square(free[i]));
        var converged = options.EndsBySlope ? Settles ?? (square <= step.ToleratedSquare) : null;
        if (converged is not null && options.Curriculum is not null)
        {
            // Before, the gradient is that of some samples.
            converged &= step.Steps.Value + 1 >= step.Number(Curriculum.Number);
        }

        var notFinite = !(square < step.LongestSquare);
        if (Fails is { } failed)
        {
            notFinite |= failed;
        }

        var status = Select(limit, (double)Outcome.IterationLimit, 0);
        var ended = converged is null ? notFinite | limit : notFinite | converged | limit;
        if (Stalled(known) is { } stalled)
        {
            status = Select(stalled, (double)Outcome.Stalled, status);
            ended |= stalled;
        }

        if (!objective.Region.IsBounded)
        {
            var left = step.Total(i => Square(next[i])) > step.Number("stop.escape²");
            status = Select(left, (double)Outcome.LeftDomain, status);
            ended |= left;
        }

        status = converged is null ? status : Select(converged, (double)Outcome.Converged, status);
        return (Select(notFinite, (double)Outcome.NotFinite, status), ended);
    }

    private Condition? Stalled(Real? known)
    {
        if ((options.Stop.Plateau ?? (known is null ? 0 : StopRule.DefaultPlateau)) == 0)
        {
            return Stalls;
        }

        var f = known ?? step.Value;
        var best = step.Scalar("best", StepContext.Unknown);
        var waited = step.Scalar("waited", 0);
        // Two roundings of the value: less is no progress that could be told from noise.
        var better = f < best.Value - ((options.IsDouble ? 4e-16 : 2e-7) * Abs(best.Value));
        var wait = Select(better, 0, waited.Value + 1);
        step.Keep(best, Min(best.Value, f));
        step.Keep(waited, wait);
        var isLevel = wait >= step.Number("stop.plateau");
        return Stalls is null ? isLevel : Stalls | isLevel;
    }
}
