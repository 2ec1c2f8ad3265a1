namespace LandscapeGpu.Pictures.Spectra;

/// <summary>Eigenvalues of a network's tangent kernel at the start and the end of training.</summary>
public static class KernelFigure
{
    /// <summary>Both spectra.</summary>
    /// <param name="kernel">The kernel along one descent.</param>
    public static Figure Of(TangentKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        (string Name, IReadOnlyList<double> Eigenvalues)[] spectra = [("at the start", SpectraFigure.Rounded(kernel.Start)), ("at the end", SpectraFigure.Rounded(kernel.End))];
        return new("tangent-kernel", $"Tangent kernel: it changed by {Percent(kernel.Change)} while the parameters moved by {Percent(kernel.Travelled)}: {(kernel.IsLazy ? "lazy" : "not lazy")} training, rank {kernel.Rank} of {kernel.Start.Count}",
            [new("", new("number of the eigenvalue, ascending") { IsWhole = true }, SpectraFigure.Eigenvalue([.. spectra.SelectMany(s => s.Eigenvalues)], "eigenvalue of K = JJᵀ"), [.. SpectraFigure.Overlaid(spectra)])]);
    }
}
