namespace LandscapeGpu.Evidence;

/// <summary>Makes the rows of a sweep: of each landscape a survey, and what was asked for beside it.</summary>
/// <param name="options">What to do for each.</param>
/// <param name="stop">Stops it: what is not done by then is named in the row.</param>
/// <param name="before">What made earlier rows, whose programs may serve; null for none.</param>
internal sealed class SweepLandscape(SweepOptions options, CancellationToken stop, SweepLandscape? before = null)
{
    // As many as the points of constants usually are.
    private const int MostFound = 1_000;

    private readonly List<Objective> compiled = before?.compiled ?? [];
    private readonly List<Objective> suprema = before?.suprema ?? [];

    /// <summary>The landscape that was surveyed first; null before.</summary>
    public Objective? First => compiled.FirstOrDefault();

    /// <summary>The objective, run by the programs of an earlier one where these serve.</summary>
    public Objective Shared(Objective objective)
    {
        if (compiled.Select(objective.WithProgramsOf).FirstOrDefault(o => o is not null) is { } shared)
        {
            return shared;
        }

        compiled.Add(objective);
        return objective.WithProgramsOf(objective)!;
    }

    /// <summary>The row of a landscape.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="store">Where its endpoints are kept; null for nowhere.</param>
    /// <param name="value">The value of the setting.</param>
    /// <param name="set">The data set.</param>
    /// <exception cref="OperationCanceledException">It was stopped before a restart had ended.</exception>
    public SweepRow RowOf(Objective objective, EndpointStore? store, double value, int set)
    {
        var survey = Survey.Run(objective, options.Survey with { Store = store }, null, stop);
        if (survey.Restarts == 0)
        {
            throw new OperationCanceledException(stop);
        }

        var (notDone, device) = (new List<string>(), survey.OpenDevice());
        var interpolation = default(Interpolation);
        // That takes seconds where there are many data.
        if (objective.Model is not null)
        {
            Part("fit of all data", true, () => interpolation = Interpolation.Of(survey));
        }

        var known = objective.Known.GlobalValue ?? interpolation?.LeastLoss;
        var minima = survey.AllMinima.ToList();
        var global = GlobalReference.Of(objective with { Known = objective.Known with { GlobalValue = known } }, minima);
        // Without a minimum, or a value that is known, the lowest place met is no f* to be near to.
        var target = minima.Count == 0 && known is null ? double.NaN : Math.Min(global.Value, known ?? survey.Lowest?.Value ?? global.Value);
        var row = Surveyed(survey, minima, global) with { Setting = value, DataSet = set, Interpolation = interpolation, Nearness = Nearness.Of(survey, target) };
        Part("constants", options.Samples > 0 && (global.IsKnown || minima.Count > 0), () => row = WithConstants(row, objective, device, global, minima.Concat(survey.Stationary)));
        Part("theory", options.WithTheory && objective.Theory is not null, () => row = row with { Theory = TheoryEvidence.Of(objective, minima, minima.Concat(survey.Stationary), suprema, stop) });
        Part("kernel", options.WithKernel, () => row = row with { Kernel = KernelRegime.Of(objective, device, options.Survey, stop) });
        Part("cost", options.WithCost, () => row = WithCost(row, objective, device, target, row.Nearness?.Gap ?? Nearness.GapOf(survey, target)));
        Part("gradients", options.WithGradients, () => row = row with { Gradients = PartGradients.Of(objective, options.Survey.Starts, options.Survey.Seed) });
        Part("threshold", options.Threshold is not null, () =>
        {
            var found = ThresholdSearch.Of(options.Threshold!, options.Threshold!.IsWholeAt(value, set), at => IsBenign(Shared(options.Threshold!.Family(value, set, at))));
            row = row with { Threshold = found.Value, IsThresholdAtMost = found.IsAtMost };
        });
        return row with { IsCut = survey.Stopped, NotDone = notDone, Warnings = [.. survey.Warnings.Concat(Warning.Of(device)).Distinct()] };

        void Part(string name, bool isAsked, Action look)
        {
            if (!isAsked)
            {
                return;
            }

            try
            {
                stop.ThrowIfCancellationRequested();
                look();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                notDone.Add(name);
            }
        }
    }

    private static SweepRow Surveyed(SurveyResult survey, List<StationaryPoint> minima, GlobalReference global) => new()
    {
        Setting = double.NaN,
        DataSet = 1,
        GlobalValue = global.Stated,
        Reached = new(minima.Where(m => global.IsReachedBy(m.Value)).Sum(m => m.Count), survey.Restarts),
        Converged = survey.Outcomes.Converged,
        Parameters = survey.Objective.Dimension,
        Minima = minima.Count,
        Spurious = minima.Count(m => !m.IsOnBoundary && !global.IsReachedBy(m.Value)),
        SpuriousOnBoundary = minima.Count(m => m.IsOnBoundary && !global.IsReachedBy(m.Value)),
        BoundaryShare = (double)survey.BoundaryMinima.Sum(m => m.Count) / survey.Restarts,
        LowestEigenvalue = global.Minima.Select(LowestEigenvalue).Where(l => !double.IsNaN(l)).DefaultIfEmpty(double.NaN).Min(),
        Distance = survey.Objective is { Symmetry: null, Known.Planted: { } planted } && minima.Count > 0 ? DistanceTo([.. planted], [.. minima[0].Point]) : double.NaN,
        IsFittedElsewhere = minima.Any(m => global.IsReachedBy(m.Value) && IsApartFromPlanted(survey.Objective, [.. m.Point])),
        Compiled = 0,
        Best = minima.FirstOrDefault(),
        Score = survey.Objective.Scores is not null && (minima.FirstOrDefault()?.Point ?? survey.Lowest?.Point) is { } lowest ? survey.Objective.ScoresAt([lowest])[0] : default,
    };

    /// <summary>What rounding makes of 0, where a minimum is the planted point itself, is 0.</summary>
    private static double DistanceTo(double[] planted, double[] minimum)
    {
        var distance = Symmetry.Euclidean(minimum, planted);
        return distance <= Stationarity.ThreeQuartersOfTheDigits * (Inner.Norm(minimum) + Inner.Norm(planted)) ? 0 : distance;
    }

    /// <summary>What rounding makes of 0, along a flat direction, is 0.</summary>
    private static double LowestEigenvalue(StationaryPoint minimum) => minimum.LowestEigenvalue is not { } lowest ? double.NaN
        : Math.Abs(lowest) <= Stationarity.ThreeQuartersOfTheDigits * Math.Abs(minimum.Eigenvalues[^1]) ? 0
        : lowest;

    private SweepRow WithConstants(SweepRow row, Objective objective, FallbackDevice device, GlobalReference global, IEnumerable<StationaryPoint> found)
    {
        var radius = options.OverBall ?? objective.Known.Radius;
        var sample = LandscapeSample.Draw(objective, global, options.Samples, options.Survey.Seed, device, radius, stop);
        // A spurious minimum, and what else restarts came to, refutes more than any of these points.
        sample = sample.With(sample.AlsoAt(found.Select(p => p.Place.ToArray()).Where(p => LandscapeSample.IsIn(objective, radius, p)).Take(MostFound), "", device, stop));
        var (rate, conditions) = options.Paths > 0
            ? DescentRate.Measure(objective, global, sample, options.Paths, 2_000, options.Survey.Seed, device, radius, stop: stop)
            : ((DescentRate?)null, GrowthConditions.Of(objective, global, sample, radius is null));
        // Of the first of the points they are constants of less than was asked for.
        stop.ThrowIfCancellationRequested();
        var mu = rate?.Mu ?? conditions.PolyakLojasiewicz.Value;
        return row with { Rate = rate, PolyakLojasiewicz = conditions.IsLojasiewicz || double.IsNaN(mu) ? mu : 0, WeakQuasiConvexity = conditions.WeakQuasiConvexity.Value };
    }

    private SweepRow WithCost(SweepRow row, Objective objective, FallbackDevice device, double target, double gap)
    {
        double[] CostWith(SurveyOptions by) => DescentCost.Of(objective, device, by, target, gap, stop);
        return options.CostSteps is not { } steps
            ? row with { Steps = CostWith(options.Survey) }
            : steps.Select(step => row with { BestStep = step, Steps = CostWith(options.Survey with { Descent = options.Survey.Descent with { Rule = Rules.Named(options.Survey.Descent.Rule.Name, step) } }) })
                // The finest level decides; of those that do not reach it, the next.
                .OrderBy(r => r.Steps![^1]).ThenBy(r => r.Steps![^2]).ThenBy(r => r.Steps![0]).First();
    }

    /// <summary>Whether a survey of a landscape meets a minimum, and none inside the region that is spurious.</summary>
    private bool IsBenign(Objective objective)
    {
        var row = new SweepLandscape(SweepOptions.Plain(options.Survey), stop).RowOf(objective, null, double.NaN, 1);
        stop.ThrowIfCancellationRequested();
        return row is { IsClean: true, IsFittedElsewhere: false, Reached.Share: > 0 };
    }

    /// <summary>Whether a point is another than that which the data were made from, which is a global minimum; no where that is not known to be one, or a symmetry has no formula for distances.</summary>
    private static bool IsApartFromPlanted(Objective objective, double[] point)
    {
        if (objective.Known is not { Planted: { } planted, Points: [{ } known, ..] } || !known.SequenceEqual(planted))
        {
            return false;
        }

        double[] made = [.. planted];
        var distance = objective.MovingSymmetry is { } symmetry ? symmetry.Distance(made, point) : Symmetry.Euclidean(made, point);
        return distance > GlobalReference.Aligned * (Inner.Norm(made) + Inner.Norm(point));
    }
}
