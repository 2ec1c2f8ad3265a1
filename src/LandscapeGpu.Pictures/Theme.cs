namespace LandscapeGpu.Pictures;

/// <summary>The colours of paper and writing.</summary>
/// <param name="Paper">The ground.</param>
/// <param name="Writing">Axes and text.</param>
/// <param name="Rule">Lines of the grid.</param>
public sealed record Theme(Ink Paper, Ink Writing, Ink Rule)
{
    /// <summary>Dark on white: for print.</summary>
    public static Theme Light { get; } = new(new(255, 255, 255), new(32, 36, 40), new(226, 229, 232));

    /// <summary>Light on dark.</summary>
    public static Theme Dark { get; } = new(new(24, 27, 31), new(222, 226, 230), new(56, 61, 66));

    /// <summary>A colour as it is drawn on this paper: dark ones are lightened on dark paper.</summary>
    internal Ink On(Ink? ink)
    {
        var colour = ink ?? Writing;
        return ink is not null && Paper.Red < 128 ? colour.With(new(255, 255, 255), 0.25) : colour;
    }
}
