using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LandscapeGpu.Evidence;

namespace LandscapeGpu.Reporting;

/// <summary>Verifications and sweeps as JSON: numbers in full, those that are not finite as null.</summary>
public static class EvidenceJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All findings on one landscape, with the survey they rest on.</summary>
    public static string Write(Verification verification)
    {
        ArgumentNullException.ThrowIfNull(verification);
        var local = verification.LocalVersusGlobal;
        return new JsonObject
        {
            ["survey"] = JsonNode.Parse(SurveyJson.Write(verification.Survey)),
            ["local_versus_global"] = new JsonObject
            {
                ["global_value"] = Number(local.Global.Value),
                ["global_is_known"] = local.Global.IsKnown,
                ["distinct"] = local.Distinct,
                ["highest"] = Number(local.Highest),
                ["spread"] = Number(local.Spread),
                ["spurious"] = Numbers(local.Spurious.Select(s => s.Value)),
                ["largest_unseen_share"] = Number(local.LargestUnseenShare ?? double.NaN),
                ["sentence"] = local.Sentence,
            },
            ["stationary_points"] = verification.Saddles is { } saddles
                ? new JsonArray([.. saddles.Points.Select(p => (JsonNode)new JsonObject { ["value"] = Number(p.Value), ["index"] = p.HasIndex ? p.Index : null, ["kind"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Kind.ToString()), ["point"] = Numbers(p.Point) })])
                : null,
            ["strict_saddle"] = new JsonObject
            {
                ["bounds"] = new JsonArray([.. verification.StrictSaddle.Bounds.Select(b => (JsonNode)new JsonObject
                {
                    ["alpha"] = Number(b.Alpha), ["beta"] = Number(b.Beta), ["gamma"] = Number(b.Gamma), ["points"] = b.Decided,
                })]),
                ["sentence"] = verification.StrictSaddle.Sentence,
            },
            ["growth_conditions"] = Conditions(verification.Conditions),
            ["rate"] = Rate(verification.Rate),
            ["tangent_kernel"] = verification.TangentKernel is { } kernel ? Kernel(kernel) : null,
            ["induced_model"] = verification.InducedModel is { } induced ? Induced(induced) : null,
            ["model_note"] = verification.ModelNote,
        }.ToJsonString(Options);
    }

    /// <summary>The rows of a sweep.</summary>
    public static string Write(Sweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        return new JsonObject
        {
            ["setting"] = sweep.Setting,
            ["sampling"] = sweep.Sampling,
            ["sentence"] = sweep.Sentence,
            ["rows"] = new JsonArray([.. sweep.Rows.Select(r => (JsonNode)new JsonObject
            {
                ["value"] = Number(r.Setting),
                ["data_set"] = r.DataSet,
                ["global_value"] = Number(r.GlobalValue),
                ["reached"] = r.Reached.Count,
                ["restarts"] = r.Reached.Total,
                ["reached_low"] = Number(r.Reached.Interval.Lower),
                ["reached_high"] = Number(r.Reached.Interval.Upper),
                ["minima"] = r.Minima,
                ["spurious"] = r.Spurious,
                ["lowest_eigenvalue"] = Number(r.LowestEigenvalue),
                ["pl_mu"] = Number(r.PolyakLojasiewicz),
                ["weak_quasi_convexity"] = Number(r.WeakQuasiConvexity),
                ["rate"] = r.Rate is { } rate ? Rate(rate) : null,
                ["distance"] = Number(r.Distance),
                ["compiled"] = r.Compiled,
                ["best"] = r.Best is { } best ? Numbers(best.Point) : null,
                ["warnings"] = new JsonArray([.. r.Warnings.Select(w => (JsonNode)w)]),
            })]),
        }.ToJsonString(Options);
    }

    private static JsonObject Conditions(GrowthConditions conditions) => new()
    {
        ["pl_mu"] = Number(conditions.PolyakLojasiewicz.Value),
        ["smoothness"] = Number(conditions.Smoothness.Value),
        ["weak_quasi_convexity"] = Number(conditions.WeakQuasiConvexity.Value),
        ["restricted_secant"] = Number(conditions.RestrictedSecant.Value),
        ["lowest_curvature"] = Number(conditions.LowestCurvature.Value),
        ["local_strong_convexity"] = Number(conditions.LocalStrongConvexity),
        ["convexity_radius"] = Number(conditions.ConvexityRadius),
        ["points"] = conditions.Smoothness.Points,
        ["sampling"] = conditions.Sampling,
        ["sentences"] = new JsonArray([.. conditions.Sentences.Select(s => (JsonNode)s)]),
    };

    private static JsonObject Rate(DescentRate rate) => new()
    {
        ["mu"] = Number(rate.Mu),
        ["beta"] = Number(rate.Beta),
        ["promised"] = Number(rate.Predicted),
        ["measured"] = Number(rate.Measured),
        ["worst_step"] = Number(rate.WorstStep),
        ["as_promised"] = rate.IsAsPromised,
        ["paths"] = rate.Paths,
        ["reached"] = rate.Reached,
    };

    private static JsonObject Kernel(TangentKernel kernel) => new()
    {
        ["start"] = Numbers(kernel.Start),
        ["end"] = Numbers(kernel.End),
        ["change"] = Number(kernel.Change),
        ["travelled"] = Number(kernel.Travelled),
        ["start_loss"] = Number(kernel.StartLoss),
        ["end_loss"] = Number(kernel.EndLoss),
        ["linearised_minimum"] = Number(kernel.LinearisedMinimum),
        ["rank"] = kernel.Rank,
        ["lazy"] = kernel.IsLazy,
    };

    private static JsonObject Induced(InducedModel induced) => new()
    {
        ["points"] = new JsonArray([.. induced.Points.Select(p => (JsonNode)new JsonObject
        {
            ["value"] = Number(p.Value),
            ["gradient_basis"] = Number(p.GradientBasis),
            ["perturbed_basis"] = Number(p.PerturbedBasis),
            ["relative_gap"] = Number(p.RelativeGap),
            ["rank"] = p.Rank,
            ["perturbed_rank"] = p.PerturbedRank,
            ["perturbations"] = p.Perturbations,
            ["span_defect"] = Number(p.SpanDefect),
        })]),
        ["not_stationary"] = induced.NotStationary,
        ["sentences"] = new JsonArray([.. induced.Sentences.Select(s => (JsonNode)s)]),
    };

    private static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);
}
