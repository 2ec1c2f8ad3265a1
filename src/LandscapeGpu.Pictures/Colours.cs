namespace LandscapeGpu.Pictures;

/// <summary>A colour.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct Ink(byte Red, byte Green, byte Blue)
{
    /// <summary>A mixture with another colour.</summary>
    /// <param name="other">The other.</param>
    /// <param name="share">How much of it, from 0 to 1.</param>
    public Ink With(Ink other, double share) => new(Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

    private static byte Mix(byte one, byte other, double share) => (byte)Math.Round(one + (share * (other - one)));
}

/// <summary>Colours that people tell apart whatever colours they see, and that stay apart in grey.</summary>
public static class Colours
{
    // M. Okabe, K. Ito: Color Universal Design (2008), without black, which the writing has.
    private static readonly Ink[] Qualitative =
    [
        new(0, 114, 178), new(213, 94, 0), new(0, 158, 115), new(204, 121, 167), new(230, 159, 0), new(86, 180, 233), new(240, 228, 66),
    ];

    // Nine of the 256 colours of S. van der Walt and N. Smith's viridis (2015); lines between them differ by less than the eye sees.
    private static readonly Ink[] Viridis =
    [
        new(68, 1, 84), new(72, 40, 120), new(62, 74, 137), new(49, 104, 142), new(38, 130, 142), new(31, 158, 137), new(53, 183, 121), new(110, 206, 88), new(253, 231, 37),
    ];

    /// <summary>How many colours <see cref="Of(int)"/> has before they come again.</summary>
    public static int Distinct => Qualitative.Length;

    /// <summary>Blue, for what is measured.</summary>
    public static Ink Blue => Qualitative[0];

    /// <summary>Vermilion, for what stands against it.</summary>
    public static Ink Vermilion => Qualitative[1];

    /// <summary>Green.</summary>
    public static Ink Green => Qualitative[2];

    /// <summary>Grey, for what is beside the point.</summary>
    public static Ink Grey => new(128, 128, 128);

    /// <summary>The colour of the k-th of several things of no order.</summary>
    public static Ink Of(int k) => Qualitative[k % Qualitative.Length];

    /// <summary>The colour of the k-th of count things: of no order where there are few, of the scale where there are many.</summary>
    public static Ink Of(int k, int count) => count <= Qualitative.Length ? Of(k) : Scale((k + 0.5) / count);

    /// <summary>The colour of a share on a scale that grows lighter.</summary>
    /// <param name="share">From 0 to 1; what lies beyond takes the end.</param>
    public static Ink Scale(double share)
    {
        var at = Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * (Viridis.Length - 1);
        var below = Math.Min((int)at, Viridis.Length - 2);
        return Viridis[below].With(Viridis[below + 1], at - below);
    }
}
