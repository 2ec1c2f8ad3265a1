namespace LandscapeGpu.Descent;

/// <summary>Checks on the numbers rules and schedules are made with.</summary>
internal static class RuleNumbers
{
    public static double Parse(string whole, string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new ArgumentException($"In {whole}, {number} is not a number.");

    public static int AtLeastOne(int value, string what) => value >= 1
        ? value
        : throw new ArgumentException($"{what} was given {value} steps; it needs at least one.");

    public static double Positive(double value, string what) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentException(FormattableString.Invariant($"{what} was given {value}; it must be finite and above 0."));

    /// <summary>A number in [0, 1).</summary>
    public static double Fraction(double value, string what) => value is >= 0 and < 1
        ? value
        : throw new ArgumentException(FormattableString.Invariant($"{what} was given {value}; it must be at least 0 and below 1."));
}
