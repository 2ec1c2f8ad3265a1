namespace LandscapeGpu.Cli.Scripting;

/// <summary>Names that coordinates have elsewhere: x1, x_2, and y and z beside x.</summary>
internal static class CoordinateNames
{
    // So many tell the rule.
    private const int MostShown = 4;

    /// <summary>Which coordinate a name says; null where it says none. Whether names count from 0 or from 1 is not known here.</summary>
    public static int? NumberIn(string name) => name.TrimStart('x', 'X').TrimStart('_') is var digits && name.Length > digits.Length && char.ToLowerInvariant(name[0]) == 'x'
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What was meant by names that do not exist; null where one of them names no coordinate.</summary>
    /// <param name="unknown">The names.</param>
    public static string? Meant(IReadOnlyList<string> unknown)
    {
        // Who says x0 counts from 0.
        var first = unknown.Any(n => NumberIn(n) == 0) ? 0 : 1;
        int?[] numbers = [.. unknown.Select(n => n switch { "y" => 1, "z" => 2, _ => NumberIn(n) - first })];
        return numbers.Length == 0 || numbers.Contains(null) ? null
            : $"{All(unknown)} {(unknown.Count == 1 ? "does" : "do")} not exist; coordinates are counted from 0: did you mean {All([.. numbers.Select(k => string.Create(CultureInfo.InvariantCulture, $"x[{k}]"))])}?";
    }

    private static string All(IReadOnlyList<string> words) =>
        words.Count > MostShown ? $"{string.Join(", ", words.Take(MostShown))}, …"
        : words.Count == 1 ? words[0]
        : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";
}
