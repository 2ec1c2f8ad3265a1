using ScottPlot;
using SkiaSharp;

namespace LandscapeGpu.Pictures.Drawing;

/// <summary>The typeface of pictures: plain, and one that has the letters of mathematics.</summary>
internal static class Lettering
{
    // The plain faces of the systems; the last is what most free systems have.
    private static readonly string[] Plain = ["Segoe UI", "Helvetica Neue", "DejaVu Sans", "Noto Sans", "Liberation Sans", "Arial"];

    private const string Mathematics = "xλμ∇‖₁²√−";

    /// <summary>Its name; what the system offers for such letters where none of the plain faces is there.</summary>
    public static string Name { get; } = Array.Find(Plain, IsThere) ?? Fonts.Detect(Mathematics);

    private static bool IsThere(string name) => SKFontManager.Default.FontFamilies.Contains(name);
}
