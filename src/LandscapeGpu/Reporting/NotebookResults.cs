using LandscapeGpu.Evidence;
using LandscapeGpu.Pathways;

namespace LandscapeGpu.Reporting;

/// <summary>Results as notebooks show them without pictures; they are looked up by name from below.</summary>
public static class NotebookResults
{
    // Of a cell's output: the whole list is in the result itself.
    private const int Rows = 10;

    /// <summary>The heading, tables and sentences of a result as HTML.</summary>
    /// <param name="result">A survey, comparison, sweep, verification, network, hopping or descent.</param>
    public static string Html(object result)
    {
        var (heading, tables, sentences) = Parts(result);
        return $"<p><b>{HtmlText.Escape(heading)}</b></p>\n{string.Concat(tables.Select(HtmlText.Of))}{string.Concat(sentences.Select(s => $"<p>{HtmlText.Escape(s)}</p>\n"))}";
    }

    /// <summary>The same as text.</summary>
    /// <param name="result">A survey, comparison, sweep, verification, network, hopping or descent.</param>
    public static string Text(object result)
    {
        var (heading, tables, sentences) = Parts(result);
        return string.Join('\n', new[] { heading, "" }.Concat(tables.Select(t => t.ToString())).Concat(sentences));
    }

    private static (string Heading, IReadOnlyList<Table> Tables, IReadOnlyList<string> Sentences) Parts(object result) => result switch
    {
        SurveyResult survey => (SurveyText.Heading(survey), [.. SurveyText.Tables(survey, Rows)], [.. SurveyText.Notes(survey)]),
        Comparison comparison => (comparison.Sentence, [EvidenceTables.Of(comparison), .. EvidenceTables.Scores(comparison)], [comparison.Sampling + "."]),
        Sweep sweep => (sweep.Sentence, [EvidenceTables.Of(sweep)], [sweep.Sampling + "."]),
        Verification verification => (SurveyText.Heading(verification.Survey), [], verification.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)),
        TransitionNetwork network => (PathwaysText.Heading(network), [.. PathwaysText.Tables(network, Rows)], [.. PathwaysText.Notes(network)]),
        BasinHoppingResult hopping => (HoppingText.Heading(hopping), [HoppingText.Table(hopping, Rows)], [.. HoppingText.Notes(hopping)]),
        Trajectory trajectory => ($"{trajectory.Objective.Name}: {trajectory.Rule}", [TrajectoryTables.Of([trajectory])], []),
        _ => (result.ToString() ?? "", [], []),
    };
}
