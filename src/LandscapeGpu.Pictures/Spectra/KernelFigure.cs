using LandscapeGpu.Evidence;

namespace LandscapeGpu.Pictures.Spectra;

/// <summary>Eigenvalues of a network's tangent kernel at the start and the end of training.</summary>
public static class KernelFigure
{
    /// <summary>Both spectra.</summary>
    /// <param name="kernel">The kernel along one descent.</param>
    public static Figure Of(TangentKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        // What rounding makes of zero has no place on a logarithmic axis.
        var isLogarithmic = kernel.Start.Concat(kernel.End).Where(e => e > 0).ToList() is { Count: > 0 } positive && positive.Max() > 50 * positive.Min();
        (string Name, IReadOnlyList<double> Eigenvalues)[] spectra = [("at the start", kernel.Start), ("at the end", kernel.End)];
        return new("tangent-kernel", $"Tangent kernel: it changed by {Percent(kernel.Change)} while the parameters moved by {Percent(kernel.Travelled)}: {(kernel.IsLazy ? "lazy" : "not lazy")} training, rank {kernel.Rank} of {kernel.Start.Count}",
            [new("", new("number of the eigenvalue, ascending") { IsWhole = true }, new("eigenvalue of K = JJᵀ") { IsLogarithmic = isLogarithmic }, [.. SpectraFigure.Overlaid(spectra)])]);
    }
}
