using System.Text.Json.Nodes;
using LandscapeGpu.Pathways;

namespace LandscapeGpu.Reporting;

/// <summary>What chains of hops found, in words, as a table and as JSON.</summary>
public static class HoppingText
{
    /// <summary>The whole report as plain text.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="rows">The most rows.</param>
    public static string Report(BasinHoppingResult result, int rows = SurveyText.DefaultRows) => $"{Heading(result)}\n\n{Table(result, rows)}\n{string.Join('\n', Notes(result))}\n";

    /// <summary>What was run, in one line.</summary>
    public static string Heading(BasinHoppingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return $"{result.Objective.Name}: {NumberText.Count(result.Objective.Dimension, "coordinate", "coordinates")}, {result.Objective.Region.Describe(result.Objective.Dimension)}; "
            + $"basin hopping, {NumberText.Count(result.Options.Chains, "chain", "chains")} of {NumberText.Count(result.Options.Hops, "hop", "hops")}, seed {result.Options.Survey.Seed}, starts {(result.Options.Survey.Starts ?? result.Objective.ShownStarts).Describe()}, T = {NumberText.Of(result.Temperature, 4)}";
    }

    /// <summary>The minima, lowest first.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="rows">The most rows.</param>
    public static Table Table(BasinHoppingResult result, int rows)
    {
        ArgumentNullException.ThrowIfNull(result);
        var digits = TellingDigits.Beside(9, 6, result.Minima);
        return new(
            $"Minima{(result.Minima.Count > rows ? $" (the lowest {rows} of {NumberText.Of(result.Minima.Count)})" : "")}:",
            [new("#"), new("value"), new("hops that ended here"), new(SurveyTables.Place(result.Objective.Names), false, GivesWay: 1, GoesBelow: true)],
            [.. result.Minima.Take(rows).Select((m, k) => (IReadOnlyList<string>)[$"{k + 1}", NumberText.Of(m.ShownValue, digits), NumberText.Of(m.Count), NumberText.Point(m.Point)])]);
    }

    /// <summary>How the chains did, and what their counts are not.</summary>
    public static IEnumerable<string> Notes(BasinHoppingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        int[] hits = [.. result.HopsToLowest.OfType<int>().Order()];
        yield return $"{NumberText.Of(hits.Length)} of {NumberText.Count(result.Options.Chains, "chain", "chains")} came to {(result.Lowest == 1 ? "the lowest minimum" : $"one of the {NumberText.Of(result.Lowest)} minima of the lowest value")}{(hits.Length > 0 ? $", half of these within {NumberText.Count(hits[hits.Length / 2], "hop", "hops")}" : "")}; {NumberText.Percent(result.Accepted)} of hops were accepted.";
        yield return "Counts are no basin shares: hops begin at minima that chains have come to, and say nothing of how large basins are, nor of how many minima are unseen.";
        if (result.Stopped)
        {
            yield return FormattableString.Invariant($"Stopped early: {result.Quenches:N0} of {(result.Options.Hops + 1L) * result.Options.Chains:N0} quenches were made.");
        }

        if (result.Lost > 0)
        {
            yield return $"{NumberText.Count(result.Lost, "hop", "hops")} came to no stationary point; the chain stayed where it was{(result.MayLoseKinks ? $". There may be lower minima than these: {BasinHopping.AtKinks}" : ".")}";
        }

        yield return $"{NumberText.Count(result.Quenches, "quench", "quenches")} in {NumberText.Seconds(result.Seconds)}.";
    }

    /// <summary>The result as a JSON text.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="origin">Where it comes from; null where there is no more to say than the result does.</param>
    public static string Json(BasinHoppingResult result, RunOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var record = JsonRecord.Head(origin, "hop", result.Objective, result.Options.Survey.Starts);
        record["chains"] = result.Options.Chains;
        record["hops"] = result.Options.Hops;
        record["seed"] = result.Options.Survey.Seed;
        record["temperature"] = JsonText.Number(result.Temperature);
        record["accepted"] = JsonText.Number(result.Accepted);
        record["quenches"] = result.Quenches;
        record["lost"] = result.Lost;
        record["stopped"] = result.Stopped;
        record["seconds"] = JsonText.Number(result.Seconds);
        record["minima"] = new JsonArray([.. result.Minima.Select(m => (JsonNode)new JsonObject
        {
            ["value"] = JsonText.Number(m.Value),
            ["hops_that_ended_here"] = m.Count,
            ["point"] = new JsonArray([.. m.Point.Select(x => JsonText.Number(x))]),
            ["eigenvalues"] = new JsonArray([.. m.Eigenvalues.Select(x => JsonText.Number(x))]),
        })]);
        record["lowest_of_chains"] = new JsonArray([.. result.LowestOfChains.Select(v => JsonText.Number(v))]);
        record["hops_to_lowest"] = new JsonArray([.. result.HopsToLowest.Select(h => (JsonNode?)h)]);
        record["warnings"] = JsonRecord.Warnings(result.Warnings);
        return JsonText.Of(record);
    }
}
