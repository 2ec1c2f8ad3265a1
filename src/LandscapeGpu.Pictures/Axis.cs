namespace LandscapeGpu.Pictures;

/// <summary>An axis of a panel.</summary>
/// <param name="Label">What it measures, with symbol and unit, such as "gradient norm ‖∇f‖".</param>
public sealed record Axis(string Label)
{
    /// <summary>Whether it is logarithmic; what is not above 0 is then left out, unless <see cref="Zero"/> says where it stands.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>On a logarithmic axis the place of 0 and of what rounding makes of 0, marked as 0; null where there is none.</summary>
    public double? Zero { get; init; }

    /// <summary>Differences up to this are rounding, and are not drawn as if they were something.</summary>
    public double Resolution { get; init; }

    /// <summary>Where it begins; null for where the series begin.</summary>
    public double? Low { get; init; }

    /// <summary>Where it ends; null for where the series end.</summary>
    public double? High { get; init; }

    /// <summary>Names of the whole numbers 0, 1, …, where it counts things; null where it measures.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Whether all that it measures is a whole number.</summary>
    public bool IsWhole { get; init; }
}
