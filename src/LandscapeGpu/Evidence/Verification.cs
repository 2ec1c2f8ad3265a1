using LandscapeGpu.Notebooks;
using LandscapeGpu.Statistics;

namespace LandscapeGpu.Evidence;

/// <summary>Every claim that theory makes about landscapes, tested on one landscape.</summary>
/// <remarks>What is said is said of the points that were looked at: a sample can refute a claim, and never proves one.</remarks>
[TypeFormatterSource(typeof(ResultFormatters))]
public sealed record Verification
{
    // The eigenvalues of the kernel, and the bases of gradients at perturbed parameters, take a few seconds at these sizes.
    internal const int MostOutputs = 1_500;
    internal const int MostParameters = 150;

    // The mean of so many outputs is as good as that of all.
    private const int MostMembers = 200;

    private Verification()
    {
    }

    /// <summary>The landscape.</summary>
    public required Objective Objective { get; init; }

    /// <summary>The survey that the evidence rests on.</summary>
    public required SurveyResult Survey { get; init; }

    /// <summary>Stationary points of all indexes; null if none were searched for.</summary>
    public required SaddleSearchResult? Saddles { get; init; }

    /// <summary>The check of completeness that topology gives; null where no stationary points were searched for.</summary>
    public EulerAudit? Euler => Saddles?.Pole is null && (Survey.WithoutValue is not null || Survey.BoundaryMinima.Any(m => m.Kind == StationaryKind.EdgeMinimum)) ? Saddles?.Euler.WithoutValue : Survey.KinkMinima.Count > 0 && Saddles?.Pole is null ? Saddles?.Euler.WithoutGradient : Saddles?.Euler;

    /// <summary>The way down from each strict saddle and maximum found, lowest first; null where that was not asked for.</summary>
    public IReadOnlyList<EscapeDirection>? Directions { get; private init; }

    /// <summary>Whether all local minima are global.</summary>
    public required LocalVersusGlobal LocalVersusGlobal { get; init; }

    /// <summary>How near f* restarts came, at rest or not; null where it cannot be told.</summary>
    public Nearness? Nearness { get; private init; }

    /// <summary>Of an objective with a model: whether it fits all data; null without one.</summary>
    public Interpolation? Interpolation { get; private init; }

    /// <summary>Of a linear model of separable data; null otherwise.</summary>
    public Separation? Separation { get; private init; }

    /// <summary>Whether every point has a large slope, a falling direction or a minimum near; null if it was stopped before.</summary>
    public required StrictSaddle? StrictSaddle { get; init; }

    /// <summary>The constants of growth conditions; null if it was stopped before.</summary>
    public required GrowthConditions? Conditions { get; init; }

    /// <summary>Whether descent is as fast as promised; null if it was stopped before.</summary>
    public required DescentRate? Rate { get; init; }

    /// <summary>Of an objective with a model.</summary>
    public required TangentKernel? TangentKernel { get; init; }

    /// <summary>Of an objective with a model and no penalty.</summary>
    public required InducedModel? InducedModel { get; init; }

    /// <summary>The minima found as one predictor of held-out samples; null where none are held out, or there are not two minima.</summary>
    public Ensemble? Ensemble { get; private init; }

    /// <summary>R of the ball ‖x‖ ≤ R that constants were taken over; null for anywhere in the region.</summary>
    public double? Radius { get; private init; }

    /// <summary>What theory about the family speaks of; null where that was not asked for, or there is none.</summary>
    public TheoryEvidence? Theory { get; private init; }

    /// <summary>What went wrong without stopping it, such as a device that failed: in the survey, and in what came after it.</summary>
    public IReadOnlyList<Warning> Warnings { get; private init; } = [];

    /// <summary>What was not done, because it was stopped before.</summary>
    public IReadOnlyList<string> NotDone { get; private init; } = [];

    /// <summary>The parts that were stopped before their end, or ran out of <see cref="VerificationOptions.PartTime"/>.</summary>
    public IReadOnlyList<string> StoppedEarly { get; private init; } = [];

    /// <summary>Why a model was not looked at as one; null where it was, or there is none.</summary>
    public string? ModelNote => Objective.Model is not null && !IsWithin(Objective)
        ? FormattableString.Invariant($"{(Survey.ModelSpectra is null ? "Tangent kernel and induced model are" : "The induced model is")} left out: matrices of all outputs and parameters are formed for at most {MostOutputs:N0} outputs and {MostParameters:N0} parameters.")
        : Objective.Model is not null && InducedModel is null && NotDone.Count == 0
            ? "The theorem about induced models is about the loss alone, and the objective has a penalty."
            : null;

    /// <summary>Examines a landscape.</summary>
    /// <exception cref="ArgumentException">Options contradict each other or the objective.</exception>
    /// <exception cref="NothingFoundException">No minimum was found and none is known.</exception>
    public static Verification Of(Objective objective, VerificationOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        using var cell = CellWork.Begin(ref cancellation);
        options ??= new();
        options.Require();
        return Of(Surveys.Survey.Run(objective, options.Survey, progress, cancellation), options, progress, cancellation);
    }

    /// <summary>Examines a landscape of which a survey has been made; <see cref="VerificationOptions.Survey"/> is the survey's.</summary>
    /// <exception cref="NothingFoundException">No minimum was found and none is known.</exception>
    public static Verification Of(SurveyResult survey, VerificationOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(survey);
        using var cell = CellWork.Begin(ref cancellation);
        options = (options ?? new()) with { Survey = survey.Options };
        options.Require();
        var objective = survey.Objective;
        // What was seen beside minima may say what f falls to: a fit of all data, or separable ones.
        var separation = Separation.Of(survey);
        // That takes seconds where there are many data.
        var interpolation = cancellation.IsCancellationRequested ? null : Interpolation.Of(survey);
        var known = objective.Known.GlobalValue ?? interpolation?.LeastLoss ?? separation?.Infimum;
        var local = LocalVersusGlobal.Of(survey, known is null ? GlobalReference.Of(survey) : GlobalReference.Of(objective with { Known = objective.Known with { GlobalValue = known } }, [.. survey.AllMinima]));

        var (notDone, early) = (new List<string>(), new List<string>());
        notDone.AddRange(cancellation.IsCancellationRequested && interpolation is null && objective.Model is not null ? ["fit of all data"] : Array.Empty<string>());
        T? Done<T>(string what, bool isAsked, Func<CancellationToken, T> look)
            where T : class
        {
            if (!isAsked)
            {
                return null;
            }

            if (cancellation.IsCancellationRequested)
            {
                notDone.Add(what);
                return null;
            }

            progress?.Invoke(new(what, 0, 1));
            using var part = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (options.PartTime < TimeSpan.FromMilliseconds(1))
            {
                // A timer waits for a free thread, and the part may be over before.
                part.Cancel();
            }
            else
            {
                part.CancelAfter(options.PartTime);
            }

            try
            {
                var found = look(part.Token);
                if (part.IsCancellationRequested)
                {
                    early.Add(what);
                }

                return found;
            }
            catch (OperationCanceledException) when (part.IsCancellationRequested)
            {
                notDone.Add(what);
                return null;
            }
        }

        // What the survey ran on looks at all that follows.
        var device = survey.OpenDevice();
        var found = survey.Minima.Concat(survey.Stationary).ToList();
        // Gradients and Hessians are of all coordinates, those that are held too.
        var unasked = Warning.OfEvidence(objective);
        var isFree = unasked.Count == 0;
        var saddles = Done("stationary points", isFree && options.SaddleStarts > 0 && objective.Dimension <= LanePolish.MostCoordinates, stop => SaddleSearch.Run(
            objective, new() { Starts = options.SaddleStarts, From = options.Survey.Starts, Also = [.. found.Select(p => p.Point)], OnFaces = [.. survey.BoundaryMinima.Select(p => p.Place)], Seed = options.Survey.Seed, Threads = options.Survey.Threads }, device, stop));
        var pole = saddles?.Pole ?? (survey.UnboundedAt is { } beside ? PoleSearch.Words(falls: true, beside) : null);
        // What is near to zero is told by the largest numbers, which have no end there.
        unasked = [.. unasked, .. pole is null ? [] : new Warning[] { new(Warning.Poles, $"Strict saddles, growth conditions and rates are left out, since {pole}: their constants are of a function that is continuous all over the region. Give a domain without that place.") }];
        var isContinuous = isFree && pole is null;
        var stationary = (saddles?.Points ?? found).Concat(survey.BoundaryMinima).ToList();
        var radius = options.OverBall ?? objective.Known.Radius;
        LandscapeSample At(LandscapeSample drawn, IEnumerable<double[]> points, string how, CancellationToken stop) => drawn.AlsoAt(points.Where(p => LandscapeSample.IsIn(objective, radius, p)), how, device, stop);
        var sample = Done("constants", isContinuous, stop =>
        {
            var drawn = LandscapeSample.Draw(objective, local.Global, options.Samples, options.Survey.Seed, device, radius, stop);
            drawn = drawn.With(At(drawn, stationary.Take(1_000).Select(p => p.Place.ToArray()), "stationary points found", stop));
            // A few points say too little to go on from.
            cancellation.ThrowIfCancellationRequested();
            // Of a domain that ends, with points where the ratios of growth conditions are least.
            var least = At(drawn, LeastRatios.Of(objective, local.Global, drawn, radius is { } r ? Region.Ball(r) : objective.Region, stop), "points that descents on the ratios came to", stop);
            return least.Count == 0 ? drawn : drawn.With(least);
        });
        var measured = Done("growth conditions and rate", isContinuous, stop => Tuple.Create(DescentRate.Measure(objective, local.Global, sample!, options.Paths, options.PathSteps, options.Survey.Seed, device, radius, options.RateStep, stop)));
        var verification = new Verification()
        {
            Objective = objective,
            Survey = survey,
            Saddles = saddles,
            Directions = Done("directions", options.WithDirections && isFree, stop => EscapeDirection.Of(objective, saddles?.Points ?? survey.Stationary, stop)),
            LocalVersusGlobal = local,
            Separation = separation,
            Interpolation = interpolation,
            Nearness = Nearness.Of(survey, Math.Min(local.Global.Value, known ?? survey.Lowest?.Value ?? local.Global.Value)),
            Radius = radius,
            Ensemble = Done("ensemble", objective.Scores?.TestLoss?.Model is not null, _ => Tuple.Create(Ensemble.Of(objective, survey.AllMinima.Take(MostMembers).Select(m => m.Point))))?.Item1,
            StrictSaddle = Done("strict saddle", isContinuous, stop => Strict(objective, local.Global, sample!, [.. stationary.Where(p => LandscapeSample.IsIn(objective, radius, p.Place.ToArray())), .. survey.KinkMinima], radius, stop)),
            Conditions = measured?.Item1.Item2,
            Rate = measured?.Item1.Item1,
            TangentKernel = Done("tangent kernel", IsWithin(objective), stop => TangentKernel.Of(objective, device, options.Survey.Seed, stop: stop)),
            InducedModel = Done("induced model", IsWithin(objective) && !InducedModel.IsPenalised(objective), stop =>
                InducedModel.Of(objective, survey.Minima.Where(m => m.Kind is StationaryKind.Minimum or StationaryKind.DegenerateMinimum), options.InducedMinima, stop)),
            Theory = Done("theory", options.WithTheory && objective.Theory is not null, stop => TheoryEvidence.Of(objective, survey.Minima, stationary, stop: stop)!),
            NotDone = notDone,
            StoppedEarly = early,
        };
        return verification with { Warnings = [.. survey.Warnings.Concat(unasked).Concat(Warning.Of(device)).Distinct()] };
    }

    private static StrictSaddle Strict(Objective objective, GlobalReference global, LandscapeSample sample, IReadOnlyList<StationaryPoint> stationary, double? radius, CancellationToken stop)
    {
        var all = WorstPoints.Beyond(objective, global, sample, stationary, radius, stop);
        var strict = StrictSaddle.Of(objective, global, all, stationary, stop);
        return strict with { ErrorBound = ErrorBound.Of(objective, global, all, stationary, strict) };
    }

    private static bool IsWithin(Objective objective) => objective.Model is { Count: <= MostOutputs } && objective.Dimension <= MostParameters;

    /// <summary>What was found, a sentence a line, each followed by how it was sampled.</summary>
    public override string ToString() => VerificationText.Of(this);
}
