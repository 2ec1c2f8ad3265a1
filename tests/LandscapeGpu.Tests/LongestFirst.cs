using LandscapeGpu.Tests.Documentation;
using LandscapeGpu.Tests.Surveys;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("LandscapeGpu.Tests.LongestFirst", "LandscapeGpu.Tests")]

namespace LandscapeGpu.Tests;

/// <summary>Begins with the classes that take longest, so that in the end no core waits for one of them.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // Those of ILGPU by what they are called: they are there only where it is.
    private static readonly string[] Longest =
    [
        nameof(Packaging.Feed), nameof(EvidencePageTests), "CatalogueParityOfSurveysTests", nameof(RegionMatrixOfEvidenceTests), "IlgpuTests", nameof(UnitInvarianceTests), "PtxTests",
        nameof(Devices.KernelParityOfSurveysTests), "CatalogueParityTests", nameof(Expressions.DeepFormulaTests), nameof(Cli.EveryFamilyTests), nameof(Pictures.ReportTests), nameof(ProblemPagesTests),
        "WarpTests", nameof(Cli.WidthTests), nameof(Pathways.BandTests), nameof(ClaimsPageTests),
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(c => Array.FindIndex(Longest, name => c.DisplayName.Split('.', ' ')[^1] == name) is >= 0 and var place ? place : Longest.Length);
}
