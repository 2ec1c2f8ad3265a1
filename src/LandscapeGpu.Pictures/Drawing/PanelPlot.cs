using ScottPlot;
using SkiaSharp;

namespace LandscapeGpu.Pictures.Drawing;

/// <summary>A panel as ScottPlot draws it, with its legend below it.</summary>
internal sealed class PanelPlot : IDisposable
{
    private const float LabelSize = 14;
    private const float LegendSize = 12;

    // What numbers, labels and the panel's title take from its sides, about.
    private const float Sides = 90;

    // From the panel to its legend.
    private const float Gap = 4;

    private readonly Plot plot = new();
    private readonly Panel panel;
    private readonly AxisScale x;
    private readonly AxisScale y;
    private readonly float width;

    /// <param name="panel">The panel.</param>
    /// <param name="theme">Colours of paper and writing.</param>
    /// <param name="height">Its height in pixels, without the legend.</param>
    /// <param name="width">Its width in pixels.</param>
    public PanelPlot(Panel panel, Theme theme, float height, float width)
    {
        (this.panel, this.width, x, y) = (panel, width, AxisScale.Of(panel, isX: true), AxisScale.Of(panel, isX: false));
        Style(theme, height);
        AddSeries(theme);
        Ticks.Set(plot.Axes.Bottom, x);
        Ticks.Set(plot.Axes.Left, y);
        plot.Axes.SetLimits(x.Low, x.High, y.Low, y.High);
        if (panel.IsMap)
        {
            plot.Axes.Rules.Add(new ScottPlot.AxisRules.SquareZoomOut(plot.Axes.Bottom, plot.Axes.Left));
        }

        if (plot.Legend.ManualItems.Count > 0)
        {
            using var paint = Paint.NewDisposablePaint();
            Below = Gap + plot.Legend.GetLayout(new(width - Sides, float.PositiveInfinity), paint).LegendRect.Height;
        }
    }

    /// <summary>How much room the legend takes below the panel.</summary>
    public float Below { get; }

    public static Color Colour(Ink ink) => new(ink.Red, ink.Green, ink.Blue);

    /// <summary>Draws the panel into a rectangle of a canvas, and its legend below it; says where something is to be said.</summary>
    public IEnumerable<Hover> Draw(SKCanvas canvas, PixelRect rectangle)
    {
        // ScottPlot draws again, over what it drew, when axes have moved; the first time they always have.
        using (var nowhere = new SKNoDrawCanvas((int)rectangle.Right, (int)rectangle.Bottom))
        {
            plot.Render(nowhere, rectangle);
        }

        plot.Render(canvas, rectangle);
        if (Below > 0)
        {
            using var paint = Paint.NewDisposablePaint();
            var left = plot.RenderManager.LastRender.DataRect.Left;
            plot.Legend.Render(canvas, paint, new(left, left + width - Sides, rectangle.Bottom + Below, rectangle.Bottom + Gap), Alignment.UpperLeft);
        }

        return [.. Hovers()];
    }

    public void Dispose() => plot.Dispose();

    private IEnumerable<Hover> Hovers()
    {
        foreach (var points in panel.Series.OfType<Points>().Where(p => p.Details is not null))
        {
            for (var k = 0; k < points.Count; k++)
            {
                var at = plot.GetPixel(new(x.At(points.X[k]), y.At(points.Y[k])));
                if (float.IsFinite(at.X) && float.IsFinite(at.Y) && !x.IsOutside(points.X[k]) && !y.IsOutside(points.Y[k]))
                {
                    yield return new(at.X, at.Y, points.Details![k]);
                }
            }
        }
    }

    private void AddSeries(Theme theme)
    {
        var (drawing, named) = (new SeriesPlot(plot, x, y, theme), new Dictionary<Series, List<LegendItem>>(ReferenceEqualityComparer.Instance));
        var order = panel.IsFirstOnTop ? panel.Series.Reverse() : panel.Series;
        // ScottPlot's brush stays dashed once it was, and what is drawn later by it makes Skia complain: dashes come last.
        foreach (var series in order.OrderBy(s => s is Level or Pictures.Line { IsDashed: true }))
        {
            var before = plot.PlottableList.Count;
            drawing.Add(series);
            named[series] = [.. plot.PlottableList.Skip(before).SelectMany(p => p.LegendItems).Where(i => !string.IsNullOrEmpty(i.LabelText))];
        }

        // In the order they were given, whatever lies on top of what.
        foreach (var item in panel.Series.SelectMany(s => named[s]))
        {
            item.LabelText = string.Join('\n', Lettering.Wrapped(item.LabelText, LegendSize, width - Sides - 40));
            plot.Legend.ManualItems.Add(item);
        }
    }

    private void Style(Theme theme, float height)
    {
        var (paper, writing) = (Colour(theme.Paper), Colour(theme.Writing));
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = paper;
        plot.DataBackground.Color = paper;
        plot.Axes.Color(writing);
        plot.Grid.MajorLineColor = Colour(theme.Rule);
        plot.Grid.IsBeneathPlottables = true;
        if (panel.Title.Length > 0)
        {
            plot.Title(string.Join('\n', Lettering.Wrapped(panel.Title, LabelSize, width - Sides)), LabelSize);
            plot.Axes.Title.Label.ForeColor = writing;
            plot.Axes.Title.Label.Bold = false;
        }

        plot.XLabel(string.Join('\n', Lettering.Wrapped(x.Label, LabelSize, width - Sides)), LabelSize);
        plot.YLabel(string.Join('\n', Lettering.Wrapped(y.Label, LabelSize, height - Sides)), LabelSize);
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = LegendSize;
        plot.Font.Set(Lettering.Name);
        plot.HideLegend();
        var legend = plot.Legend;
        (legend.DisplayPlottableLegendItems, legend.Orientation, legend.TightHorizontalWrapping) = (false, Orientation.Horizontal, true);
        (legend.BackgroundColor, legend.OutlineWidth, legend.ShadowColor) = (paper, 0, Colors.Transparent);
        (legend.FontColor, legend.FontSize, legend.FontName) = (writing, LegendSize, Lettering.Name);
    }
}
