using ScottPlot;
using SkiaSharp;

namespace LandscapeGpu.Pictures.Drawing;

/// <summary>A panel as ScottPlot draws it.</summary>
internal static class PanelPlot
{
    // Of the range: what stands at the very edge is cut in half.
    private const double Room = 0.04;

    // Letters that fit below a panel of the usual width.
    private const int MostInARow = 90;

    public static Color Colour(Ink ink) => new(ink.Red, ink.Green, ink.Blue);

    /// <summary>Draws a panel into a rectangle of a canvas; says where something is to be said.</summary>
    public static IEnumerable<Hover> Draw(Panel panel, Theme theme, SKCanvas canvas, PixelRect rectangle)
    {
        using var plot = new Plot();
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        Style(plot, panel, theme);
        var (x, y) = (Range(panel, panel.X, isX: true), Range(panel, panel.Y, isX: false));
        // ScottPlot's brush stays dashed once it was, and what is drawn later by it makes Skia complain: dashes come last.
        foreach (var series in panel.Series.OrderBy(s => s is Level or Line { IsDashed: true }))
        {
            SeriesPlot.Add(plot, series, panel, theme, y);
        }

        Ticks.Set(plot.Axes.Bottom, panel.X, x);
        Ticks.Set(plot.Axes.Left, panel.Y, y);
        plot.Axes.SetLimits(x.Low, x.High, y.Low, y.High);
        if (panel.IsMap)
        {
            plot.Axes.Rules.Add(new ScottPlot.AxisRules.SquareZoomOut(plot.Axes.Bottom, plot.Axes.Left));
        }

        plot.Render(canvas, rectangle);
        return [.. Hovers(plot, panel)];
    }

    private static IEnumerable<Hover> Hovers(Plot plot, Panel panel)
    {
        foreach (var points in panel.Series.OfType<Points>().Where(p => p.Details is not null))
        {
            for (var k = 0; k < points.Count; k++)
            {
                var at = plot.GetPixel(new(On(panel.X, points.X[k]), On(panel.Y, points.Y[k])));
                if (float.IsFinite(at.X) && float.IsFinite(at.Y))
                {
                    yield return new(at.X, at.Y, points.Details![k]);
                }
            }
        }
    }

    /// <summary>A number as its place on an axis.</summary>
    public static double On(Axis axis, double value) => !axis.IsLogarithmic ? value : value > 0 ? Math.Log10(value) : double.NaN;

    private static (double Low, double High) Range(Panel panel, Axis axis, bool isX)
    {
        var along = panel.Series.SelectMany(s => s.Extent).Select(e => On(axis, isX ? e.X : e.Y))
            .Concat(panel.Series.OfType<Level>().Where(l => l.IsVertical == isX).Select(l => On(axis, l.At)))
            .Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, high) = (axis.Low is { } begin ? On(axis, begin) : along.Min(), axis.High is { } end ? On(axis, end) : along.Max());
        // What has no extent is given one of its own size.
        var room = high > low ? Room * (high - low) : low == 0 || axis.IsLogarithmic ? 1 : Math.Abs(low) / 2;
        var isGround = panel.Series.Any(s => s is Contours or Basins);
        return (axis.Low is null && !isGround ? low - room : low, axis.High is null && !isGround ? high + room : high);
    }

    private static void Style(Plot plot, Panel panel, Theme theme)
    {
        var (paper, writing) = (Colour(theme.Paper), Colour(theme.Writing));
        plot.FigureBackground.Color = paper;
        plot.DataBackground.Color = paper;
        plot.Axes.Color(writing);
        plot.Grid.MajorLineColor = Colour(theme.Rule);
        plot.Grid.IsBeneathPlottables = true;
        if (panel.Title.Length > 0)
        {
            plot.Title(panel.Title, 14);
            plot.Axes.Title.Label.ForeColor = writing;
            plot.Axes.Title.Label.Bold = false;
        }

        plot.XLabel(panel.X.Label, 14);
        plot.YLabel(panel.Y.Label, 14);
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 12;
        plot.Font.Set(Lettering.Name);
        var names = panel.Series.Select(s => s.Name).Where(n => n.Length > 0).ToList();
        if (names.Count > 0)
        {
            // A few names stand in a row below, more in a column beside.
            var isRow = names.Count <= 3 && names.Sum(n => n.Length) <= MostInARow;
            var legend = plot.ShowLegend(isRow ? Edge.Bottom : Edge.Right);
            legend.Legend.Orientation = isRow ? Orientation.Horizontal : Orientation.Vertical;
            legend.Legend.BackgroundColor = paper;
            legend.Legend.OutlineWidth = 0;
            legend.Legend.ShadowColor = Colors.Transparent;
            legend.Legend.FontColor = writing;
            legend.Legend.FontSize = 12;
            legend.Legend.FontName = Lettering.Name;
            legend.Alignment = Alignment.UpperLeft;
        }
        else
        {
            plot.HideLegend();
        }
    }
}
