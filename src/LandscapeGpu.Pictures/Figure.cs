using System.Text;
using LandscapeGpu.Notebooks;
using LandscapeGpu.Pictures.Drawing;

namespace LandscapeGpu.Pictures;

/// <summary>A picture: panels of axes and series, and a title that says what they show.</summary>
/// <remarks>
/// It is plain data until it is drawn. Files are drawn by ScottPlot; SVG and PDF hold lines and text, not pixels.
/// In notebooks it shows itself; elsewhere <see cref="ToString"/> describes it in words.
/// </remarks>
/// <param name="Name">A short name, fit for a file: minima, waterfall.</param>
/// <param name="Title">The finding.</param>
/// <param name="Panels">What is drawn, row by row.</param>
[TypeFormatterSource(typeof(FigureFormatters))]
public sealed record Figure(string Name, string Title, IReadOnlyList<Panel> Panels)
{
    /// <summary>How many panels stand side by side.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>The width in pixels.</summary>
    public int Width { get; init; } = 860;

    /// <summary>The height of a row of panels in pixels, without the legends below them.</summary>
    public int RowHeight { get; init; } = 440;

    /// <summary>The endings of files that <see cref="Save"/> writes.</summary>
    public static IReadOnlyList<string> Formats { get; } = [".svg", ".png", ".pdf"];

    /// <summary>Writes the picture to a file; the ending says how: .svg, .png or .pdf.</summary>
    /// <param name="path">The file.</param>
    /// <param name="theme">Colours of paper and writing; null for dark on white.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">The ending is none of these.</exception>
    public Figure Save(string path, Theme? theme = null)
    {
        File.WriteAllBytes(path, Bytes(Path.GetExtension(path), theme));
        return this;
    }

    /// <summary>The picture as the bytes of a file.</summary>
    /// <param name="format">.svg, .png or .pdf.</param>
    /// <param name="theme">Colours of paper and writing; null for dark on white.</param>
    /// <exception cref="ArgumentException">The format is none of these.</exception>
    public byte[] Bytes(string format, Theme? theme = null)
    {
        Require(format);
        return FigureDrawing.Of(this, theme ?? Theme.Light, drawing => format.ToUpperInvariant() switch
        {
            ".SVG" => Encoding.UTF8.GetBytes(drawing.Svg()),
            ".PNG" => drawing.Png(),
            _ => drawing.Pdf(),
        });
    }

    /// <summary>The picture as SVG, with its title and description for those who cannot see it.</summary>
    /// <param name="theme">Colours of paper and writing; null for dark on white.</param>
    public string Svg(Theme? theme = null) => FigureDrawing.Of(this, theme ?? Theme.Light, drawing => drawing.Svg());

    /// <exception cref="ArgumentException">There are no files of this format.</exception>
    public static void Require(string format)
    {
        if (!Formats.Contains(format, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"A picture was to be written as {(string.IsNullOrEmpty(format) ? "a file without an ending" : format)}; it can be {string.Join(", ", Formats)}.");
        }
    }

    /// <summary>What it shows, in words: the title, and of each panel the axes and series.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Title);
        foreach (var panel in Panels)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{(panel.Title.Length == 0 ? "" : panel.Title + ": ")}{Describe(panel.Y)} against {Describe(panel.X)}");
            foreach (var series in panel.Series.Where(s => s.Name.Length > 0))
            {
                text.Append(CultureInfo.InvariantCulture, $"\n  {series.Name} ({series.Count} {series.GetType().Name.ToLowerInvariant()})");
            }
        }

        return text.ToString();
    }

    private static string Describe(Axis axis) => $"{axis.Label}{(axis.IsLogarithmic ? " (logarithmic)" : "")}";
}
