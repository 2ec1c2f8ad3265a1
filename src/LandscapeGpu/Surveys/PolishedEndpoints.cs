using LandscapeGpu.Minima;

namespace LandscapeGpu.Surveys;

/// <summary>Polished endpoints as they are kept for identification.</summary>
internal sealed record PolishedEndpoints(StoredEndpoints Points);
