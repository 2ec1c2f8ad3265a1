using System.Text;
using System.Text.Json.Nodes;

namespace LandscapeGpu.Reporting;

/// <summary>A survey as JSON: numbers in full, those that are not finite as null. What each name means: docs/json.md.</summary>
public static class SurveyJson
{
    /// <summary>The survey as a JSON text.</summary>
    /// <param name="result">The survey.</param>
    /// <param name="origin">Where it comes from; null where there is no more to say than the result does.</param>
    /// <param name="evidence">What theory says of the landscape; null where that was not asked for.</param>
    public static string Write(SurveyResult result, RunOrigin? origin = null, Evidence.Verification? evidence = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var record = JsonRecord.Head(origin, "explore", result.Objective, result.Options.Starts);
        foreach (var (name, value) in Body(result))
        {
            record[name] = value;
        }

        record["evidence"] = evidence is null ? null : EvidenceJson.Findings(evidence);
        return JsonText.Of(record);
    }

    /// <summary>Writes the survey as UTF-8 JSON.</summary>
    /// <param name="result">The survey.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="origin">Where it comes from; null where there is no more to say than the result does.</param>
    public static void Write(SurveyResult result, Stream stream, RunOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Encoding.UTF8.GetBytes(Write(result, origin)));
    }

    /// <summary>What was found, without the head.</summary>
    internal static IEnumerable<(string Name, JsonNode? Value)> Body(SurveyResult result) =>
    [
        ("restarts", result.Restarts),
        ("first", result.Options.First),
        ("seed", result.Options.Seed),
        ("descent", JsonRecord.Descent(result.Options.Descent)),
        ("identity", new JsonObject { ["by"] = JsonText.Snake(result.Options.Identity), ["tolerance"] = JsonText.Number(result.Options.Tolerance), ["margin"] = JsonText.Number(result.IdentityMargin), ["classes"] = result.Classes }),
        ("device", new JsonObject { ["descent"] = result.Device, ["reason"] = result.DeviceReason, ["polish"] = result.PolishedOn, ["spectra"] = result.SpectraOn }),
        ("outcomes", JsonRecord.Outcomes(OutcomeRows.Of(result))),
        ("unpolished", result.Unpolished),
        ("unlisted", result.Unlisted),
        ("minima", Points(result.Minima)),
        ("boundary_minima", Points(result.BoundaryMinima)),
        ("kink_minima", Points(result.KinkMinima)),
        ("stationary", Points(result.Stationary)),
        ("lowest_endpoint", Lowest(result)),
        ("model_spectra", result.ModelSpectra is { } spectra ? ModelSpectraText.Json(spectra) : null),
        ("coverage", Coverage(result.Coverage)),
        ("gradient_evaluations", result.GradientEvaluations),
        ("seconds", Seconds(result.Seconds)),
        ("stopped", result.Stopped),
        ("notes", JsonText.Words(SurveyText.Notes(result))),
        ("warnings", JsonRecord.Warnings(result.Warnings)),
    ];

    internal static JsonArray Points(IReadOnlyList<StationaryPoint> points) =>
        new([.. points.Select(point => (JsonNode)new JsonObject(PointStatistic.All.Select(s => KeyValuePair.Create(s.Key, s.Json(point)))))]);

    private static JsonObject? Lowest(SurveyResult result) => result.Lowest is not { } lowest ? null : new()
    {
        ["value"] = JsonText.Number(lowest.Value),
        ["point"] = JsonText.Numbers(lowest.Point),
        ["outcome"] = JsonText.Snake(lowest.Outcome),
        // As the outcomes' table counts it.
        ["runs_to_infinity"] = lowest.IsEndless || lowest.Outcome == Outcome.LeftDomain,
        ["below_every_minimum"] = result.IsLowestMissed,
    };

    internal static JsonObject Coverage(CoverageSummary coverage) => new()
    {
        ["good_turing"] = JsonText.Number(coverage.GoodTuring),
        ["good_turing_low"] = JsonText.Number(coverage.GoodTuringLow),
        ["good_turing_high"] = JsonText.Number(coverage.GoodTuringHigh),
        ["chao1"] = JsonText.Number(coverage.Chao1),
        ["chao1_low"] = JsonText.Number(coverage.Chao1Low),
        ["chao1_high"] = JsonText.Number(coverage.Chao1High),
    };

    private static JsonObject Seconds(SurveySeconds seconds) => new()
    {
        ["compile"] = seconds.Compile,
        ["descent"] = seconds.Descent,
        ["polish"] = seconds.Polish,
        ["identify"] = seconds.Identify,
        ["spectra"] = seconds.Spectra,
        ["total"] = seconds.Total,
    };
}
