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

    /// <summary>A text in lines that fit; a word that is longer than a line is cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">The height of letters in pixels.</param>
    /// <param name="width">The width of a line in pixels.</param>
    /// <param name="isBold">Whether letters are bold.</param>
    public static List<string> Wrapped(string text, float size, float width, bool isBold = false)
    {
        using var font = Font(size, isBold);
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' ').SelectMany(w => Pieces(w, font, width)))
        {
            var longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (lines[^1].Length > 0 && font.MeasureText(longer) > width)
            {
                lines.Add(word);
            }
            else
            {
                lines[^1] = longer;
            }
        }

        return lines;
    }

    /// <summary>The face at a size.</summary>
    public static SKFont Font(float size, bool isBold) => new(Fonts.GetTypeface(Name, isBold, false), size);

    private static IEnumerable<string> Pieces(string word, SKFont font, float width)
    {
        while (font.MeasureText(word) > width && word.Length > 1)
        {
            var fits = Math.Max(1, Enumerable.Range(1, word.Length).Count(n => font.MeasureText(word[..n]) <= width));
            yield return word[..fits];
            word = word[fits..];
        }

        yield return word;
    }

    private static bool IsThere(string name) => SKFontManager.Default.FontFamilies.Contains(name);
}
