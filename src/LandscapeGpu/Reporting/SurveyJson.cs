using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LandscapeGpu.Descent;
using LandscapeGpu.Identity;
using LandscapeGpu.Objectives.Symmetries;
using LandscapeGpu.Polish;
using LandscapeGpu.Statistics;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Reporting;

/// <summary>A survey as JSON: numbers in full, those that are not finite as null.</summary>
public static class SurveyJson
{
    // The reader is a program or a person, never a page: ∇ and λ in names need no escapes.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The survey as a JSON text.</summary>
    public static string Write(SurveyResult result)
    {
        using var stream = new MemoryStream();
        Write(result, stream);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes the survey as UTF-8 JSON.</summary>
    public static void Write(SurveyResult result, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(stream);
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteString("objective", result.Objective.Name);
        json.WriteNumber("dimension", result.Objective.Dimension);
        json.WriteNumber("restarts", result.Restarts);
        json.WriteNumber("seed", result.Options.Seed);
        json.WriteString("device", result.Device);
        json.WriteString("device_reason", result.DeviceReason);
        json.WriteString("polished_on", result.PolishedOn);
        json.WriteString("spectra_on", result.SpectraOn);
        json.WriteString("rule", result.Rule);
        if (result.Options.Descent.Batch is { } batch)
        {
            json.WriteNumber("batch", batch.Size);
            json.WriteBoolean("with_replacement", batch.WithReplacement);
        }

        Outcomes(json, result.Outcomes);
        json.WriteNumber("unpolished", result.Unpolished);
        json.WriteNumber("runs_to_infinity", result.Endless);
        Points(json, "minima", result.Minima);
        Points(json, "boundary_minima", result.BoundaryMinima);
        Points(json, "kink_minima", result.KinkMinima);
        Points(json, "stationary", result.Stationary, withIndex: true);
        Lowest(json, result);
        json.WriteNumber("classes", result.Classes);
        Coverage(json, result.Coverage);
        json.WriteNumber("gradient_evaluations", result.GradientEvaluations);
        Seconds(json, result.Seconds);
        Number(json, "identity_margin", result.IdentityMargin);
        json.WriteBoolean("stopped", result.Stopped);
        json.WriteStartArray("warnings");
        foreach (var warning in result.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void Outcomes(Utf8JsonWriter json, OutcomeCounts outcomes)
    {
        json.WriteStartObject("outcomes");
        json.WriteNumber("converged", outcomes.Converged);
        json.WriteNumber("iteration_limit", outcomes.IterationLimit);
        json.WriteNumber("stalled", outcomes.Stalled);
        json.WriteNumber("left_domain", outcomes.LeftDomain);
        json.WriteNumber("not_finite", outcomes.NotFinite);
        json.WriteNumber("unfinished", outcomes.Unfinished);
        json.WriteEndObject();
    }

    private static void Points(Utf8JsonWriter json, string name, IReadOnlyList<StationaryPoint> points, bool withIndex = false)
    {
        json.WriteStartArray(name);
        foreach (var point in points)
        {
            json.WriteStartObject();
            Number(json, "value", point.Value);
            Numbers(json, "point", point.Point);
            json.WriteNumber("count", point.Count);
            Number(json, "share", point.Share);
            Number(json, "share_low", point.ShareLow);
            Number(json, "share_high", point.ShareHigh);
            Number(json, "gradient_norm", point.GradientNorm);
            Numbers(json, "eigenvalues", point.Eigenvalues);
            if (point.ConditionInUnits is { } condition)
            {
                Number(json, "condition_number", point.ConditionNumber);
                Number(json, "condition_in_units", condition);
            }

            json.WriteNumber("flat_directions", point.FlatDirections);
            json.WriteNumber("places", point.Places);
            json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(point.Kind.ToString()));
            if (withIndex && point.HasIndex)
            {
                json.WriteNumber("index", point.Index);
            }

            if (point.Orbit is { } orbit)
            {
                Orbit(json, point, orbit);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Lowest(Utf8JsonWriter json, SurveyResult result)
    {
        if (result.Lowest is not { } lowest)
        {
            json.WriteNull("lowest_endpoint");
            return;
        }

        json.WriteStartObject("lowest_endpoint");
        Number(json, "value", lowest.Value);
        Numbers(json, "point", lowest.Point);
        json.WriteString("outcome", JsonNamingPolicy.SnakeCaseLower.ConvertName(lowest.Outcome.ToString()));
        json.WriteBoolean("below_every_minimum", result.IsLowestMissed);
        json.WriteEndObject();
    }

    private static void Orbit(Utf8JsonWriter json, StationaryPoint point, Orbit orbit)
    {
        json.WriteStartObject("orbit");
        Whole(json, "size", orbit.Size);
        Whole(json, "group_order", orbit.GroupOrder);
        Whole(json, "stabiliser_order", orbit.StabiliserOrder);
        json.WriteString("stabiliser", orbit.Stabiliser);
        json.WriteNumber("dimension", orbit.Dimension);
        json.WriteNumber("flat_beyond_orbit", point.FlatBeyondOrbit);
        json.WriteEndObject();
    }

    /// <summary>A whole number with all its digits, however many.</summary>
    private static void Whole(Utf8JsonWriter json, string name, BigInteger? value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value?.ToString(CultureInfo.InvariantCulture) ?? "null");
    }

    private static void Coverage(Utf8JsonWriter json, CoverageSummary coverage)
    {
        json.WriteStartObject("coverage");
        Number(json, "good_turing", coverage.GoodTuring);
        Number(json, "good_turing_low", coverage.GoodTuringLow);
        Number(json, "good_turing_high", coverage.GoodTuringHigh);
        Number(json, "chao1", coverage.Chao1);
        Number(json, "chao1_low", coverage.Chao1Low);
        Number(json, "chao1_high", coverage.Chao1High);
        json.WriteEndObject();
    }

    private static void Seconds(Utf8JsonWriter json, SurveySeconds seconds)
    {
        json.WriteStartObject("seconds");
        Number(json, "compile", seconds.Compile);
        Number(json, "descent", seconds.Descent);
        Number(json, "polish", seconds.Polish);
        Number(json, "identify", seconds.Identify);
        Number(json, "spectra", seconds.Spectra);
        Number(json, "total", seconds.Total);
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
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
