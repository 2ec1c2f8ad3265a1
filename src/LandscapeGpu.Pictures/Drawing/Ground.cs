using ScottPlot;
using ScottPlot.Triangulation;

namespace LandscapeGpu.Pictures.Drawing;

/// <summary>What covers a panel's ground: shades between contour lines, basins.</summary>
internal static class Ground
{
    // Of paper in a basin's tint: lines and marks on it stay in sight.
    private const double Tint = 0.55;

    // Of writing along the border between two basins.
    private const double Border = 0.45;

    // Of writing where there is nothing: outside the region, or where f has no value.
    private const double Nothing = 0.12;

    public static void Add(SeriesPlot on, Contours contours)
    {
        var (rows, columns, theme) = (contours.Y.Count, contours.X.Count, on.Theme);
        if (contours.IsShaded)
        {
            var shades = new Ink[rows, columns];
            for (var r = 0; r < rows; r++)
            {
                for (var c = 0; c < columns; c++)
                {
                    // One shade for all heights between two lines: levels are close where the landscape is flat, and so are shades.
                    var below = contours.Levels.Count(l => l <= contours.Heights[r, c]);
                    shades[r, c] = double.IsNaN(contours.Heights[r, c]) ? theme.Paper.With(theme.Writing, Nothing) : Colours.Scale((double)below / contours.Levels.Count);
                }
            }

            Paint(on, shades, contours.X, contours.Y);
        }

        var lines = new ScottPlot.Plottables.ContourLines
        {
            LineColor = PanelPlot.Colour(contours.IsShaded ? theme.Paper : theme.Writing).WithAlpha(contours.IsShaded ? 0.6 : 0.35),
            LineWidth = 0.8f,
        };
        lines.Lines.AddRange(LinesOf(contours).Select(l => new ContourLine(CoordinatePath.Open([.. l.Points.Select(p => new Coordinates(on.X.At(At(contours.X, p.X)), on.Y.At(At(contours.Y, p.Y))))]), l.Level)));
        on.Plot.PlottableList.Add(lines);
        if (contours.Name.Length > 0)
        {
            // Contour lines have no place in ScottPlot's legend of their own: an empty line stands for them.
            var sample = on.Plot.Add.ScatterLine(Array.Empty<double>(), Array.Empty<double>(), PanelPlot.Colour(theme.Writing).WithAlpha(contours.IsShaded ? 0.6 : 0.35));
            (sample.LineWidth, sample.LegendText) = (contours.IsShaded ? 0 : 0.8f, contours.Name);
        }
    }

    /// <summary>The lines in numbers of columns and rows, so that units decide nothing; where f has no value they end.</summary>
    private static IEnumerable<(double Level, List<Coordinates> Points)> LinesOf(Contours contours)
    {
        var grid = new Coordinates3d[contours.Y.Count, contours.X.Count];
        for (var r = 0; r < contours.Y.Count; r++)
        {
            for (var c = 0; c < contours.X.Count; c++)
            {
                grid[r, c] = new(c, r, contours.Heights[r, c]);
            }
        }

        foreach (var line in RectangularGrid.GetContourLines(grid, [.. contours.Levels], fixContourDirections: false))
        {
            var part = new List<Coordinates>();
            foreach (var point in line.Path.Points.Append(new(double.NaN, double.NaN)))
            {
                if (double.IsFinite(point.X) && double.IsFinite(point.Y))
                {
                    part.Add(point);
                    continue;
                }

                if (part.Count > 1)
                {
                    yield return (line.Z, part);
                }

                part = [];
            }
        }
    }

    private static double At(IReadOnlyList<double> places, double number)
    {
        var below = Math.Clamp((int)number, 0, places.Count - 2);
        return places[below] + ((number - below) * (places[below + 1] - places[below]));
    }

    public static void Add(SeriesPlot on, Basins basins)
    {
        var (rows, columns, theme) = (basins.Y.Count, basins.X.Count, on.Theme);
        var tints = new Ink[rows, columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var which = basins.Which[r, c];
                var isBorder = (r + 1 < rows && basins.Which[r + 1, c] != which) || (c + 1 < columns && basins.Which[r, c + 1] != which);
                var tint = which < 0 ? theme.Paper.With(theme.Writing, Nothing) : basins.Inks[which % basins.Inks.Count].With(theme.Paper, Tint);
                tints[r, c] = isBorder ? tint.With(theme.Writing, Border) : tint;
            }
        }

        Paint(on, tints, basins.X, basins.Y);
        if (basins.Name.Length > 0)
        {
            var sample = on.Plot.Add.Rectangle(double.NaN, double.NaN, double.NaN, double.NaN);
            (sample.FillColor, sample.LineWidth, sample.LegendText) = (PanelPlot.Colour(theme.Paper.With(theme.Writing, Nothing)), 0, basins.Name);
        }
    }

    private static void Paint(SeriesPlot on, Ink[,] cells, IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var (rows, columns) = (cells.GetLength(0), cells.GetLength(1));
        using var bitmap = new SkiaSharp.SKBitmap(columns, rows);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                // The first row of a picture is its highest.
                bitmap.SetPixel(c, rows - 1 - r, PanelPlot.Colour(cells[r, c]).ToSKColor());
            }
        }

        var (left, right, bottom, top) = (on.X.At(x[0]), on.X.At(x[^1]), on.Y.At(y[0]), on.Y.At(y[^1]));
        var (dx, dy) = ((right - left) / (columns - 1) / 2, (top - bottom) / (rows - 1) / 2);
        var encoded = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100).ToArray();
        on.Plot.Add.ImageRect(new Image(encoded), new CoordinateRect(left - dx, right + dx, bottom - dy, top + dy));
    }
}
