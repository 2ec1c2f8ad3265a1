using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LandscapeGpu.Evidence;

namespace LandscapeGpu.Reporting;

/// <summary>A comparison as JSON: numbers in full, those that are not finite as null.</summary>
public static class ComparisonJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The comparison as a JSON text.</summary>
    public static string Write(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            Number(json, "global_value", comparison.Global.Value);
            json.WriteBoolean("global_value_is_known", comparison.Global.IsKnown);
            json.WriteString("sampling", comparison.Sampling);
            json.WriteStartArray("results");
            foreach (var result in comparison.Results)
            {
                Write(json, result);
            }

            json.WriteEndArray();
            json.WriteStartArray("warnings");
            foreach (var warning in comparison.Warnings)
            {
                json.WriteStringValue(warning);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, ContenderResult result)
    {
        var contender = result.Contender;
        json.WriteStartObject();
        json.WriteString("rule", contender.Rule.ToString());
        json.WriteString("schedule", contender.Schedule.ToString());
        Number(json, "clip", contender.Clip ?? double.NaN);
        Number(json, "temperature", contender.Temperature);
        Number(json, "batch", contender.Batch?.Size ?? double.NaN);
        json.WriteBoolean("with_replacement", contender.Batch is { WithReplacement: true });
        json.WriteString("starts", contender.Starts?.Name);
        json.WriteNumber("reached", result.Reached.Count);
        json.WriteNumber("restarts", result.Reached.Total);
        Number(json, "share", result.Reached.Share);
        Number(json, "share_low", result.Reached.Interval.Lower);
        Number(json, "share_high", result.Reached.Interval.Upper);
        SurveyJson.Outcomes(json, result.Outcomes);
        Number(json, "median_steps", result.MedianSteps);
        Number(json, "gradients_per_success", result.GradientsPerSuccess);
        Number(json, "median_sharpness", result.MedianSharpness);
        Number(json, "median_trace", result.MedianTrace);
        Number(json, "plateau_share", result.Plateaus?.Share ?? double.NaN);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
