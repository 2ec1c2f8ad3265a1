using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LandscapeGpu.Pictures;

namespace LandscapeGpu.Tests.Pictures;

/// <summary>A figure held against its stored structure: axes, series and labels, not pixels. Numbers are left out: other tests are about those.</summary>
internal static class Structure
{
    public static void Check(Figure figure, string name, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "Structures", name + ".txt");
        var text = Regex.Replace($"{figure.Name}: {figure}\n", @"[−-]?\b[0-9][0-9,.]*(e[−-]?[0-9]+)?%?", "#");
        if (Environment.GetEnvironmentVariable("LANDSCAPE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
        Draws(figure);
    }

    private static string Joined(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    /// <summary>It can be drawn in every format, on light and dark paper, and says what it is to those who cannot see it.</summary>
    private static void Draws(Figure figure)
    {
        foreach (var theme in new[] { Theme.Light, Theme.Dark })
        {
            var svg = XDocument.Parse(figure.Svg(theme)).Root!;
            Assert.Equal("img", svg.Attribute("role")?.Value);
            Assert.Equal(figure.Title, svg.Attribute("aria-label")?.Value);
            // Every axis is named in the drawing itself, a long name in several lines.
            var drawn = Joined(string.Concat(svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)));
            Assert.All(figure.Panels.SelectMany(p => new[] { p.X.Label, p.Y.Label }), label => Assert.Contains(Joined(label), drawn, StringComparison.Ordinal));
        }

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], figure.Bytes(".png")[..4]);
        Assert.Equal("%PDF"u8.ToArray(), figure.Bytes(".pdf")[..4]);
    }
}
