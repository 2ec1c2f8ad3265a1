using System.Text.Json.Nodes;
using LandscapeGpu.Evidence;

namespace LandscapeGpu.Reporting;

/// <summary>A comparison as JSON: numbers in full, those that are not finite as null.</summary>
public static class ComparisonJson
{
    /// <summary>The comparison as a JSON text.</summary>
    /// <param name="comparison">What was compared.</param>
    /// <param name="origin">Where it comes from; null where there is no more to say than the result does.</param>
    public static string Write(Comparison comparison, RunOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var record = JsonRecord.Head(origin, "compare", comparison.Objective, comparison.Options.Starts);
        var descents = comparison.Results.Select(r => r.Contender.Descent).ToList();
        record["seed"] = comparison.Options.Seed;
        record["restarts"] = comparison.Options.Restarts;
        record["precision"] = descents.TrueForAll(d => d.IsDouble) ? "double" : descents.Exists(d => d.IsDouble) ? "mixed" : "single";
        record["iterations"] = descents.Max(d => d.Stop.Iterations);
        record["device"] = comparison.Device;
        record["global_value"] = JsonText.Number(comparison.Global.Value);
        record["global_value_is_known"] = comparison.Global.IsKnown;
        record["sampling"] = comparison.Sampling;
        record["sentence"] = comparison.Sentence;
        record["results"] = new JsonArray([.. comparison.Results.Select(r => (JsonNode)Of(r))]);
        record["warnings"] = JsonRecord.Warnings(comparison.Warnings);
        return JsonText.Of(record);
    }

    private static JsonObject Of(ContenderResult result) => new()
    {
        ["rule"] = result.Contender.Descent.Rule.ToString(),
        ["schedule"] = result.Contender.Descent.Schedule.ToString(),
        ["clip"] = JsonText.Number(result.Contender.Descent.Clip),
        ["temperature"] = JsonText.Number(result.Contender.Descent.Temperature),
        ["batch"] = result.Contender.Descent.Batch?.Size,
        ["with_replacement"] = result.Contender.Descent.Batch is { WithReplacement: true },
        ["curriculum"] = result.Contender.Descent.Curriculum?.Steps,
        ["starts"] = result.Contender.Starts?.Name,
        ["reached"] = result.Reached.Count,
        ["restarts"] = result.Reached.Total,
        ["share"] = JsonText.Number(result.Reached.Share),
        ["share_low"] = JsonText.Number(result.Reached.Interval.Lower),
        ["share_high"] = JsonText.Number(result.Reached.Interval.Upper),
        ["outcomes"] = JsonRecord.Outcomes(OutcomeRows.Of(result.Outcomes)),
        ["median_steps"] = JsonText.Number(result.MedianSteps),
        ["gradients_per_success"] = JsonText.Number(result.GradientsPerSuccess),
        ["median_sharpness"] = JsonText.Number(result.MedianSharpness),
        ["stopped_sharpness"] = JsonText.Number(result.StoppedSharpness),
        ["edge_of_stability"] = JsonText.Number(result.EdgeOfStability),
        ["median_trace"] = JsonText.Number(result.MedianTrace),
        ["seconds"] = JsonText.Number(result.Seconds),
        ["median_train_loss"] = JsonText.Number(result.MedianOf(s => s.TrainLoss)),
        ["median_train_accuracy"] = JsonText.Number(result.MedianOf(s => s.TrainAccuracy)),
        ["median_test_loss"] = JsonText.Number(result.MedianTestLoss),
        ["median_test_accuracy"] = JsonText.Number(result.MedianOf(s => s.TestAccuracy)),
        ["median_norm"] = JsonText.Number(result.MedianNorm),
        ["median_travelled"] = JsonText.Number(result.MedianTravelled),
        ["plateau_share"] = JsonText.Number(result.Plateaus?.Share),
    };
}
