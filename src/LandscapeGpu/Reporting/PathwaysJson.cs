using System.Text.Json.Nodes;
using LandscapeGpu.Pathways;

namespace LandscapeGpu.Reporting;

/// <summary>A graph of minima and transition states as JSON: numbers in full, those that are not finite as null.</summary>
public static class PathwaysJson
{
    /// <summary>The graph as a JSON text; minima and transition states are numbered from 1, as in the tables.</summary>
    /// <param name="network">The graph.</param>
    /// <param name="temperature">Of rate constants; null for none.</param>
    /// <param name="origin">Where it comes from; null where there is no more to say than the result does.</param>
    public static string Write(TransitionNetwork network, double? temperature = null, RunOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var record = JsonRecord.Head(origin, "connect", network.Objective, network.Options.Survey.Starts);
        var lowest = Math.Min(network.Options.Lowest, network.Minima.Count);
        var barriers = network.Barriers(lowest);
        record["exploration"] = network.Exploration;
        record["seed"] = network.Options.Survey.Seed;
        record["climbs"] = network.Climbs;
        record["not_set_out_from"] = network.NotSetOutFrom;
        record["bands"] = network.Bands;
        record["bands_without_maximum"] = network.BandsWithoutMaximum;
        record["outside"] = network.Outside;
        record["higher_or_degenerate"] = network.HigherSaddles;
        record["not_crossed"] = network.NotCrossed;
        record["coverage"] = JsonText.Number(network.Coverage.GoodTuring);
        record["chao1"] = JsonText.Number(network.Coverage.Chao1);
        record["stopped"] = network.Stopped;
        record["gradient_evaluations"] = network.GradientEvaluations;
        record["seconds"] = JsonText.Number(network.Seconds);
        record["minima"] = JsonText.List(network.Minima, m => new JsonObject
        {
            ["value"] = JsonText.Number(m.Value),
            ["kind"] = JsonText.Snake(m.Kind),
            ["point"] = JsonText.Numbers(m.Point),
            ["eigenvalues"] = JsonText.Numbers(m.Eigenvalues),
        });
        record["transition_states"] = JsonText.List(network.TransitionStates, Of);
        record["barriers"] = JsonText.List(Enumerable.Range(0, lowest), a => JsonText.Numbers(Enumerable.Range(0, lowest).Select(b => barriers[a, b])));
        record["disconnectivity_tree"] = JsonText.List(network.Tree(lowest).Roots, Of);
        record["funnels"] = JsonText.List(Funnel.Of(network), f => new JsonObject { ["bottom"] = f.Bottom + 1, ["minima"] = JsonText.List(f.Minima, m => m + 1) });
        record["band_paths"] = JsonText.List(network.BandPaths, p => new JsonObject
        {
            ["from"] = p.From + 1,
            ["to"] = p.To + 1,
            ["highest"] = JsonText.Number(p.Highest),
            ["points"] = JsonText.List(p.Points, JsonText.Numbers),
        });
        if (network.ModeConnectivity is { } modes)
        {
            record["mode_connectivity"] = new JsonObject
            {
                ["epsilon"] = JsonText.Number(modes.Epsilon),
                ["minima"] = modes.Count,
                ["joined"] = modes.Joined,
                ["pairs"] = JsonText.List(modes.Pairs, p => new JsonObject { ["from"] = p.A + 1, ["to"] = p.B + 1, ["rise"] = JsonText.Number(p.Rise) }),
            };
        }

        if (temperature is { } t)
        {
            record["temperature"] = JsonText.Number(t);
            record["rates"] = JsonText.List(RateConstant.Of(network, t), r => new JsonObject
            {
                ["from"] = r.From + 1,
                ["to"] = r.To + 1,
                ["transition_state"] = r.TransitionState + 1,
                ["rate"] = JsonText.Number(r.Constant),
            });
        }

        record["warnings"] = JsonRecord.Warnings(network.Warnings);
        return JsonText.Of(record);
    }

    private static JsonObject Of(TransitionState state) => new()
    {
        ["value"] = JsonText.Number(state.Value),
        ["from"] = state.From + 1,
        ["to"] = state.To + 1,
        ["length_from"] = JsonText.Number(state.LengthFrom),
        ["length_to"] = JsonText.Number(state.LengthTo),
        ["degenerate_rearrangement"] = state.IsDegenerateRearrangement,
        ["unjoined"] = state.Unjoined,
        ["point"] = JsonText.Numbers(state.Saddle.Point),
        ["eigenvalues"] = JsonText.Numbers(state.Saddle.Eigenvalues),
        ["escape_direction"] = JsonText.Numbers(state.EscapeDirection),
        ["path"] = JsonText.List(state.Path, p => new JsonObject { ["arc"] = JsonText.Number(p.Arc), ["value"] = JsonText.Number(p.Value), ["point"] = JsonText.Numbers(p.Point) }),
    };

    private static JsonObject Of(DisconnectivityBranch branch)
    {
        var made = new JsonObject { ["minimum"] = branch.Minimum + 1, ["value"] = JsonText.Number(branch.Value) };
        if (branch.Parts.Count > 0)
        {
            made["parts"] = JsonText.List(branch.Parts, Of);
        }

        return made;
    }
}
