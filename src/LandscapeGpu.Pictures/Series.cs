namespace LandscapeGpu.Pictures;

/// <summary>How a point is marked: shapes differ so that colour is never the only difference.</summary>
public enum Shape
{
    /// <summary>A disc.</summary>
    Disc,

    /// <summary>A ring.</summary>
    Ring,

    /// <summary>A square.</summary>
    Square,

    /// <summary>A diagonal cross.</summary>
    Cross,

    /// <summary>A triangle that stands on a side.</summary>
    Triangle,

    /// <summary>A square that stands on a corner.</summary>
    Diamond,

    /// <summary>A short bar across, as levels are drawn.</summary>
    Tick,
}

/// <summary>Something that is drawn in a panel.</summary>
/// <param name="Name">What it is, for the legend; empty for what needs no name.</param>
public abstract record Series(string Name)
{
    /// <summary>Its colour; <see cref="Colours"/> has those that colour-blind people tell apart. Null for the colour of the writing.</summary>
    public Ink? Ink { get; init; }

    /// <summary>How many points, cells or lines it has.</summary>
    public abstract int Count { get; }

    /// <summary>The extent in both directions of what has to be seen; empty where it takes the extent of the others.</summary>
    internal virtual IEnumerable<(double X, double Y)> Extent => [];
}

/// <summary>Points joined by a line; where a coordinate is not a number the line is broken.</summary>
/// <param name="Name">What it is.</param>
/// <param name="X">Horizontal.</param>
/// <param name="Y">Vertical.</param>
public sealed record Line(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : Series(Name)
{
    /// <summary>Whether it is dashed, as what was computed from theory is.</summary>
    public bool IsDashed { get; init; }

    /// <summary>Its width in pixels.</summary>
    public double Width { get; init; } = 1.8;

    /// <summary>How dense it is, from 0 to 1; less than 1 where many lie over one another.</summary>
    public double Opacity { get; init; } = 1;

    /// <inheritdoc/>
    public override int Count => X.Count;

    internal override IEnumerable<(double X, double Y)> Extent => X.Zip(Y);
}

/// <summary>Points, each with a mark.</summary>
/// <param name="Name">What they are.</param>
/// <param name="X">Horizontal.</param>
/// <param name="Y">Vertical.</param>
public sealed record Points(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : Series(Name)
{
    /// <summary>How they are marked.</summary>
    public Shape Shape { get; init; }

    /// <summary>Their size in pixels.</summary>
    public double Size { get; init; } = 8;

    /// <summary>Whether intervals are along the horizontal axis.</summary>
    public bool IsAcross { get; init; }

    /// <summary>The lower end of each point's interval; null for none.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>The upper end of each point's interval.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>What each point is, in words: shown where the pointer rests on it.</summary>
    public IReadOnlyList<string>? Details { get; init; }

    /// <summary>A few letters beside each point; null for none.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <inheritdoc/>
    public override int Count => X.Count;

    internal override IEnumerable<(double X, double Y)> Extent => Low is null || High is null ? X.Zip(Y)
        : X.Zip(Y).Concat(IsAcross ? Low.Zip(Y).Concat(High.Zip(Y)) : X.Zip(Low).Concat(X.Zip(High)));
}

/// <summary>The space between two curves.</summary>
/// <param name="Name">What it is.</param>
/// <param name="X">Horizontal.</param>
/// <param name="Low">The lower curve.</param>
/// <param name="High">The upper curve.</param>
public sealed record Band(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Low, IReadOnlyList<double> High) : Series(Name)
{
    /// <summary>How dense it is, from 0 to 1.</summary>
    public double Opacity { get; init; } = 0.25;

    /// <inheritdoc/>
    public override int Count => X.Count;

    internal override IEnumerable<(double X, double Y)> Extent => X.Zip(Low).Concat(X.Zip(High));
}

/// <summary>Bars that stand on 0.</summary>
/// <param name="Name">What they are.</param>
/// <param name="X">Their middles.</param>
/// <param name="Heights">Their heights.</param>
/// <param name="Width">Their width, in units of the axis.</param>
public sealed record Bars(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Heights, double Width) : Series(Name)
{
    /// <inheritdoc/>
    public override int Count => X.Count;

    internal override IEnumerable<(double X, double Y)> Extent => X.SelectMany((x, k) => new[] { (x - (Width / 2), Heights[k]), (x + (Width / 2), 0.0) });
}

/// <summary>A straight line across the panel.</summary>
/// <param name="Name">What it is.</param>
/// <param name="At">Where it crosses the axis.</param>
/// <param name="IsVertical">Whether it is vertical.</param>
public sealed record Level(string Name, double At, bool IsVertical) : Series(Name)
{
    /// <inheritdoc/>
    public override int Count => 1;
}

/// <summary>A rectangle that is tinted; infinite sides are those of the panel.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Left">Its left side.</param>
/// <param name="Right">Its right side.</param>
/// <param name="Bottom">Its lower side.</param>
/// <param name="Top">Its upper side.</param>
public sealed record Area(string Name, double Left, double Right, double Bottom, double Top) : Series(Name)
{
    /// <inheritdoc/>
    public override int Count => 1;
}

/// <summary>Heights over a rectangle, as contour lines, and as shades between them where nothing else colours the ground.</summary>
/// <param name="Name">What they are.</param>
/// <param name="X">The columns' places, ascending.</param>
/// <param name="Y">The rows' places, ascending.</param>
/// <param name="Heights">Heights[row, column].</param>
/// <param name="Levels">The heights that lines are drawn at, ascending.</param>
public sealed record Contours(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, double[,] Heights, IReadOnlyList<double> Levels) : Series(Name)
{
    /// <summary>Whether the ground between the lines is shaded by height.</summary>
    public bool IsShaded { get; init; }

    /// <inheritdoc/>
    public override int Count => Levels.Count;

    internal override IEnumerable<(double X, double Y)> Extent => [(X[0], Y[0]), (X[^1], Y[^1])];
}

/// <summary>Which of several things each cell of a rectangle belongs to.</summary>
/// <param name="Name">What they are.</param>
/// <param name="X">The columns' places, ascending.</param>
/// <param name="Y">The rows' places, ascending.</param>
/// <param name="Which">Which[row, column]; below 0 for none of them.</param>
/// <param name="Inks">The colour of each.</param>
public sealed record Basins(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, int[,] Which, IReadOnlyList<Ink> Inks) : Series(Name)
{
    /// <inheritdoc/>
    public override int Count => Which.Cast<int>().Where(w => w >= 0).Distinct().Count();

    internal override IEnumerable<(double X, double Y)> Extent => [(X[0], Y[0]), (X[^1], Y[^1])];
}
