namespace LandscapeGpu.Evidence;

/// <summary>Numbers in the sentences of evidence.</summary>
internal static class EvidenceText
{
    public static string Number(double value, int digits = 5) => double.IsPositiveInfinity(value) ? "infinity"
        : (value == 0 ? 0 : value).ToString($"G{digits}", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    public static string Percent(double share) => (100 * share).ToString("G3", CultureInfo.InvariantCulture) + "%";

    public static string Count(long count, string noun, string? many = null) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? noun : many ?? noun + "s")}";
}
