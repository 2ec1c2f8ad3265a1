namespace LandscapeGpu.Evidence;

/// <summary>Numbers in the sentences of evidence.</summary>
internal static class EvidenceText
{
    public static string Number(double value, int digits = 5) => double.IsPositiveInfinity(value) ? "infinity"
        : (value == 0 ? 0 : value).ToString($"G{digits}", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    /// <summary>A value of a setting: as it was given, but for what rounding leaves of 0.1 + 0.2.</summary>
    public static string Setting(double value) => Number(value, 10);

    /// <summary>A share; what is not all does not look like all.</summary>
    public static string Percent(double share) => (share < 1 && 100 * share >= 99.95 ? ">99.9" : Number(100 * share, 3)) + "%";

    public static string Count(long count, string noun, string? many = null) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? noun : many ?? noun + "s")}";
}
