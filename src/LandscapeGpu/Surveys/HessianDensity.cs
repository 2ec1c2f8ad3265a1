using Microsoft.Extensions.Logging;

namespace LandscapeGpu.Surveys;

/// <summary>How the eigenvalues of the Hessian are distributed, at many points at once: where there are too many coordinates to form it.</summary>
/// <remarks>Stochastic Lanczos quadrature (<see cref="SpectralDensity"/>); a device that runs kernels does all points and all vectors side by side.</remarks>
public sealed record HessianDensity
{
    /// <summary>What computes: as <see cref="DeviceCatalogue.Choose"/> understands it; null for its default.</summary>
    public string? Device { get; init; }

    /// <summary>How many random vectors for each point.</summary>
    public int Probes { get; init; } = 10;

    /// <summary>m, the products made for each vector; at most d are of use.</summary>
    public int Steps { get; init; } = 60;

    /// <summary>The same seed gives the same estimate.</summary>
    public ulong Seed { get; init; }

    /// <summary>Told of what went wrong without stopping it, such as a device that failed; null for nobody.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Estimates the densities.</summary>
    /// <param name="objective">Whose Hessians are meant.</param>
    /// <param name="points">Where; d coordinates each.</param>
    /// <returns>A density for each point, in their order.</returns>
    /// <exception cref="ArgumentException">A point has another length, the objective is on a surface, or there is no such device.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public IReadOnlyList<SpectralDensity> At(Objective objective, IReadOnlyList<IReadOnlyList<double>> points)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(Probes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        if (objective.Surface is { } surface)
        {
            throw new ArgumentException($"{objective.Name} is on {surface.Describe(objective.Dimension)}, where random vectors would have to be tangent; densities are estimated away from surfaces, and surveys give whole spectra on it.");
        }

        if (points.FirstOrDefault(p => p.Count != objective.Dimension) is { } other)
        {
            throw new ArgumentException($"A point has {other.Count} coordinates; {objective.Name} has {objective.Dimension}.");
        }

        if (points.Count == 0)
        {
            return [];
        }

        var device = FallbackDevice.Choose(Device);
        var densities = device.Differentiate(objective).Densities([.. points.Select(p => p.ToArray())], Probes, Steps, Seed)!;
        Warning.Logged(Warning.Of(device), Logger);
        return densities;
    }
}
