namespace LandscapeGpu.Pictures;

/// <summary>An axis of a panel.</summary>
/// <param name="Label">What it measures, with symbol and unit, such as "gradient norm ‖∇f‖".</param>
public sealed record Axis(string Label)
{
    /// <summary>Whether it is logarithmic; what is not above 0 is then left out.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Where it begins; null for where the series begin.</summary>
    public double? Low { get; init; }

    /// <summary>Where it ends; null for where the series end.</summary>
    public double? High { get; init; }

    /// <summary>Names of the whole numbers 0, 1, …, where it counts things; null where it measures.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Whether all that it measures is a whole number.</summary>
    public bool IsWhole { get; init; }
}
