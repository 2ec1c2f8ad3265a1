using ScottPlot;

namespace LandscapeGpu.Pictures.Drawing;

/// <summary>What covers a panel's ground: shades between contour lines, basins.</summary>
internal static class Ground
{
    // Of paper in a basin's tint: lines and marks on it stay in sight.
    private const double Tint = 0.55;

    // Of writing along the border between two basins.
    private const double Border = 0.45;

    public static void Add(Plot plot, Contours contours, Theme theme)
    {
        var (rows, columns) = (contours.Y.Count, contours.X.Count);
        if (contours.IsShaded)
        {
            var shades = new Ink[rows, columns];
            for (var r = 0; r < rows; r++)
            {
                for (var c = 0; c < columns; c++)
                {
                    // One shade for all heights between two lines: levels are close where the landscape is flat, and so are shades.
                    var below = contours.Levels.Count(l => l <= contours.Heights[r, c]);
                    shades[r, c] = double.IsFinite(contours.Heights[r, c]) ? Colours.Scale((double)below / contours.Levels.Count) : theme.Paper;
                }
            }

            Paint(plot, shades, contours.X, contours.Y);
        }

        var grid = new Coordinates3d[rows, columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                grid[r, c] = new(contours.X[c], contours.Y[r], contours.Heights[r, c]);
            }
        }

        var lines = plot.Add.ContourLines(grid, contours.Levels.Count);
        lines.ContourLineLevels = [.. contours.Levels];
        lines.LineColor = PanelPlot.Colour(contours.IsShaded ? theme.Paper : theme.Writing).WithAlpha(contours.IsShaded ? 0.6 : 0.35);
        lines.LineWidth = 0.8f;
        lines.LabelStyle.IsVisible = false;
        lines.Update(grid);
    }

    public static void Add(Plot plot, Basins basins, Theme theme)
    {
        var (rows, columns) = (basins.Y.Count, basins.X.Count);
        var tints = new Ink[rows, columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var which = basins.Which[r, c];
                var isBorder = (r + 1 < rows && basins.Which[r + 1, c] != which) || (c + 1 < columns && basins.Which[r, c + 1] != which);
                var tint = which < 0 ? theme.Paper.With(theme.Writing, 0.12) : basins.Inks[which % basins.Inks.Count].With(theme.Paper, Tint);
                tints[r, c] = isBorder ? tint.With(theme.Writing, Border) : tint;
            }
        }

        Paint(plot, tints, basins.X, basins.Y);
    }

    private static void Paint(Plot plot, Ink[,] cells, IReadOnlyList<double> x, IReadOnlyList<double> y)
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

        var (dx, dy) = ((x[^1] - x[0]) / (columns - 1) / 2, (y[^1] - y[0]) / (rows - 1) / 2);
        var encoded = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100).ToArray();
        plot.Add.ImageRect(new Image(encoded), new CoordinateRect(x[0] - dx, x[^1] + dx, y[0] - dy, y[^1] + dy));
    }
}
