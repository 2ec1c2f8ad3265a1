using LandscapeGpu.Execution;

namespace LandscapeGpu.Polish;

/// <summary>Starts to walk from, where each walk's end is written, and who hands them out.</summary>
/// <param name="Starts">count × d coordinates.</param>
/// <param name="Result">As many ends.</param>
/// <param name="Queue">Hands out the numbers of starts.</param>
internal sealed record WalkItems(ReadOnlyMemory<double> Starts, PolishedSet Result, RestartQueue Queue);
