using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;
using SkiaSharp;

namespace LandscapeGpu.Pictures.Drawing;

/// <summary>A figure on a canvas: its title, wrapped, and below it the panels.</summary>
internal sealed class FigureDrawing : IDisposable
{
    private const float Margin = 12;
    private const float TitleSize = 17;
    private const float LineHeight = 23;

    // Pictures are looked at on screens of twice as many pixels, and in print.
    private const float PngScale = 2;

    // The tables of typefaces belong to the process and are not made for several threads: two that drew at once have ended it.
    private static readonly Lock OneAtATime = new();

    private readonly Figure figure;
    private readonly Theme theme;
    private readonly List<string> title;
    private readonly List<PanelPlot> panels;
    private readonly float[] rows;
    private readonly float top;

    private FigureDrawing(Figure figure, Theme theme)
    {
        (this.figure, this.theme) = (figure, theme);
        title = Lettering.Wrapped(figure.Title, TitleSize, figure.Width - (3 * Margin), isBold: true);
        top = Margin + (LineHeight * title.Count);
        panels = [.. figure.Panels.Select(p => new PanelPlot(p, theme, figure.RowHeight, Width))];
        rows = [.. panels.Chunk(figure.Columns).Select(row => figure.RowHeight + row.Max(p => p.Below))];
    }

    /// <summary>What is made of a drawing.</summary>
    public static T Of<T>(Figure figure, Theme theme, Func<FigureDrawing, T> make)
    {
        lock (OneAtATime)
        {
            using var drawing = new FigureDrawing(figure, theme);
            return make(drawing);
        }
    }

    private float Width => (figure.Width - Margin) / (float)figure.Columns;

    private int Height => (int)Math.Ceiling(top + rows.Sum() + Margin);

    public void Dispose() => panels.ForEach(p => p.Dispose());

    public string Svg()
    {
        using var stream = new MemoryStream();
        List<Hover> hovers;
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, figure.Width, Height), stream))
        {
            hovers = Draw(canvas);
        }

        // Skia writes no description, and the canvas has no notion of one.
        var svg = Encoding.UTF8.GetString(stream.ToArray());
        var begin = svg.IndexOf("<svg", StringComparison.Ordinal);
        var inside = svg.IndexOf('>', begin) + 1;
        var end = svg.LastIndexOf("</svg>", StringComparison.Ordinal);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 {figure.Width} {Height}\" width=\"{figure.Width}\" height=\"{Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(figure.Title)}\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<desc>{WebUtility.HtmlEncode(figure.ToString())}</desc>");
        text.Append(Apart(Short(svg[inside..end])));
        foreach (var hover in hovers)
        {
            text.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{hover.X:F1}\" cy=\"{hover.Y:F1}\" r=\"7\" fill=\"#000\" fill-opacity=\"0\"><title>{WebUtility.HtmlEncode(hover.Text)}</title></circle>\n");
        }

        return text.Append("</svg>\n").ToString();
    }

    /// <summary>Paths to a hundredth of a pixel; Skia writes ten thousandths, and a map has many.</summary>
    private static string Short(string svg) => Regex.Replace(svg, " d=\"[^\"]*\"", path => Regex.Replace(path.Value, @"(\.\d\d)\d+", "$1"));

    /// <summary>Names of clips that no other picture on the page has, the same in every run: Skia numbers them by what the process drew before.</summary>
    private string Apart(string svg)
    {
        var numbers = new Dictionary<string, int>();
        var numbered = Regex.Replace(svg, "(id=\"|url\\(#|href=\"#)([^\")]+)", m =>
        {
            numbers.TryAdd(m.Groups[2].Value, numbers.Count);
            return $"{m.Groups[1].Value}{figure.Name}-*-{numbers[m.Groups[2].Value]}";
        });
        return numbered.Replace("-*-", $"-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(figure + numbered)))[..8]}-", StringComparison.Ordinal);
    }

    public byte[] Png()
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)(figure.Width * PngScale), (int)(Height * PngScale)));
        surface.Canvas.Scale(PngScale);
        Draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    public byte[] Pdf()
    {
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = figure.Title, Subject = figure.ToString(), Producer = "LandscapeGpu" }))
        {
            Draw(document.BeginPage(figure.Width, Height));
            document.EndPage();
            document.Close();
        }

        return stream.ToArray();
    }

    private List<Hover> Draw(SKCanvas canvas)
    {
        using var paper = new SKPaint { Color = PanelPlot.Colour(theme.Paper).ToSKColor(), Style = SKPaintStyle.Fill };
        canvas.DrawRect(0, 0, figure.Width, Height, paper);
        using var font = Lettering.Font(TitleSize, isBold: true);
        using var ink = new SKPaint { Color = PanelPlot.Colour(theme.Writing).ToSKColor(), IsAntialias = true };
        for (var k = 0; k < title.Count; k++)
        {
            canvas.DrawText(title[k], Margin + 6, Margin + (LineHeight * k) + TitleSize, SKTextAlign.Left, font, ink);
        }

        var (hovers, y) = (new List<Hover>(), top);
        foreach (var (row, height) in panels.Chunk(figure.Columns).Zip(rows))
        {
            foreach (var (panel, k) in row.Select((p, k) => (p, k)))
            {
                // Legends of a row hang from one line, so that its panels are equally high.
                hovers.AddRange(panel.Draw(canvas, new((k * Width) + (Margin / 2), ((k + 1) * Width) + (Margin / 2), y + figure.RowHeight, y)));
            }

            y += height;
        }

        return hovers;
    }
}

/// <summary>What is said where the pointer rests.</summary>
internal sealed record Hover(double X, double Y, string Text);
