using LandscapeGpu.Pictures.Spectra;
using LandscapeGpu.Pictures.Surveys;

namespace LandscapeGpu.Pictures;

/// <summary>Pictures of a survey, in one line: <c>result.Figure().Save("map.svg")</c>.</summary>
public static class SurveyPictures
{
    /// <summary>The picture that shows most: the graph of one coordinate, the map of two, else the minima by value.</summary>
    /// <param name="result">The survey.</param>
    public static Figure Figure(this SurveyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Objective.Dimension == 1 ? LineLandscape.Of(result)
            : ContourMap.IsFor(result.Objective) ? ContourMap.Of(result, Saddles(result))
            : MinimaFigure.Of(result);
    }

    /// <summary>All pictures that apply, the one that shows most first.</summary>
    /// <param name="result">The survey.</param>
    public static IReadOnlyList<Figure> Figures(this SurveyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Figure?[] all =
        [
            result.Figure(),
            MinimaFigure.Of(result),
            Waterfall.Of(result),
            result.AllMinima.Any() && result.Objective.Dimension > 1 ? ParameterPlot.Of(result) : null,
            result.AllMinima.Any(m => m.Eigenvalues.Count > 0 && m.Eigenvalues.All(double.IsFinite)) ? SpectraFigure.Of(result) : null,
            result.AllMinima.Any() && result.Objective.Dimension > 2 && SliceFigure.IsFor(result.Objective) ? SliceFigure.Of(result) : null,
            result.AllMinima.Any() && result.Objective.Model is not null && result.Objective.Dimension > 2 && SliceFigure.IsFor(result.Objective) ? SliceFigure.OfWeights(result) : null,
            result is { AtMinima: > 0, Unlisted: 0 } ? CoverageFigure.Of(result) : null,
        ];
        return [.. all.OfType<Figure>().DistinctBy(f => f.Name)];
    }

    private static SaddleSearchResult? Saddles(SurveyResult result)
    {
        // A map shows what lies between minima; restarts end there hardly ever.
        const int Least = 500, OfEachMinimum = 20, Most = 5_000;
        var starts = Math.Clamp(OfEachMinimum * result.AllMinima.Count(), Least, Most);
        return SaddleSearch.Run(result.Objective, new() { Starts = starts, Seed = result.Options.Seed, Threads = result.Options.Threads });
    }
}
