using System.Text.RegularExpressions;
using LandscapeGpu.Spectra;

namespace LandscapeGpu.Pictures;

/// <summary>Numbers and names as pictures write them.</summary>
internal static partial class Wording
{
    /// <summary>A number to a few digits.</summary>
    public static string Number(double value, int digits = 4) =>
        (value == 0 ? 0 : value).ToString($"G{digits}", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal).Replace("Infinity", "∞", StringComparison.Ordinal).Replace('-', '−');

    /// <summary>A sentence of the console with minus signs as pictures write them: before a number, in an exponent and in a power.</summary>
    public static string Typeset(string sentence) => MinusSign().Replace(sentence, "−");

    [GeneratedRegex(@"(?<=^|[\s(\[^]|\de)-(?=\d)")]
    private static partial Regex MinusSign();

    /// <summary>A share: what is not nothing does not look like nothing, nor what is not all like all.</summary>
    public static string Percent(double share) => share switch
    {
        > 0 and < 5e-4 => "<0.1%",
        > 0.9999 and < 1 => ">99.99%",
        > 0.9945 and < 1 => (Math.Floor(1e4 * share) / 100).ToString("0.##", CultureInfo.InvariantCulture) + "%",
        _ => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + "%",
    };

    public static string Count(long count, string one, string? many = null) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many ?? one + "s")}";

    public static string Point(IReadOnlyList<double> point) =>
        $"({string.Join(", ", point.Take(4).Select(c => Number(Math.Abs(c) < 1e-12 ? 0 : c)))}{(point.Count > 4 ? $", … {point.Count} in all" : "")})";

    /// <summary>Between which values, or which one.</summary>
    public static string Values(double least, double most) => Number(least, 6) is var low && Number(most, 6) is var high && low == high ? $"the value {low}" : $"values from {low} to {high}";

    /// <summary>What a coordinate is called: its own name, or x[i] as in formulas.</summary>
    public static string Coordinate(Objective objective, int i) => objective.Names.Count > 0 ? objective.Names[i] : FormattableString.Invariant($"x[{i}]");

    /// <summary>The axis of a coordinate.</summary>
    public static Axis CoordinateAxis(Objective objective, int i) => new(objective.Names.Count > 0 ? objective.Names[i] : $"coordinate {(objective.Dimension == 1 ? "x" : Coordinate(objective, i))}");

    /// <summary>How many digits tell values apart: more than usual where their leading ones say nothing, since all have them.</summary>
    /// <param name="points">The points whose values stand side by side.</param>
    /// <param name="digits">How many are usual.</param>
    public static int Digits(IEnumerable<StationaryPoint> points, int digits = 6)
    {
        var sorted = points.OrderBy(p => p.Value).ToList();
        return sorted.Count < 2 || sorted[0].HasValueOf(sorted[^1]) ? digits : Digits(sorted[0].Value, sorted[^1].Value, digits);
    }

    /// <summary>The same for numbers between two.</summary>
    /// <param name="least">The least.</param>
    /// <param name="most">The largest.</param>
    /// <param name="digits">How many are usual.</param>
    public static int Digits(double least, double most, int digits)
    {
        var ratio = Math.Max(Math.Abs(least), Math.Abs(most)) / (most - least);
        return ratio >= 10 && double.IsFinite(ratio) ? Math.Clamp(digits - 1 + (int)Math.Log10(ratio), digits, 15) : digits;
    }

    public static string Kind(StationaryPoint p) => p.Kind switch
    {
        StationaryKind.StrictSaddle => $"saddle of index {p.Index}",
        StationaryKind.DegenerateSaddle => "degenerate saddle",
        StationaryKind.Maximum => "maximum",
        StationaryKind.BoundaryMinimum => "minimum on the boundary",
        _ when p.IsFlatFamily => "one of a continuum of minima",
        StationaryKind.MinimumAtKink => "minimum at a kink",
        StationaryKind.EdgeMinimum => "minimum at the edge of definition",
        _ => p.IsMinimum ? "minimum" : "stationary point",
    };

    /// <summary>What the pointer is told of a stationary point.</summary>
    public static string Detail(StationaryPoint p) => $"{Kind(p)}, f = {Number(p.ShownValue, 12)} at {Point(p.Point)}; {Percent(p.Share)} of restarts ({Percent(p.ShareLow)} – {Percent(p.ShareHigh)})";
}
