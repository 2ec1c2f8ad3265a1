using LandscapeGpu.Objectives;

namespace LandscapeGpu.Surveys;

/// <summary>Explores a landscape: starts, descent, polish, identity, spectra, coverage.</summary>
public static class Survey
{
    /// <summary>Runs the whole pipeline.</summary>
    /// <param name="objective">What to explore.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told how far it is, from any thread.</param>
    /// <param name="cancellation">Stops descent early: what was found so far is polished, identified and returned.</param>
    /// <exception cref="ArgumentException">Options contradict each other or the objective.</exception>
    public static SurveyResult Run(Objective objective, SurveyOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();
}
