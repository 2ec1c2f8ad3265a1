using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Minima;
using LandscapeGpu.Objectives;
using LandscapeGpu.Spectra;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Evidence;

/// <summary>One contender's restarts, with the stationary points they came to.</summary>
internal sealed class ContenderRun
{
    private readonly Objective objective;
    private readonly Contender contender;
    private readonly LaneDevice device;
    private readonly Endpoints ends;

    // The stationary point that each restart's basin belongs to; null where polishing found none.
    private readonly StationaryPoint?[] points;

    private ContenderRun(Objective objective, Contender contender, LaneDevice device, Endpoints ends, StationaryPoint?[] points) =>
        (this.objective, this.contender, this.device, this.ends, this.points) = (objective, contender, device, ends, points);

    /// <summary>The distinct minima it came to.</summary>
    public IEnumerable<StationaryPoint> Minima => points.OfType<StationaryPoint>()
        .Where(p => p.Kind is StationaryKind.Minimum or StationaryKind.DegenerateMinimum or StationaryKind.BoundaryMinimum).Distinct();

    public static ContenderRun Of(Objective objective, Contender contender, ComparisonOptions options, LaneDevice device, RestartRange range, CancellationToken cancellation)
    {
        var ends = device.Compile(objective, DescentOf(contender, options.Stop, options.IsDouble)).Run(range, null, cancellation);
        // A rule with noise never converges: whatever is finite is polished, and judged by where that leads.
        var worth = Enumerable.Range(0, ends.Count).Where(k => ends.Outcomes[k] is not ((byte)Outcome.NotFinite or (byte)Outcome.LeftDomain or (byte)Outcome.Unfinished)).ToArray();
        var d = objective.Dimension;
        var coordinates = new double[worth.Length * d];
        for (var k = 0; k < worth.Length; k++)
        {
            ends.Points.AsSpan(worth[k] * d, d).CopyTo(coordinates.AsSpan(k * d));
        }

        var polished = Refinement.For(objective, device).Run(new(ends.Outcomes, worth, coordinates), null);
        var stationary = Enumerable.Range(0, worth.Length).Where(k => polished.Stationary[k]).ToArray();
        var kept = new PolishedSet(d, 0).With(polished);
        var (labels, distinct) = Identify(objective, kept, device);
        var points = new StationaryPoint?[ends.Count];
        for (var k = 0; k < stationary.Length; k++)
        {
            points[worth[stationary[k]]] = distinct[labels[k]];
        }

        return new(objective, contender, device, ends, points);
    }

    public ContenderResult Judge(GlobalReference global, ComparisonOptions options)
    {
        var (sampler, d) = (objective.StartsFrom(options.Starts), objective.Dimension);
        using var terrain = new Terrain(objective);
        var typical = Median(Enumerable.Range(0, Math.Min(ends.Count, 500)).Select(k =>
        {
            var start = new double[d];
            sampler.Draw(options.Seed, k, start);
            return terrain.Value(start);
        }).Where(double.IsFinite));
        // All but a thousandth of what there is to gain.
        var near = global.Value + Math.Max(global.Tolerance, 1e-3 * (typical - global.Value));
        var reached = Enumerable.Range(0, ends.Count).Where(k =>
            points[k] is { } p && p.Kind is not (StationaryKind.StrictSaddle or StationaryKind.Maximum or StationaryKind.FallingValley) && global.IsReachedBy(p.Value)
            && terrain.Value(ends.Points.AsSpan(k * d, d)) <= near).ToList();
        var minima = Enumerable.Range(0, ends.Count).Where(k => points[k] is { Kind: not (StationaryKind.StrictSaddle or StationaryKind.Maximum or StationaryKind.FallingValley) }).Select(k => points[k]!).ToList();
        return new()
        {
            Contender = contender,
            Outcomes = ends.Totals,
            Reached = new(reached.Count, ends.Count),
            MedianGradients = Median(reached.Select(k => (double)ends.Steps[k])),
            GradientsPerSuccess = reached.Count == 0 ? double.PositiveInfinity : ends.Steps.Sum(s => (double)s) / reached.Count,
            MedianSharpness = Median(minima.Select(m => m.Sharpness)),
            MedianTrace = Median(minima.Select(m => m.Trace)),
            Plateaus = options.PlateauStarts == 0 ? null : Plateaus.Of(objective, contender, options, device),
        };
    }

    internal static DescentOptions DescentOf(Contender contender, StopRule stop, bool isDouble) => new()
    {
        Rule = contender.Rule,
        Schedule = contender.Schedule,
        Clip = contender.Clip,
        Temperature = contender.Temperature,
        Stop = stop,
        IsDouble = isDouble,
    };

    private static (int[] Labels, IReadOnlyList<StationaryPoint> Distinct) Identify(Objective objective, PolishedSet kept, LaneDevice device)
    {
        if (kept.Count == 0)
        {
            return ([], []);
        }

        // By place: flatness is a property of the point, and what a symmetry maps onto another has the same.
        var assignment = Identity.Location().Identify(new StoredEndpoints(kept.Dimension, kept.Points, kept.Values, kept.Moments), device.Threads).Assignment;
        IReadOnlyList<(int, int)> clusters = [.. assignment.Representatives.Zip(assignment.Sizes)];
        var identified = new IdentifiedMinima(clusters, Coverage.Of(assignment.Sizes), Chao1.Of(assignment.Sizes), double.NaN);
        return ([.. assignment.Labels], StationaryPoints.Of(objective, identified, kept, device).All);
    }

    private static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }
}
