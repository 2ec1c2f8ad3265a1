using System.Text.Json.Nodes;

namespace LandscapeGpu.Reporting;

/// <summary>Spectra of a model as a table, and as JSON.</summary>
internal static class ModelSpectraText
{
    public static Table Table(ModelSpectra spectra) => new(
        "Spectra of the model at the lowest minimum, by products",
        [new("matrix", IsNumber: false), new("rows"), new("λmin"), new("λmax"), new("trace"), new("rank (tr²/‖·‖²)"), .. OperatorSpectrum.Levels.Select((l, k) => new Column($"> {NumberText.Of(l)} λmax", GivesWay: 3 - k)), new("below 0", GivesWay: 4)],
        [.. spectra.All.Select(s => Row(s.Name, s.Spectrum))])
    {
        Note = $"  Ends by Lanczos' method; the others are estimates from {NumberText.Count(spectra.Options.Probes, "random vector", "random vectors")} of {spectra.Options.Steps} products, ± one standard error. Gauss–Newton: JᵀHJ of the loss alone, without a penalty; tangent kernel: JJᵀ.",
    };

    public static JsonObject Json(ModelSpectra spectra) => new(
        spectra.All.Select(s => KeyValuePair.Create(s.Name.ToLowerInvariant().Replace('–', '_').Replace(' ', '_'), (JsonNode?)Json(s.Spectrum)))
            .Prepend(KeyValuePair.Create("steps", (JsonNode?)spectra.Options.Steps)).Prepend(KeyValuePair.Create("probes", (JsonNode?)spectra.Options.Probes)));

    private static string[] Row(string name, OperatorSpectrum s) =>
    [
        name, NumberText.Of(s.Rows), Lowest(s), NumberText.Of(s.Highest[0], 4), Estimate(s.Trace), NumberText.Of(s.EffectiveRank, 3),
        .. OperatorSpectrum.Levels.Select(l => Above(s, l)), s.Lowest >= 0 ? "0" : Estimate(s.CountBelow(-s.LowestResidual - double.Epsilon)),
    ];

    /// <summary>The lowest eigenvalue; where Lanczos' method did not come to it, what it is at most.</summary>
    private static string Lowest(OperatorSpectrum s) =>
        $"{(s.IsLowestFound ? "" : "≤ ")}{NumberText.Of(s.Lowest, 4)}";

    private static string Above(OperatorSpectrum s, double level) => Estimate(s.CountAbove(level * s.Highest[0]));

    private static string Estimate(TraceEstimate estimate) => double.IsFinite(estimate.StandardError)
        ? $"{NumberText.Of(estimate.Value, 3)} ± {NumberText.Of(estimate.StandardError, 2)}"
        : NumberText.Of(estimate.Value, 3);

    private static JsonObject Json(OperatorSpectrum s) => new()
    {
        ["rows"] = s.Rows,
        ["lowest"] = JsonText.Number(s.Lowest),
        ["lowest_residual"] = JsonText.Number(s.LowestResidual),
        ["highest"] = JsonText.Numbers(s.Highest),
        ["highest_residuals"] = JsonText.Numbers(s.HighestResiduals),
        ["trace"] = JsonText.Number(s.Trace.Value),
        ["trace_error"] = JsonText.Number(s.Trace.StandardError),
        ["effective_rank"] = JsonText.Number(s.EffectiveRank),
        ["operator_rows"] = s.OperatorRows,
        ["density"] = new JsonArray([.. s.Density.Masses.Select(m => (JsonNode)JsonText.Numbers([m.Eigenvalue, m.Weight]))]),
    };
}
