namespace LandscapeGpu.Cli;

/// <summary>Options whose value is one of a few words.</summary>
internal static class ChoiceOption
{
    public static Option<string?> Create(string name, string description, params string[] words) => new(name)
    {
        Description = $"{description}: {string.Join(", ", words)}",
        HelpName = "WORD",
        CustomParser = argument =>
        {
            var word = argument.Tokens[0].Value;
            if (!words.Contains(word))
            {
                var meant = Spelling.Meant(word, words);
                argument.AddError($"{name} was given {word}; it must be {string.Join(" or ", words)}{(meant is null ? "" : $" (did you mean {meant}?)")}.");
            }

            return word;
        },
    };
}
