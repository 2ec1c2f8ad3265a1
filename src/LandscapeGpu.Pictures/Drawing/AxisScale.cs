namespace LandscapeGpu.Pictures.Drawing;

/// <summary>An axis as it is drawn: from where to where, and what all its marks have in common and its label says once.</summary>
/// <remarks>
/// Numbers far from 1 are marked in a power of ten, and numbers that differ only behind many digits without these digits: marks stay short and differ, and what
/// draws them works with numbers of ordinary size, whatever the units.
/// </remarks>
internal sealed record AxisScale
{
    // Of the range: what stands at the very edge is cut in half.
    private const double Room = 0.04;

    // Beside a map, whose edge says where the region ends.
    private const double RoomOfGround = 0.02;

    // Of the numbers: where less than this differs, the digits that all have in common would fill the marks.
    private const double Common = 1e-3;

    // A few units in the last place of a double: what two ways to compute one number leave between them.
    private const double Rounding = 4e-15;

    // Of the axis: a line to there leaves the panel within a thousandth of where that to infinity does.
    private const double Far = 1000;

    private AxisScale(Axis axis) => Axis = axis;

    /// <summary>The axis.</summary>
    public Axis Axis { get; }

    /// <summary>Where it begins, as <see cref="At"/> places numbers.</summary>
    public double Low { get; private init; }

    /// <summary>Where it ends.</summary>
    public double High { get; private init; }

    /// <summary>What is taken from every number.</summary>
    public double Offset { get; private init; }

    /// <summary>The power of ten that marks are in.</summary>
    public int Power { get; private init; }

    /// <summary>What it measures, and in what.</summary>
    public string Label
    {
        get
        {
            var offset = Offset == 0 ? "" : $" {(Offset < 0 ? '+' : '−')} {Math.Abs(Offset).ToString("G15", CultureInfo.InvariantCulture)}";
            return Axis.Label + offset + (Power == 0 ? "" : $", in {Ticks.Power(Power)}");
        }
    }

    /// <summary>The place of a number; NaN where it has none.</summary>
    public double At(double value) => !Axis.IsLogarithmic ? (value - Offset) / Math.Pow(10, Power)
        : Axis.Zero is { } zero ? Math.Log10(Math.Max(value, zero))
        : value > 0 ? Math.Log10(value) : double.NaN;

    /// <summary>Where it is drawn: the place of a number, or, of what lies far outside and at infinity, one so near that what draws can reckon with it.</summary>
    public double Drawn(double value) => Math.Clamp(At(value), Math.Min(Low, High) - (Far * Math.Abs(High - Low)), Math.Max(Low, High) + (Far * Math.Abs(High - Low)));

    /// <summary>Whether a number has a place, and it lies outside.</summary>
    public bool IsOutside(double value) => At(value) is var at && (at < Low || at > High);

    /// <summary>The scale that has room for everything that is drawn.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="isX">Whether it is the horizontal axis.</param>
    public static AxisScale Of(Panel panel, bool isX)
    {
        var scale = new AxisScale(isX ? panel.X : panel.Y);
        var axis = scale.Axis;
        var along = panel.Series.SelectMany(s => s.Extent).Select(e => scale.At(isX ? e.X : e.Y))
            .Concat(panel.Series.OfType<Level>().Where(l => l.IsVertical == isX).Select(l => scale.At(l.At)))
            .Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, high) = (axis.Low is { } begin ? scale.At(begin) : along.Min(), axis.High is { } end ? scale.At(end) : along.Max());
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low > Math.Max(axis.IsLogarithmic ? 0 : axis.Resolution, Rounding * size))
        {
            var room = (high - low) * (panel.Series.Any(s => s is Contours or Basins) ? RoomOfGround : Room);
            // A mark at the very end of an axis that was given would be cut in half.
            var marks = panel.Series.OfType<Points>().SelectMany(s => s.Extent).Select(e => scale.At(isX ? e.X : e.Y)).ToList();
            (low, high) = (axis.Low is null || marks.Exists(m => Math.Abs(m - low) < room / 4) ? low - room : low, axis.High is null || marks.Exists(m => Math.Abs(m - high) < room / 4) ? high + room : high);
        }
        else
        {
            // What has no extent is given one of its own size.
            var room = size == 0 || axis.IsLogarithmic ? 1 : size / 2;
            (low, high) = (axis.Low is null ? low - room : low, axis.High is null ? high + room : high);
        }

        return axis.IsLogarithmic || axis.Names is not null ? scale with { Low = low, High = high } : Shortened(scale, low, high);
    }

    private static AxisScale Shortened(AxisScale scale, double low, double high)
    {
        var extent = high - low;
        // Whole numbers are marked in full.
        if (!scale.Axis.IsWhole && extent < Common * Math.Max(Math.Abs(low), Math.Abs(high)))
        {
            var unit = Math.Pow(10, Math.Ceiling(Math.Log10(extent)));
            scale = scale with { Offset = Math.Round((low + high) / 2 / unit) * unit };
        }

        var size = Math.Max(Math.Abs(low - scale.Offset), Math.Abs(high - scale.Offset));
        var digits = (int)Math.Floor(Math.Log10(size));
        scale = scale with { Power = digits is >= -3 and <= 5 ? 0 : 3 * (int)Math.Floor(digits / 3.0) };
        return scale with { Low = scale.At(low), High = scale.At(high) };
    }
}
