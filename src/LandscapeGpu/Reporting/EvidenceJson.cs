using System.Text.Json.Nodes;
using LandscapeGpu.Evidence;

namespace LandscapeGpu.Reporting;

/// <summary>Verifications and sweeps as JSON: numbers in full, those that are not finite as null.</summary>
public static class EvidenceJson
{
    /// <summary>All findings on one landscape, with the survey they rest on.</summary>
    /// <param name="verification">The findings.</param>
    /// <param name="origin">Where they come from; null where there is no more to say than the result does.</param>
    public static string Write(Verification verification, RunOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(verification);
        var local = verification.LocalVersusGlobal;
        return Record(JsonRecord.Head(origin, "verify", verification.Objective, verification.Survey.Options.Starts), new()
        {
            ["survey"] = new JsonObject(SurveyJson.Body(verification.Survey).Select(p => KeyValuePair.Create(p.Name, p.Value))),
            ["local_versus_global"] = new JsonObject
            {
                ["global_value"] = JsonText.Number(local.Global.Value),
                ["global_is_known"] = local.Global.IsKnown,
                ["distinct"] = local.Distinct,
                ["highest"] = JsonText.Number(local.Highest),
                ["spread"] = JsonText.Number(local.Spread),
                ["spurious"] = JsonText.Numbers(local.Spurious.Select(s => s.Value)),
                ["largest_unseen_share"] = JsonText.Number(local.LargestUnseenShare),
                ["sentence"] = local.Sentence,
            },
            ["within"] = verification.Nearness is not { } near ? null : new JsonObject(Nearness.Levels.Zip(near.Shares, (l, s) => KeyValuePair.Create(NumberText.Of(l), JsonText.Number(s.Share)))),
            ["rank"] = verification.Interpolation?.Rank,
            ["separation"] = verification.Separation is not { } apart ? null : new JsonObject
            {
                ["infimum"] = JsonText.Number(apart.Infimum),
                ["largest_margin"] = JsonText.Number(apart.LargestMargin),
                ["direction"] = JsonText.Numbers(apart.Direction),
                ["path"] = new JsonArray([.. apart.Path.Select(p => (JsonNode)new JsonObject { ["steps"] = p.Steps, ["margin"] = JsonText.Number(p.Margin), ["length"] = JsonText.Number(p.Length) })]),
            },
            ["stationary_points"] = verification.Saddles is { } saddles
                ? SurveyJson.Points(saddles.Points)
                : null,
            ["directions"] = verification.Directions is not { } ways ? null : new JsonArray([.. ways.Select(w => (JsonNode)new JsonObject
            {
                ["value"] = JsonText.Number(w.From.Value), ["point"] = JsonText.Numbers(w.From.Point), ["eigenvalue"] = JsonText.Number(w.Curvature), ["direction"] = JsonText.Numbers(w.Along),
            })]),
            ["stationary_search"] = verification.Saddles is not { } searched ? null : new JsonObject
            {
                ["starts"] = searched.Starts,
                ["walks"] = searched.Climbs,
                ["not_stationary"] = searched.NotStationary,
                ["outside"] = searched.Outside,
                ["coverage"] = SurveyJson.Coverage(searched.Coverage),
                ["euler_sum"] = verification.Euler!.Sum,
                ["euler_characteristic"] = verification.Euler.Expected,
                ["euler_verdict"] = JsonText.Snake(verification.Euler.Verdict),
            },
            ["radius"] = JsonText.Number(verification.Radius),
            ["strict_saddle"] = verification.StrictSaddle is not { } strict ? null : new JsonObject
            {
                ["gammas"] = JsonText.Numbers(strict.Gammas),
                ["bounds"] = new JsonArray([.. strict.Bounds.Select(b => (JsonNode)new JsonObject
                {
                    ["alpha"] = JsonText.Number(b.Alpha), ["beta"] = JsonText.Number(b.Beta), ["gamma"] = JsonText.Number(b.Gamma), ["points"] = b.Decided,
                    ["betas"] = JsonText.Numbers(b.Betas),
                })]),
                ["error_bound"] = strict.ErrorBound is not { } bound ? null : new JsonObject
                {
                    ["epsilon"] = JsonText.Number(bound.Epsilon),
                    ["tau"] = JsonText.Number(bound.Tau),
                    ["power"] = JsonText.Number(bound.Power),
                    ["factor"] = JsonText.Number(bound.Factor),
                },
                ["sentence"] = strict.Sentence,
            },
            ["growth_conditions"] = verification.Conditions is { } conditions ? Conditions(conditions) : null,
            ["rate"] = verification.Rate is { } rate ? Rate(rate) : null,
            ["tangent_kernel"] = verification.TangentKernel is { } kernel ? Kernel(kernel) : null,
            ["induced_model"] = verification.InducedModel is { } induced ? Induced(induced) : null,
            ["ensemble"] = verification.Ensemble is not { } ensemble ? null : new JsonObject
            {
                ["members"] = ensemble.Members,
                ["loss"] = JsonText.Number(ensemble.Loss),
                ["mean_loss"] = JsonText.Number(ensemble.MeanLoss),
                ["least_loss"] = JsonText.Number(ensemble.LeastLoss),
                ["loss_of_lowest"] = JsonText.Number(ensemble.LossOfLowest),
                ["spread"] = JsonText.Number(ensemble.Spread),
            },
            ["model_note"] = verification.ModelNote,
            ["theory"] = verification.Theory is { } theory ? Theory(theory) : null,
            ["findings"] = Findings(verification),
            ["stopped_early"] = JsonText.Words(verification.StoppedEarly),
            ["not_done"] = JsonText.Words(verification.NotDone),
            ["warnings"] = JsonRecord.Warnings(verification.Warnings),
        });
    }

    /// <summary>All that is printed of a verification, in words.</summary>
    internal static JsonArray Findings(Verification verification) =>
        new([.. VerificationText.Findings(verification).Select(f => (JsonNode)new JsonObject { ["subject"] = f.Subject, ["sampling"] = f.Sampling, ["sentences"] = JsonText.Words(f.Sentences) })]);

    /// <summary>The rows of a sweep.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="origin">Where it comes from; null where there is no more to say than the result does.</param>
    public static string Write(Sweep sweep, RunOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        var head = sweep.First is { } first ? JsonRecord.Head(origin, "sweep", first, sweep.Options.Survey.Starts) : JsonRecord.Head(origin, "sweep");
        return Record(head, new()
        {
            ["seed"] = sweep.Options.Survey.Seed,
            ["restarts"] = sweep.Options.Survey.Restarts,
            ["descent"] = JsonRecord.Descent(sweep.Options.Survey.Descent),
            ["setting"] = sweep.Setting,
            ["sampling"] = sweep.Sampling,
            ["sentence"] = sweep.Sentence,
            ["landscapes"] = sweep.Landscapes,
            ["stopped"] = sweep.IsStopped,
            ["rows"] = new JsonArray([.. sweep.Rows.Select(r => (JsonNode)new JsonObject
            {
                ["value"] = JsonText.Number(r.Setting),
                ["data_set"] = r.DataSet,
                ["global_value"] = JsonText.Number(r.GlobalValue),
                ["reached"] = r.Reached.Count,
                ["restarts"] = r.Reached.Total,
                ["reached_low"] = JsonText.Number(r.Reached.Interval.Lower),
                ["reached_high"] = JsonText.Number(r.Reached.Interval.Upper),
                ["within_1e-2"] = JsonText.Number(r.Within(0)),
                ["within_1e-4"] = JsonText.Number(r.Within(1)),
                ["within_1e-6"] = JsonText.Number(r.Within(2)),
                ["not_converged"] = r.NotConverged,
                ["parameters"] = r.Parameters,
                ["outputs"] = r.Interpolation?.Outputs,
                ["rank"] = r.Interpolation?.Rank,
                ["minima"] = r.Minima,
                ["spurious"] = r.Spurious,
                ["spurious_on_boundary"] = r.SpuriousOnBoundary,
                ["boundary_share"] = JsonText.Number(r.BoundaryShare),
                ["lowest_eigenvalue"] = JsonText.Number(r.LowestEigenvalue),
                ["pl_mu"] = JsonText.Number(r.PolyakLojasiewicz),
                ["weak_quasi_convexity"] = JsonText.Number(r.WeakQuasiConvexity),
                ["rate"] = r.Rate is { } rate ? Rate(rate) : null,
                ["distance"] = JsonText.Number(r.Distance),
                ["steps"] = r.Steps is { } steps ? JsonText.Numbers(steps) : null,
                ["best_step"] = JsonText.Number(r.BestStep),
                ["threshold"] = JsonText.Number(r.Threshold),
                ["train_loss"] = JsonText.Number(r.Score.TrainLoss),
                ["test_loss"] = JsonText.Number(r.TestLoss),
                ["train_accuracy"] = JsonText.Number(r.Score.TrainAccuracy),
                ["test_accuracy"] = JsonText.Number(r.Score.TestAccuracy),
                ["gradients"] = r.Gradients is { } gradients ? new JsonObject(gradients.Parts.Select(p => KeyValuePair.Create(p.Name, JsonText.Number(p.Median)))) : null,
                ["threshold_is_at_most"] = r.IsThresholdAtMost,
                ["kernel"] = r.Kernel is { } kernel ? Kernel(kernel) : null,
                ["theory"] = r.Theory is { } theory ? Theory(theory) : null,
                ["compiled"] = r.Compiled,
                ["cut"] = r.IsCut,
                ["not_done"] = JsonText.Words(r.NotDone),
                ["best"] = r.Best is { } best ? JsonText.Numbers(best.Point) : null,
                ["warnings"] = JsonRecord.Warnings(r.Warnings),
            })]),
        });
    }

    private static string Record(JsonObject head, JsonObject body)
    {
        foreach (var (name, value) in body.ToList())
        {
            body.Remove(name);
            head[name] = value;
        }

        return JsonText.Of(head);
    }

    private static JsonObject Conditions(GrowthConditions conditions) => new()
    {
        ["pl_mu"] = JsonText.Number(conditions.PolyakLojasiewicz.Value),
        ["smoothness"] = JsonText.Number(conditions.Smoothness.Value),
        ["weak_quasi_convexity"] = JsonText.Number(conditions.WeakQuasiConvexity.Value),
        ["restricted_secant"] = JsonText.Number(conditions.RestrictedSecant.Value),
        ["lowest_curvature"] = JsonText.Number(conditions.LowestCurvature.Value),
        ["local_strong_convexity"] = JsonText.Number(conditions.LocalStrongConvexity),
        ["convexity_radius"] = JsonText.Number(conditions.ConvexityRadius),
        ["negative_radius"] = JsonText.Number(conditions.NegativeRadius),
        ["points"] = conditions.Smoothness.Points,
        ["sampling"] = conditions.Sampling,
        ["sentences"] = JsonText.Words(conditions.Sentences),
    };

    private static JsonObject Rate(DescentRate rate) => new()
    {
        ["mu"] = JsonText.Number(rate.Mu),
        ["beta"] = JsonText.Number(rate.Beta),
        ["step_share"] = JsonText.Number(rate.StepShare),
        ["lemma_kept"] = rate.IsLemmaKept,
        ["promised"] = JsonText.Number(rate.Predicted),
        ["measured"] = JsonText.Number(rate.Measured),
        ["worst_step"] = JsonText.Number(rate.WorstStep),
        ["as_promised"] = rate.IsAsPromised,
        ["paths"] = rate.Paths,
        ["reached"] = rate.Reached,
        ["left"] = rate.Left,
    };

    private static JsonObject Kernel(KernelRegime kernel) => new()
    {
        ["moved"] = JsonText.Number(kernel.Moved),
        ["travelled"] = JsonText.Number(kernel.Travelled),
        ["change"] = JsonText.Number(kernel.KernelChange),
        ["linear_error"] = JsonText.Number(kernel.LinearError),
        ["least_eigenvalue"] = JsonText.Number(kernel.LeastEigenvalue),
        ["pl_star"] = JsonText.Number(kernel.PolyakLojasiewicz),
        ["promise_kept"] = kernel.IsPromiseKept,
        ["looks"] = kernel.Looks,
        ["loss"] = JsonText.Number(kernel.Loss),
        ["test_loss"] = JsonText.Number(kernel.TestLoss),
        ["kernel_test_loss"] = JsonText.Number(kernel.KernelTestLoss),
        ["distance_bound"] = JsonText.Number(kernel.DistanceBound),
        ["steps"] = kernel.Steps,
    };

    private static JsonObject Theory(TheoryEvidence theory) => new()
    {
        ["source"] = theory.Source,
        ["constants"] = new JsonObject(theory.Constants.Select(c => KeyValuePair.Create(c.Name, JsonText.Number(c.Value)))),
        ["measures"] = new JsonArray([.. theory.Measures.Select(m => (JsonNode)new JsonObject
        {
            ["name"] = m.Name, ["worst"] = JsonText.Number(m.Worst), ["bound"] = JsonText.Number(m.Bound), ["widest"] = JsonText.Number(m.Widest), ["kept"] = m.IsKept, ["from_below"] = m.IsFromBelow, ["points"] = m.Points,
        })]),
    };

    private static JsonObject Kernel(TangentKernel kernel) => new()
    {
        ["start"] = JsonText.Numbers(kernel.Start),
        ["end"] = JsonText.Numbers(kernel.End),
        ["change"] = JsonText.Number(kernel.Change),
        ["travelled"] = JsonText.Number(kernel.Travelled),
        ["start_loss"] = JsonText.Number(kernel.StartLoss),
        ["end_loss"] = JsonText.Number(kernel.EndLoss),
        ["linearised_minimum"] = JsonText.Number(kernel.LinearisedMinimum),
        ["rank"] = kernel.Rank,
        ["lazy"] = kernel.IsLazy,
    };

    private static JsonObject Induced(InducedModel induced) => new()
    {
        ["points"] = new JsonArray([.. induced.Points.Select(p => (JsonNode)new JsonObject
        {
            ["value"] = JsonText.Number(p.Value),
            ["gradient_basis"] = JsonText.Number(p.GradientBasis),
            ["perturbed_basis"] = JsonText.Number(p.PerturbedBasis),
            ["relative_gap"] = JsonText.Number(p.RelativeGap),
            ["rank"] = p.Rank,
            ["perturbed_rank"] = p.PerturbedRank,
            ["perturbations"] = p.Perturbations,
            ["radius"] = JsonText.Number(p.Radius),
            ["fixed_basis"] = JsonText.Number(p.FixedBasis),
            ["span_defect"] = JsonText.Number(p.SpanDefect),
        })]),
        ["not_stationary"] = induced.NotStationary,
        ["sentences"] = JsonText.Words(induced.Sentences),
    };
}
