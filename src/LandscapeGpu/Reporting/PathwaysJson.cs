using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LandscapeGpu.Pathways;

namespace LandscapeGpu.Reporting;

/// <summary>A graph of minima and transition states as JSON: numbers in full, those that are not finite as null.</summary>
public static class PathwaysJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The graph as a JSON text; minima and transition states are numbered from 1, as in the tables.</summary>
    /// <param name="network">The graph.</param>
    /// <param name="temperature">Of rate constants; null for none.</param>
    /// <param name="origin">Where it comes from; null where there is no more to say than the result does.</param>
    public static string Write(TransitionNetwork network, double? temperature = null, RunOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            Write(json, network, temperature);
        }

        var record = JsonRecord.Head(origin, "connect", network.Objective, network.Options.Survey.Starts);
        var body = JsonNode.Parse(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length))!.AsObject();
        foreach (var (name, value) in body.ToList())
        {
            body.Remove(name);
            record[name] = value;
        }

        record["warnings"] = JsonRecord.Warnings(network.Warnings);
        return JsonText.Of(record);
    }

    private static void Write(Utf8JsonWriter json, TransitionNetwork network, double? temperature)
    {
        json.WriteStartObject();
        json.WriteString("exploration", network.Exploration);
        json.WriteNumber("seed", network.Options.Survey.Seed);
        json.WriteNumber("climbs", network.Climbs);
        json.WriteNumber("not_set_out_from", network.NotSetOutFrom);
        json.WriteNumber("bands", network.Bands);
        json.WriteNumber("bands_without_maximum", network.BandsWithoutMaximum);
        json.WriteNumber("outside", network.Outside);
        json.WriteNumber("higher_or_degenerate", network.HigherSaddles);
        json.WriteNumber("not_crossed", network.NotCrossed);
        Number(json, "coverage", network.Coverage.GoodTuring);
        Number(json, "chao1", network.Coverage.Chao1);
        json.WriteBoolean("stopped", network.Stopped);
        json.WriteNumber("gradient_evaluations", network.GradientEvaluations);
        Number(json, "seconds", network.Seconds);
        json.WriteStartArray("minima");
        foreach (var minimum in network.Minima)
        {
            json.WriteStartObject();
            Number(json, "value", minimum.Value);
            json.WriteString("kind", KindName(minimum.Kind.ToString()));
            Numbers(json, "point", minimum.Point);
            Numbers(json, "eigenvalues", minimum.Eigenvalues);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("transition_states");
        foreach (var state in network.TransitionStates)
        {
            Write(json, state);
        }

        json.WriteEndArray();
        var lowest = Math.Min(network.Options.Lowest, network.Minima.Count);
        var barriers = network.Barriers(lowest);
        json.WriteStartArray("barriers");
        for (var a = 0; a < lowest; a++)
        {
            json.WriteStartArray();
            for (var b = 0; b < lowest; b++)
            {
                Value(json, barriers[a, b]);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("disconnectivity_tree");
        foreach (var root in network.Tree(lowest).Roots)
        {
            Write(json, root);
        }

        json.WriteEndArray();
        json.WriteStartArray("funnels");
        foreach (var funnel in Funnel.Of(network))
        {
            json.WriteStartObject();
            json.WriteNumber("bottom", funnel.Bottom + 1);
            json.WriteStartArray("minima");
            foreach (var m in funnel.Minima)
            {
                json.WriteNumberValue(m + 1);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("band_paths");
        foreach (var path in network.BandPaths)
        {
            json.WriteStartObject();
            json.WriteNumber("from", path.From + 1);
            json.WriteNumber("to", path.To + 1);
            Number(json, "highest", path.Highest);
            json.WriteStartArray("points");
            foreach (var point in path.Points)
            {
                Numbers(json, null, point);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (network.ModeConnectivity is { } modes)
        {
            json.WriteStartObject("mode_connectivity");
            Number(json, "epsilon", modes.Epsilon);
            json.WriteNumber("minima", modes.Count);
            json.WriteNumber("joined", modes.Joined);
            json.WriteStartArray("pairs");
            foreach (var (a, b, rise) in modes.Pairs)
            {
                json.WriteStartObject();
                json.WriteNumber("from", a + 1);
                json.WriteNumber("to", b + 1);
                Number(json, "rise", rise);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (temperature is { } t)
        {
            Number(json, "temperature", t);
            json.WriteStartArray("rates");
            foreach (var rate in RateConstant.Of(network, t))
            {
                json.WriteStartObject();
                json.WriteNumber("from", rate.From + 1);
                json.WriteNumber("to", rate.To + 1);
                json.WriteNumber("transition_state", rate.TransitionState + 1);
                Number(json, "rate", rate.Constant ?? double.NaN);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TransitionState state)
    {
        json.WriteStartObject();
        Number(json, "value", state.Value);
        Minimum(json, "from", state.From);
        Minimum(json, "to", state.To);
        Number(json, "length_from", state.LengthFrom);
        Number(json, "length_to", state.LengthTo);
        json.WriteBoolean("degenerate_rearrangement", state.IsDegenerateRearrangement);
        json.WriteString("unjoined", state.Unjoined);
        Numbers(json, "point", state.Saddle.Point);
        Numbers(json, "eigenvalues", state.Saddle.Eigenvalues);
        Numbers(json, "escape_direction", state.EscapeDirection);
        json.WriteStartArray("path");
        foreach (var point in state.Path)
        {
            json.WriteStartObject();
            Number(json, "arc", point.Arc);
            Number(json, "value", point.Value);
            Numbers(json, "point", point.Point);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DisconnectivityBranch branch)
    {
        json.WriteStartObject();
        json.WriteNumber("minimum", branch.Minimum + 1);
        Number(json, "value", branch.Value);
        if (branch.Parts.Count > 0)
        {
            json.WriteStartArray("parts");
            foreach (var part in branch.Parts)
            {
                Write(json, part);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string KindName(string kind) => string.Concat(kind.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));

    private static void Minimum(Utf8JsonWriter json, string name, int? minimum)
    {
        if (minimum is { } m)
        {
            json.WriteNumber(name, m + 1);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Numbers(Utf8JsonWriter json, string? name, IReadOnlyList<double> values)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (var value in values)
        {
            Value(json, value);
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Value(json, value);
    }

    private static void Value(Utf8JsonWriter json, double value)
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
}
