using System.CommandLine.Parsing;
using System.Numerics;

namespace LandscapeGpu.Cli;

/// <summary>Options whose values are numbers, refused in the user's words.</summary>
internal static class NumberOption
{
    /// <summary>A whole number within bounds; 1e6 and 1_000_000 are written as well as 1000000.</summary>
    public static Option<long?> Whole(string name, string description, long least = 1, long most = long.MaxValue) => Whole<long>(name, description, least, most);

    /// <summary>A whole number within bounds that fits an int.</summary>
    public static Option<int?> Small(string name, string description, int least = 1, int most = int.MaxValue) => Whole<int>(name, description, least, most);

    private static Option<T?> Whole<T>(string name, string description, T least, T most)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        Of<T>(name, "N", description, long.CreateChecked(most) == long.MaxValue ? $"a whole number from {least} up" : $"a whole number from {least} to {most}", text =>
            decimal.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number == decimal.Truncate(number) && number >= decimal.CreateChecked(least) && number <= decimal.CreateChecked(most)
                ? T.CreateChecked(number)
                : null);

    /// <summary>A finite number above 0, or from 0 up.</summary>
    public static Option<double?> Positive(string name, string description, bool orZero = false) =>
        Of<double>(name, "X", description, orZero ? "a finite number from 0 up" : "a finite number above 0", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) && (number > 0 || (orZero && number == 0))
                ? number
                : null);

    /// <summary>A number above 0 and below 1.</summary>
    public static Option<double?> Fraction(string name, string description) =>
        Of<double>(name, "P", description, "above 0 and below 1", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1 ? number : null);

    /// <summary>A seed.</summary>
    public static Option<ulong?> Seed(string name, string description) =>
        Of<ulong>(name, "N", description, $"a whole number from 0 to {ulong.MaxValue}", text =>
            ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);

    /// <summary>A finite number that is one of several in an option's text.</summary>
    /// <exception cref="MistakeException">It is none.</exception>
    public static double Read(string option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new MistakeException($"{option} was given {text}; it must be a finite number.");

    private static Option<T?> Of<T>(string name, string valueName, string description, string allowed, Func<string, T?> read)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = valueName,
            CustomParser = (ArgumentResult argument) =>
            {
                var text = argument.Tokens[0].Value;
                var value = read(text);
                if (value is null)
                {
                    argument.AddError($"{name} was given {text}; it must be {allowed}.");
                }

                return value;
            },
        };
}
