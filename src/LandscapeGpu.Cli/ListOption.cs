namespace LandscapeGpu.Cli;

/// <summary>Options whose values are lists, with commas between their items.</summary>
internal static class ListOption
{
    public static Option<string?> Of(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    /// <summary>Whether an option was given; also of a command that has no such option.</summary>
    public static bool Has(this ParseResult parsed, Option option) => parsed.GetResult(option) is not null;

    /// <summary>The items; null if the option was not given.</summary>
    /// <exception cref="MistakeException">There is nothing between two commas, or nothing at all.</exception>
    public static string[]? Items(this ParseResult parsed, Option<string?> option)
    {
        var text = parsed.GetValue(option);
        var items = text?.Split(',', StringSplitOptions.TrimEntries);
        return items is null || items.All(i => i.Length > 0)
            ? items
            : throw new MistakeException($"{option.Name} was given \"{text}\", in which an item is empty; give one item, or several with single commas between them.");
    }
}
