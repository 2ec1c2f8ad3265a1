namespace LandscapeGpu.Objectives;

/// <summary>What the literature says about an objective's minima, for tests and for the reader.</summary>
public sealed record KnownMinima
{
    /// <summary>How many distinct local minima there are in the domain, up to the declared symmetry; null if not known.</summary>
    public long? Count { get; init; }

    /// <summary>The value at the global minimum; null if not known.</summary>
    public double? GlobalValue { get; init; }

    /// <summary>How far the published value may be from the true one, by the digits printed.</summary>
    public double ValueError { get; init; } = 1e-6;

    /// <summary>Published positions of local minima, to the digits printed.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Points { get; init; } = [];

    /// <summary>The point the data were made from, such as the true weights; null where there is none. It need not be a minimum.</summary>
    public IReadOnlyList<double>? Planted { get; init; }

    /// <summary>R of the ball ‖x‖ ≤ R that theory's constants are about; null where they are about the whole region.</summary>
    public double? Radius { get; init; }

    /// <summary>How far a published coordinate may be from the true one.</summary>
    public double PointError { get; init; } = 1e-4;
}
