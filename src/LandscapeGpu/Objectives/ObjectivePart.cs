namespace LandscapeGpu.Objectives;

/// <summary>Coordinates that belong together, such as the weights of one layer of a network.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Coordinates">Which, from 0 on.</param>
public sealed record ObjectivePart(string Name, IReadOnlyList<int> Coordinates);
