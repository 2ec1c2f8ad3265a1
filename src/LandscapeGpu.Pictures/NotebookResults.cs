using LandscapeGpu.Pathways;

namespace LandscapeGpu.Pictures;

/// <summary>Results as notebooks show them: tables, and the picture that shows most; they are looked up by name from the library.</summary>
public static class NotebookResults
{
    /// <summary>The result as HTML.</summary>
    /// <param name="result">A survey, comparison, sweep, verification, network, hopping or descent.</param>
    public static string Html(object result) => Reporting.NotebookResults.Html(result) + Figure(result)?.Svg();

    /// <summary>The result as text.</summary>
    /// <param name="result">A survey, comparison, sweep, verification, network, hopping or descent.</param>
    public static string Text(object result) => Reporting.NotebookResults.Text(result);

    private static Figure? Figure(object result) => result switch
    {
        SurveyResult survey => survey.Figure(),
        Comparison comparison => comparison.Figure(),
        Sweep { Rows.Count: > 0 } sweep => sweep.Figure(),
        Verification verification => verification.Figure(),
        TransitionNetwork { Minima.Count: > 0 } network => network.Figure(),
        Trajectory trajectory => new[] { trajectory }.Figure(),
        _ => null,
    };
}
