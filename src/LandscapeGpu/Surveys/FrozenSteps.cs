using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Starts;

namespace LandscapeGpu.Surveys;

/// <summary>Restarts that stood still in single precision, because their steps had become smaller than the last digit of the point: they go on in double.</summary>
/// <remarks>
/// x − ηg is x where ηg is below half a unit in the last place of x, long before g is short. A restart that was at the iteration limit and that one more
/// step does not move stands still for ever.
/// </remarks>
/// <param name="compile">Compiles a descent like the survey's, of other options.</param>
/// <param name="options">The survey's descent.</param>
internal sealed class FrozenSteps(Func<DescentOptions, CompiledDescent> compile, DescentOptions options)
{
    // What single precision descends to by itself.
    private const double Tolerance = 1e-3;

    private long count;

    /// <summary>What happened, in words; null where nothing did.</summary>
    public string? Warning => count == 0 ? null
        : FormattableString.Invariant($"{count:N0} {(count == 1 ? "restart" : "restarts")} stood still in single precision, with steps smaller than the last digit of the point; they went on in double precision.");

    /// <summary>Goes on with those of a batch that stand still.</summary>
    /// <param name="batch">Where restarts ended; completed.</param>
    /// <param name="cancellation">Stops early.</param>
    /// <returns>The batch.</returns>
    public Endpoints GoOn(Endpoints batch, CancellationToken cancellation)
    {
        if (options.IsDouble || options.Rule is not CoordinateRule || options is { Batch: not null } or { Temperature: > 0 } or { Stop.OnlyIterations: true })
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

        var stop = options.Stop with { GradientTolerance = options.Stop.GradientTolerance ?? Tolerance };
        var ends = Run(batch, still, options with { IsDouble = true, Stop = stop }, cancellation);
        for (var at = 0; at < still.Length; at++)
        {
            if (ends.IsFinished(at))
            {
                PointOf(ends, at).CopyTo(PointOf(batch, still[at]));
                (batch.Outcomes[still[at]], batch.Steps[still[at]]) = (ends.Outcomes[at], batch.Steps[still[at]] + ends.Steps[at]);
                count++;
            }
        }

        return batch;
    }

    private Endpoints Run(Endpoints batch, int[] items, DescentOptions descent, CancellationToken cancellation)
    {
        var points = items.SelectMany(k => PointOf(batch, k).ToArray()).ToArray();
        return compile(descent).Run(new(new GivenPoints(points, batch.Dimension), 0, 0, items.Length), null, cancellation);
    }

    private static Span<double> PointOf(Endpoints ends, int k) => ends.Points.AsSpan(k * ends.Dimension, ends.Dimension);
}
