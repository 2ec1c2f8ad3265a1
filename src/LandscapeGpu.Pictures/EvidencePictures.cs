using LandscapeGpu.Pictures.Evidence;
using LandscapeGpu.Pictures.Spectra;

namespace LandscapeGpu.Pictures;

/// <summary>Pictures of evidence, in one line: <c>Verification.Of(objective).Figures()</c>.</summary>
public static class EvidencePictures
{
    /// <summary>The sweep's curves.</summary>
    /// <param name="sweep">The sweep.</param>
    public static Figure Figure(this Sweep sweep) => SweepFigure.Of(sweep);

    /// <summary>How often each way to descend reaches the global value, and its cost.</summary>
    /// <param name="comparison">The comparison.</param>
    public static Figure Figure(this Comparison comparison) => ComparisonFigure.Of(comparison);

    /// <summary>The comparison, and the fans of its descents.</summary>
    /// <param name="comparison">The comparison.</param>
    public static IReadOnlyList<Figure> Figures(this Comparison comparison) => [ComparisonFigure.Of(comparison), ComparisonFigure.Fans(comparison)];

    /// <summary>Both spectra of the kernel.</summary>
    /// <param name="kernel">The kernel along one descent.</param>
    public static Figure Figure(this TangentKernel kernel) => KernelFigure.Of(kernel);

    /// <summary>The picture that shows most: the strict-saddle property; the survey's, where the rest was not done.</summary>
    /// <param name="verification">The findings.</param>
    public static Figure Figure(this Verification verification) => verification.Figures() is [var first, ..] ? first : verification.Survey.Figure();

    /// <summary>All that apply: strict saddles, the Polyak–Łojasiewicz condition, the rate, spectra of saddles, the tangent kernel.</summary>
    /// <param name="verification">The findings.</param>
    public static IReadOnlyList<Figure> Figures(this Verification verification)
    {
        ArgumentNullException.ThrowIfNull(verification);
        var hasSaddles = verification.Saddles is { } saddles && saddles.Points.Any(p => p.HasIndex && p.Eigenvalues.Count > 0 && p.Eigenvalues.All(double.IsFinite));
        Figure?[] all =
        [
            verification.StrictSaddle is { } strict ? StrictSaddleFigure.Of(strict) : null,
            verification.Conditions is { } conditions ? GrowthFigure.Of(conditions) : null,
            verification.Rate is { Steps: > 0 } rate ? GrowthFigure.Of(rate) : null,
            hasSaddles ? SpectraFigure.Of(verification.Saddles!) : null,
            verification.TangentKernel is { } kernel ? KernelFigure.Of(kernel) : null,
        ];
        return [.. all.OfType<Figure>()];
    }
}
