namespace LandscapeGpu.Compilation;

/// <summary>What a program was written from.</summary>
/// <param name="State">The arrays of state that the caller knows, in the order of memory.</param>
/// <param name="Inputs">Where the vectors that are read from state are kept.</param>
/// <param name="Outputs">What is computed.</param>
/// <param name="Varying">The array that changes from one run to the next while all others stay, as a vector that many products with a Hessian are made with; null for none.</param>
internal sealed record Formulas(IReadOnlyList<ProgramArray> State, IReadOnlyDictionary<Vector, Storage> Inputs, IReadOnlyList<Output> Outputs, ProgramArray? Varying = null);
