using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>What `landscape explore rastrigin --dimension 3` does.</summary>
internal static class WholeSurvey
{
    public static SurveyResult Run(int restarts) => Survey.Run(Catalogue.Find("rastrigin").Create(3), new SurveyOptions { Restarts = restarts });
}
