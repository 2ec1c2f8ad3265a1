using ScottPlot;

namespace LandscapeGpu.Pictures.Drawing;

/// <summary>A series as ScottPlot draws it.</summary>
internal static class SeriesPlot
{
    public static void Add(Plot plot, Series series, Panel panel, Theme theme, (double Low, double High) y)
    {
        var colour = PanelPlot.Colour(theme.On(series.Ink));
        switch (series)
        {
            case Pictures.Line line:
                AddLine(plot, line, panel, colour);
                break;
            case Points points:
                AddPoints(plot, points, panel, theme, colour);
                break;
            case Band band:
                AddBand(plot, band, panel, colour);
                break;
            case Bars bars:
                AddBars(plot, bars, panel, colour, y.Low);
                break;
            case Level level:
                AddLevel(plot, level, panel, colour);
                break;
            case Area area:
                AddArea(plot, area, panel, colour, y);
                break;
            case Contours contours:
                Ground.Add(plot, contours, theme);
                break;
            case Basins basins:
                Ground.Add(plot, basins, theme);
                break;
            default:
                throw new ArgumentException($"A {series.GetType().Name} cannot be drawn.");
        }
    }

    private static void AddLine(Plot plot, Pictures.Line line, Panel panel, Color colour)
    {
        double[] x = [.. line.X.Select(v => PanelPlot.On(panel.X, v))], y = [.. line.Y.Select(v => PanelPlot.On(panel.Y, v))];
        var scatter = plot.Add.ScatterLine(x, y, colour);
        scatter.LineWidth = (float)line.Width;
        scatter.LinePattern = line.IsDashed ? LinePattern.Dashed : LinePattern.Solid;
        scatter.LegendText = line.Name;
    }

    private static void AddPoints(Plot plot, Points points, Panel panel, Theme theme, Color colour)
    {
        double[] x = [.. points.X.Select(v => PanelPlot.On(panel.X, v))], y = [.. points.Y.Select(v => PanelPlot.On(panel.Y, v))];
        if (points is { Low: { } low, High: { } high })
        {
            var bars = plot.Add.ErrorBar(x, y, new double[x.Length]);
            var (at, axis) = points.IsAcross ? (x, panel.X) : (y, panel.Y);
            double[] below = [.. at.Select((v, k) => v - PanelPlot.On(axis, low[k]))], above = [.. at.Select((v, k) => PanelPlot.On(axis, high[k]) - v)];
            if (points.IsAcross)
            {
                (bars.XErrorNegative, bars.XErrorPositive, bars.YErrorNegative, bars.YErrorPositive) = (below, above, null, null);
            }
            else
            {
                (bars.YErrorNegative, bars.YErrorPositive) = (below, above);
            }

            bars.Color = colour;
            bars.LineWidth = 1.4f;
            bars.CapSize = 4;
        }

        var marks = plot.Add.ScatterPoints(x, y, colour);
        marks.MarkerShape = points.Shape switch
        {
            Shape.Ring => MarkerShape.OpenCircle,
            Shape.Square => MarkerShape.FilledSquare,
            Shape.Cross => MarkerShape.Eks,
            Shape.Triangle => MarkerShape.FilledTriangleUp,
            Shape.Diamond => MarkerShape.FilledDiamond,
            Shape.Tick => MarkerShape.HorizontalBar,
            _ => MarkerShape.FilledCircle,
        };
        marks.MarkerSize = (float)points.Size;
        var isOutline = points.Shape is Shape.Cross or Shape.Ring or Shape.Tick;
        // A rim of paper keeps marks apart from one another and from the ground.
        marks.MarkerLineColor = isOutline ? colour : PanelPlot.Colour(theme.Paper);
        marks.MarkerLineWidth = isOutline ? 2 : 1;
        marks.LegendText = points.Name;
        for (var k = 0; k < points.Labels?.Count; k++)
        {
            var text = plot.Add.Text(points.Labels[k], x[k], y[k]);
            (text.LabelFontColor, text.LabelFontSize, text.OffsetX, text.OffsetY) = (PanelPlot.Colour(theme.Writing), 12, 7, -15);
            (text.LabelBold, text.LabelFontName) = (true, Lettering.Name);
        }
    }

    private static void AddBand(Plot plot, Band band, Panel panel, Color colour)
    {
        var fill = plot.Add.FillY(
            [.. band.X.Select(v => PanelPlot.On(panel.X, v))], [.. band.Low.Select(v => PanelPlot.On(panel.Y, v))], [.. band.High.Select(v => PanelPlot.On(panel.Y, v))]);
        (fill.FillColor, fill.LineWidth, fill.MarkerSize, fill.LegendText) = (colour.WithAlpha(band.Opacity), 0, 0, band.Name);
    }

    private static void AddBars(Plot plot, Bars bars, Panel panel, Color colour, double floor)
    {
        Bar[] all = [.. bars.X.Select((x, k) => new Bar
        {
            Position = PanelPlot.On(panel.X, x),
            Value = PanelPlot.On(panel.Y, bars.Heights[k]),
            // The axis of a logarithm has no 0 to stand on.
            ValueBase = panel.Y.IsLogarithmic ? floor : 0,
            Size = bars.Width,
            FillColor = colour.WithAlpha(0.75),
            LineColor = colour,
            LineWidth = 0.5f,
        })];
        var added = plot.Add.Bars(all);
        added.LegendText = bars.Name;
    }

    private static void AddLevel(Plot plot, Level level, Panel panel, Color colour)
    {
        if (level.IsVertical)
        {
            plot.Add.VerticalLine(PanelPlot.On(panel.X, level.At), 1.5f, colour, LinePattern.Dashed).LegendText = level.Name;
        }
        else
        {
            plot.Add.HorizontalLine(PanelPlot.On(panel.Y, level.At), 1.5f, colour, LinePattern.Dashed).LegendText = level.Name;
        }
    }

    private static void AddArea(Plot plot, Area area, Panel panel, Color colour, (double Low, double High) y)
    {
        var added = plot.Add.Rectangle(PanelPlot.On(panel.X, area.Left), PanelPlot.On(panel.X, area.Right), double.IsFinite(area.Bottom) ? PanelPlot.On(panel.Y, area.Bottom) : y.Low, double.IsFinite(area.Top) ? PanelPlot.On(panel.Y, area.Top) : y.High);
        (added.FillColor, added.LineWidth, added.LegendText) = (colour.WithAlpha(0.15), 0, area.Name);
    }
}
