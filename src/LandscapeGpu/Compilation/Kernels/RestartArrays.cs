namespace LandscapeGpu.Compilation;

/// <summary>The arrays of a step that matter between steps.</summary>
/// <param name="X">The point.</param>
/// <param name="Status">How the restart stands; 0 when it begins.</param>
/// <param name="Steps">How many steps it has made; one of the slots.</param>
/// <param name="Slots">What else is kept, and what it holds when a restart begins.</param>
/// <param name="HasNoise">Whether noise is drawn before every step.</param>
/// <param name="HasBatch">Whether a batch of samples is.</param>
internal sealed record RestartArrays(
    ProgramArray X, ProgramArray Status, ProgramArray Steps, IReadOnlyList<(ProgramArray Array, double Initial)> Slots, bool HasNoise, bool HasBatch);
