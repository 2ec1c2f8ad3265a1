using ScottPlot;

namespace LandscapeGpu.Pictures.Drawing;

/// <summary>Series as ScottPlot draws them, between a panel's axes.</summary>
internal sealed record SeriesPlot(Plot Plot, AxisScale X, AxisScale Y, Theme Theme)
{
    // Letters of points nearer than this share of an axis would lie on one another: they are written as one list, of so many at most.
    private const double Apart = 0.02;
    private const int MostTogether = 4;

    private readonly List<(double X, double Y, List<string> Letters, ScottPlot.Plottables.Text Text)> written = [];

    /// <summary>Draws a series.</summary>
    public void Add(Series series)
    {
        var colour = PanelPlot.Colour(Theme.On(series.Ink));
        switch (series)
        {
            case Pictures.Line line:
                Add(line, colour);
                break;
            case Points points:
                Add(points, colour);
                break;
            case Band band:
                Add(band, colour);
                break;
            case Bars bars:
                Add(bars, colour);
                break;
            case Level level:
                Add(level, colour);
                break;
            case Area area:
                Add(area, colour);
                break;
            case Contours contours:
                Ground.Add(this, contours);
                break;
            case Basins basins:
                Ground.Add(this, basins);
                break;
            default:
                throw new ArgumentException($"A {series.GetType().Name} cannot be drawn.");
        }
    }

    private double[] Across(IEnumerable<double> values) => [.. values.Select(X.Drawn)];

    private double[] Up(IEnumerable<double> values) => [.. values.Select(Y.Drawn)];

    private void Add(Pictures.Line line, Color colour)
    {
        var scatter = Plot.Add.ScatterLine(Across(line.X), Up(line.Y), colour.WithAlpha(line.Opacity));
        scatter.LineWidth = (float)line.Width;
        scatter.LinePattern = line.IsDashed ? LinePattern.Dashed : LinePattern.Solid;
        scatter.LegendText = line.Name;
    }

    private void Add(Points points, Color colour)
    {
        double[] x = Across(points.X), y = Up(points.Y);
        if (points is { Low: { } low, High: { } high })
        {
            AddIntervals(points, low, high, colour);
        }

        var marks = Plot.Add.ScatterPoints(x, y, colour);
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
        marks.MarkerLineColor = isOutline ? colour : PanelPlot.Colour(Theme.Paper);
        marks.MarkerLineWidth = isOutline ? 2 : 1;
        var outside = points.X.Zip(points.Y).Count(p => X.IsOutside(p.First) || Y.IsOutside(p.Second));
        marks.LegendText = points.Name.Length == 0 || outside == 0 ? points.Name : $"{points.Name}, of which {Wording.Count(outside, "lies", "lie")} outside the picture";
        for (var k = 0; k < points.Labels?.Count; k++)
        {
            Write(points.Labels[k], x[k], y[k]);
        }
    }

    /// <summary>Letters beside a mark, on the side where there is room.</summary>
    private void Write(string letters, double x, double y)
    {
        var (acrossApart, upApart) = (Apart * (X.High - X.Low), Apart * (Y.High - Y.Low));
        if (written.Find(w => Math.Abs(w.X - x) < acrossApart && Math.Abs(w.Y - y) < upApart) is { Text: { } there } near)
        {
            near.Letters.Add(letters);
            there.LabelText = string.Join(", ", near.Letters.Take(MostTogether)) + (near.Letters.Count > MostTogether ? ", …" : "");
            return;
        }

        var (isRight, isTop) = (x > X.Low + (0.95 * (X.High - X.Low)), y > Y.Low + (0.95 * (Y.High - Y.Low)));
        var text = Plot.Add.Text(letters, x, y);
        (text.LabelAlignment, text.OffsetX, text.OffsetY) = (isRight ? Alignment.MiddleRight : Alignment.MiddleLeft, isRight ? -7 : 7, isTop ? 9 : -9);
        (text.LabelFontColor, text.LabelFontSize, text.LabelBold, text.LabelFontName) = (PanelPlot.Colour(Theme.Writing), 12, true, Lettering.Name);
        written.Add((x, y, [letters], text));
    }

    private void AddIntervals(Points points, IReadOnlyList<double> low, IReadOnlyList<double> high, Color colour)
    {
        var (x, y) = (Across(points.X), Up(points.Y));
        var bars = Plot.Add.ErrorBar(x, y, new double[x.Length]);
        var (at, axis) = points.IsAcross ? (x, X) : (y, Y);
        double[] below = [.. at.Select((v, k) => v - axis.Drawn(low[k]))], above = [.. at.Select((v, k) => axis.Drawn(high[k]) - v)];
        if (points.IsAcross)
        {
            (bars.XErrorNegative, bars.XErrorPositive, bars.YErrorNegative, bars.YErrorPositive) = (below, above, null, null);
        }
        else
        {
            (bars.YErrorNegative, bars.YErrorPositive) = (below, above);
        }

        (bars.Color, bars.LineWidth, bars.CapSize) = (colour, 1.4f, 4);
    }

    private void Add(Band band, Color colour)
    {
        var fill = Plot.Add.FillY(Across(band.X), Up(band.Low), Up(band.High));
        (fill.FillColor, fill.LineWidth, fill.MarkerSize, fill.LegendText) = (colour.WithAlpha(band.Opacity), 0, 0, band.Name);
    }

    private void Add(Bars bars, Color colour)
    {
        Bar[] all = [.. bars.X.Select((x, k) => (Left: X.At(x - (bars.Width / 2)), Right: X.At(x + (bars.Width / 2)), Height: bars.Heights[k])).Select(b => new Bar
        {
            Position = (b.Left + b.Right) / 2,
            Value = Y.Drawn(b.Height),
            // The axis of a logarithm has no 0 to stand on.
            ValueBase = Y.Axis.IsLogarithmic ? Y.Low : Y.At(0),
            Size = b.Right - b.Left,
            FillColor = colour.WithAlpha(0.75),
            LineColor = colour,
            LineWidth = 0.5f,
        })];
        Plot.Add.Bars(all).LegendText = bars.Name;
    }

    private void Add(Level level, Color colour)
    {
        if (level.IsVertical)
        {
            Plot.Add.VerticalLine(X.Drawn(level.At), 1.5f, colour, LinePattern.Dashed).LegendText = level.Name;
        }
        else
        {
            Plot.Add.HorizontalLine(Y.Drawn(level.At), 1.5f, colour, LinePattern.Dashed).LegendText = level.Name;
        }
    }

    private void Add(Area area, Color colour)
    {
        var added = Plot.Add.Rectangle(Side(X, area.Left, X.Low), Side(X, area.Right, X.High), Side(Y, area.Bottom, Y.Low), Side(Y, area.Top, Y.High));
        (added.FillColor, added.LineWidth, added.LegendText) = (colour.WithAlpha(0.15), 0, area.Name);

        static double Side(AxisScale axis, double at, double edge) => double.IsFinite(at) && double.IsFinite(axis.At(at)) ? axis.At(at) : edge;
    }
}
