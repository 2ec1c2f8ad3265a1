using LandscapeGpu.Valleys;

namespace LandscapeGpu.Evidence;

/// <summary>One contender's restarts, with the stationary points they came to.</summary>
/// <param name="objective">The landscape.</param>
/// <param name="contender">Who descended.</param>
/// <param name="units">The units that it descended in.</param>
/// <param name="device">Where.</param>
/// <param name="ends">Where restarts ended.</param>
/// <param name="points">The stationary point that each restart's basin belongs to; null where polishing found none.</param>
internal sealed class ContenderRun(Objective objective, Contender contender, Units units, FallbackDevice device, Endpoints ends, StationaryPoint?[] points)
{
    // Of what there is to gain from a start in the middle of all: who has left more has not arrived.
    private const double Left = 1e-3;

    // The median over so many is known to a tenth of its spread.
    private const int MostLookedAt = 200;

    private double Seconds { get; init; }

    /// <summary>The distinct minima it came to.</summary>
    public IEnumerable<StationaryPoint> Minima => points.OfType<StationaryPoint>()
        .Where(p => p.IsMinimum).Distinct();

    public static ContenderRun Of(Objective objective, Contender contender, ComparisonOptions options, Units units, FallbackDevice device, EndpointStore? store, Action<long>? ended, CancellationToken cancellation)
    {
        using var descents = new KeptDescents(store, DescentInUnits.Compile(device, objective, contender.Descent, units), null, objective, device.Lanes.Bits);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var ends = descents.Run(RangeOf(contender, options), null, ended, cancellation);
        var seconds = clock.Elapsed.TotalSeconds;
        // Who was interrupted is not judged: polish would be for nothing.
        cancellation.ThrowIfCancellationRequested();
        // A rule with noise or batches never converges: whatever is finite is polished, and judged by where that leads.
        var worth = Enumerable.Range(0, ends.Count).Where(k => ends.Outcomes[k] is not ((byte)Outcome.NotFinite or (byte)Outcome.LeftDomain or (byte)Outcome.Unfinished)).ToArray();
        var d = objective.Dimension;
        var coordinates = new double[worth.Length * d];
        for (var k = 0; k < worth.Length; k++)
        {
            ends.Points.AsSpan(worth[k] * d, d).CopyTo(coordinates.AsSpan(k * d));
        }

        units.ToMoving(coordinates);
        var moving = objective.InUnits(units);
        var polished = new Refinement(moving, device).Run(new(ends.Outcomes, worth, coordinates), null, cancellation);
        var groups = new EndpointGroups(RegionScale.Of(moving), device.Lanes.Threads);
        var groupOf = groups.Add(polished);
        // By place: flatness is a property of the point, and what a symmetry maps onto another has the same.
        var identified = IdentifiedMinima.Of(moving, new() { Identity = IdentityKind.Location, Threads = device.Lanes.Threads }, groups, stop: cancellation);
        var distinct = StationaryPoints.Of(moving, identified, groups, device, RangeOf(contender, options), stop: cancellation);
        var lost = new LostEndpoints(moving, RegionScale.Of(moving), device.Lanes.Bits);
        var outcomes = (byte[])ends.Outcomes.Clone();
        for (var k = 0; k < worth.Length; k++)
        {
            outcomes[worth[k]] = (byte)(polished.Stationary[k] ? Outcome.Converged : Outcome.Stalled);
        }

        // In these units, there and back; powers of two round nothing.
        units.ToMoving(ends.Points);
        for (var k = 0; k < worth.Length; k++)
        {
            // Beside a jump the place is on the side that descent saw.
            coordinates.AsSpan(k * d, d).CopyTo(ends.Points.AsSpan(worth[k] * d));
        }

        var placeOf = lost.Add(ends, outcomes, new(outcomes, worth, coordinates), polished);
        units.ToShown(ends.Points);
        var (kinks, kinkOf, _, _) = KinkSearch.Among(moving, lost.Places, ends.Steps.Sum(s => (double)s) / ends.Count, device.Lanes.Bits, null, [], null, cancellation);
        var points = new StationaryPoint?[ends.Count];
        for (var k = 0; k < ends.Count; k++)
        {
            points[k] = placeOf[k] >= 0 && kinkOf[placeOf[k]] is >= 0 and var kink ? kinks[kink] : null;
        }

        for (var k = 0; k < worth.Length; k++)
        {
            // Places of one flat valley are one point.
            points[worth[k]] = groupOf[k] < 0 ? points[worth[k]] : distinct.All[distinct.PointOfGroup[identified.ClusterOf[groupOf[k]]]];
        }

        var run = new ContenderRun(objective, contender, units, device, ends, points) { Seconds = seconds };
        run.TellStalled(options);
        return run;
    }

    /// <summary>A restart whose value falls no more by its rounding has converged where that is all that was left: how short a gradient can become hangs on a constant beside the value. Where a tolerance was given it decides.</summary>
    private void TellStalled(ComparisonOptions options)
    {
        using var slopes = new PointDerivatives(objective);
        for (var k = 0; k < ends.Count && contender.Descent.Stop is { GradientTolerance: null } or { IsToleranceChosen: true }; k++)
        {
            if (ends.Outcomes[k] == (byte)Outcome.Stalled && points[k] is { IsWithoutGradient: false } && HasCome(k, options, slopes))
            {
                ends.Outcomes[k] = (byte)Outcome.Converged;
            }
        }
    }

    /// <summary>Whether a restart is at the point of its basin, but for a thousandth of what there was to gain.</summary>
    private bool HasCome(int k, ComparisonOptions options, PointDerivatives slopes) =>
        points[k] is { } point && ValueAt(ends, k, slopes) - point.Value <= Math.Max(point.Doubt, Left * (slopes.Value(StartOf(k, options)) - point.Value));

    /// <summary>How it fared; once stopped, without what takes further descents to find out.</summary>
    public ContenderResult Judge(GlobalReference global, ComparisonOptions options, CancellationToken cancellation)
    {
        using var slopes = new PointDerivatives(objective);
        var near = Near(global, options, slopes);
        var reached = Enumerable.Range(0, ends.Count).Where(k =>
            points[k] is { IsMinimum: true } p && global.IsReachedBy(p.Value)
            && ValueAt(ends, k, slopes) <= near).ToList();
        var arrived = reached.ToHashSet();
        var minima = Enumerable.Range(0, ends.Count).Where(k => points[k] is { IsMinimum: true }).Select(k => points[k]!).ToList();
        var cost = contender.Descent.Batch?.ShareOf(objective) ?? 1;
        var scores = ScoresWhereStopped();
        return new()
        {
            Contender = contender,
            Scores = scores,
            Seconds = Seconds,
            Outcomes = ends.Totals,
            Stuck = Enumerable.Range(0, ends.Count).Count(k => ends.Outcomes[k] is (byte)Outcome.IterationLimit or (byte)Outcome.Stalled
                && !(arrived.Contains(k) || (points[k] is { IsMinimum: true } && HasCome(k, options, slopes)))),
            FinalValues = [.. Enumerable.Range(0, ends.Count).Select(k => ends.IsFinished(k) ? ValueAt(ends, k, slopes) : double.NaN)],
            Reached = new(reached.Count, ends.Count),
            MedianSteps = Median(Arrivals(reached, near, options, slopes, cancellation)),
            GradientsPerSuccess = reached.Count == 0 ? double.PositiveInfinity : cost * ends.Steps.Sum(s => (double)s) / reached.Count,
            MedianSharpness = Median(minima.Select(m => m.Sharpness).Where(double.IsFinite)),
            StoppedSharpness = Median(SharpnessWhereStopped(cancellation).Where(double.IsFinite)),
            MedianTestLoss = Median(scores.Select(score => score.TestLoss).OfType<double>().Where(double.IsFinite)),
            MedianNorm = Median(Stopped().Select(k => Inner.Norm(PointOf(k)))),
            MedianTravelled = Median(Stopped().Select(k => Symmetry.Euclidean(PointOf(k), StartOf(k, options)))),
            MedianTrace = Median(minima.Select(m => m.Trace).Where(double.IsFinite)),
            Plateaus = options.PlateauStarts == 0 || cancellation.IsCancellationRequested ? null : Plateaus.Of(objective, contender, options, units, device, cancellation),
        };
    }

    private IEnumerable<int> Stopped() => Enumerable.Range(0, ends.Count).Where(k => ends.IsFinished(k) && PointOf(k).All(double.IsFinite)).Take(MostLookedAt);

    private double[] PointOf(int restart) => ends.Points.AsSpan(restart * objective.Dimension, objective.Dimension).ToArray();

    private double[] StartOf(int restart, ComparisonOptions options)
    {
        var start = new double[objective.Dimension];
        contender.Starts!.Sampler.Draw(options.Seed, restart, start);
        return start;
    }

    private IEnumerable<double> SharpnessWhereStopped(CancellationToken cancellation)
    {
        var at = cancellation.IsCancellationRequested ? null : LandscapeSample.At(objective, Stopped().Select(PointOf), "", device, stop: cancellation);
        // The middle of some is not that of all.
        return at is null || cancellation.IsCancellationRequested ? [] : Enumerable.Range(0, at.Count).Select(at.Highest);
    }

    private IReadOnlyList<Score> ScoresWhereStopped() =>
        objective.Scores is null ? [] : objective.ScoresAt([.. Stopped().Select(k => objective.Shown(PointOf(k)))]);

    /// <summary>All but a thousandth of what there is to gain from a start in the middle of all.</summary>
    private double Near(GlobalReference global, ComparisonOptions options, PointDerivatives slopes)
    {
        var sampler = objective.StartsFrom(options.Starts);
        var typical = Median(Enumerable.Range(0, Math.Min(ends.Count, 500)).Select(k =>
        {
            var start = new double[objective.Dimension];
            sampler.Draw(options.Seed, k, start);
            return slopes.Value(start);
        }).Where(double.IsFinite));
        return global.Value + Math.Max(global.Tolerance, Left * (typical - global.Value));
    }

    /// <summary>After how many steps, of 1, 2, 4, …, each of some restarts was near the global value and stayed: where a restart is does not depend on when it is made to stop.</summary>
    private double[] Arrivals(List<int> restarts, double near, ComparisonOptions options, PointDerivatives slopes, CancellationToken cancellation)
    {
        double[] arrived = [.. restarts.Select(k => (double)ends.Steps[k])];
        var isOpen = Enumerable.Repeat(true, restarts.Count).ToArray();
        var looks = Enumerable.Range(0, 31).Select(e => 1 << e).Where(n => n < contender.Descent.Stop.Iterations).Reverse();
        foreach (var steps in looks.TakeWhile(_ => isOpen.Contains(true)))
        {
            var at = DescentInUnits.Compile(device, objective, contender.Within(steps), units).Run(RangeOf(contender, options), null, cancellation);
            if (cancellation.IsCancellationRequested)
            {
                return [];
            }

            for (var r = 0; r < restarts.Count; r++)
            {
                isOpen[r] &= ValueAt(at, restarts[r], slopes) <= near;
                arrived[r] = isOpen[r] ? Math.Min(steps, arrived[r]) : arrived[r];
            }
        }

        return arrived;
    }

    private double ValueAt(Endpoints at, int restart, PointDerivatives slopes) => slopes.Value(at.Points.AsSpan(restart * objective.Dimension, objective.Dimension));

    private static RestartRange RangeOf(Contender contender, ComparisonOptions options) => new(contender.Starts!.Sampler, options.Seed, 0, options.Restarts);

    private static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }
}
