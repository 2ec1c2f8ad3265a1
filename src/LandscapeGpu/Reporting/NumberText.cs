using System.Numerics;

namespace LandscapeGpu.Reporting;

/// <summary>Numbers as a reader wants them: few digits, no culture, no negative zero.</summary>
internal static class NumberText
{
    /// <summary>How many coordinates of a long point are shown.</summary>
    public const int Shown = 4;

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

    /// <summary>A share that is a bound of others, however small: two digits where a percentage has none.</summary>
    public static string SmallPercent(double share) => share is > 0 and < 5e-5 ? Of(100 * share, 2) + "%" : Percent(share);

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
    /// <param name="sizes">
    /// How far apart points can be in each coordinate; null for 1. What is below 1e-12 of that is what polishing leaves of 0, and so is what is
    /// below the rounding that a much larger coordinate brings with it.
    /// </param>
    /// <param name="widths">How wide the region is in each coordinate; null for 1. Of a coordinate far larger than that as many more digits are shown as its leading ones say nothing.</param>
    /// <param name="shown">How many coordinates of a long point.</param>
    public static string Point(IReadOnlyList<double> point, IReadOnlyList<double>? sizes = null, IReadOnlyList<double>? widths = null, int shown = Shown)
    {
        var largest = point.Select((c, i) => Math.Abs(c) / SizeOf(i)).Max();
        var nothing = Math.Max(Stationarity.ThreeQuartersOfTheDigits, Stationarity.SumOfRoundings * largest);
        return point.Count <= shown + 1
            ? $"({string.Join(", ", point.Select((c, i) => Text(c, i, 6)))})"
            : $"({string.Join(", ", point.Take(shown).Select((c, i) => Text(c, i, 4)))}, … {point.Count} in all)";

        string Text(double c, int i, int digits) => Of(Math.Abs(c) <= nothing * SizeOf(i) ? 0 : c, TellingDigits.Beside(digits, digits, Math.Abs(c), widths?[i] ?? 1));

        double SizeOf(int i) => sizes is null ? 1 : sizes[i];
    }

    /// <summary>A number with its noun.</summary>
    public static string Count(long count, string one, string many) => $"{Of(count)} {(count == 1 ? one : many)}";
}
