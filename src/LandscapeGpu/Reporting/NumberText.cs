using System.Globalization;
using System.Numerics;

namespace LandscapeGpu.Reporting;

/// <summary>Numbers as a reader wants them: few digits, no culture, no negative zero.</summary>
internal static class NumberText
{
    /// <summary>A number to so many significant digits.</summary>
    public static string Of(double value, int digits = 7) =>
        (value == 0 ? 0 : value).ToString($"G{digits}", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    /// <summary>A whole number with its thousands apart.</summary>
    public static string Of(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A whole number with its thousands apart; a long one to four digits.</summary>
    public static string Of(BigInteger value) =>
        value < 1_000_000_000 ? value.ToString("N0", CultureInfo.InvariantCulture) : value.ToString("0.###e0", CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage; what is not nothing does not look like nothing, nor what is not all like all.</summary>
    public static string Percent(double share) => share switch
    {
        > 0 and < 5e-5 => "<0.01%",
        > 0.99995 and < 1 => ">99.99%",
        0 or 1 => (100 * share).ToString("0", CultureInfo.InvariantCulture) + "%",
        _ => (100 * share).ToString("0.00", CultureInfo.InvariantCulture) + "%",
    };

    /// <summary>A share's interval.</summary>
    public static string Interval(double low, double high) => $"{Percent(low)} – {Percent(high)}";

    /// <summary>A time in the unit that suits it.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        0 => "0 s",
        < 1e-3 => Of(1e6 * seconds, 3) + " µs",
        < 1 => Of(1e3 * seconds, 3) + " ms",
        < 1000 => Of(seconds, 3) + " s",
        _ => seconds.ToString("N0", CultureInfo.InvariantCulture) + " s",
    };

    /// <summary>A point; of a long one the first coordinates and how many there are.</summary>
    /// <param name="point">Its coordinates.</param>
    /// <param name="size">The size of the region it lies in. What is below 1e-12 of it, or of the largest coordinate, is what polishing leaves of 0.</param>
    /// <param name="shown">How many coordinates of a long point.</param>
    public static string Point(IReadOnlyList<double> point, double size = 0, int shown = 4)
    {
        var nothing = 1e-12 * Math.Max(size, point.Max(Math.Abs));
        return point.Count <= shown + 1
            ? $"({string.Join(", ", point.Select(c => Text(c, 6)))})"
            : $"({string.Join(", ", point.Take(shown).Select(c => Text(c, 4)))}, … {point.Count} in all)";

        string Text(double c, int digits) => Of(Math.Abs(c) <= nothing ? 0 : c, digits);
    }

    /// <summary>A number with its noun.</summary>
    public static string Count(long count, string one, string many) => $"{Of(count)} {(count == 1 ? one : many)}";
}
