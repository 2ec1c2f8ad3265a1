namespace LandscapeGpu.RunFiles;

/// <summary>Which stationary point a restart came to, by the last result of a run file.</summary>
/// <param name="List">
/// minima, boundary, kink or stationary; none where it ended at no such point; unlisted where its point is beyond those that are told apart, which are the
/// lowest; unknown where there is no result yet that this restart is part of.
/// </param>
/// <param name="Number">The point's number in that list, from 1; else 0.</param>
public readonly record struct Arrival(string List, int Number);
