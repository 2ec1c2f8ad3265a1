using System.CommandLine.Parsing;
using LandscapeGpu.Objectives.Catalogue;

namespace LandscapeGpu.Cli;

/// <summary>What is wrong with a command line that could not be read: what was given, what is allowed, what to do.</summary>
/// <remarks>Looks at what was read, and not at what the parser says about it, which is for programmers.</remarks>
internal static class ParsingMistake
{
    // Of commands that have an option, so many tell where it belongs.
    private const int MostCommands = 4;

    /// <summary>One sentence or two about the first mistake; null where there is none.</summary>
    public static string? Of(ParseResult parsed)
    {
        // The parser takes the next option for a value.
        if (WithoutValue(parsed) is var valueless && (valueless is not null || parsed.Errors.Count == 0))
        {
            return valueless;
        }

        var command = parsed.CommandResult.Command;
        var help = command is RootCommand ? "landscape --help" : $"landscape {Name(parsed.CommandResult)} --help";
        return LeftOver(parsed, help)
            ?? (command is RootCommand ? $"a command is needed: {string.Join(", ", command.Subcommands.Select(c => c.Name))}; `{help}` says more." : null)
            ?? Repeated(parsed)
            ?? Missing(parsed, help)
            ?? parsed.Errors[0].Message;
    }

    /// <summary>A command with those that it belongs to.</summary>
    private static string Name(CommandResult result) => result.Parent is CommandResult { Command: not RootCommand } parent ? $"{Name(parent)} {result.Command.Name}" : result.Command.Name;

    /// <summary>A word that belongs to nothing; null where there is none.</summary>
    private static string? LeftOver(ParseResult parsed, string help)
    {
        var command = parsed.CommandResult.Command;
        // An option that a command does not have is taken for its objective, and what follows is what is left over.
        var taken = command.Arguments.SelectMany(a => parsed.GetResult(a)?.Tokens ?? []).Select(t => t.Value).ToList();
        var word = taken.Concat(parsed.UnmatchedTokens).FirstOrDefault(IsOption) ?? (parsed.UnmatchedTokens is [var first, ..] ? first : null);
        if (word is null)
        {
            return null;
        }

        var name = word.Split('=')[0];
        var names = command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name)).ToList();
        if (names.Contains(name))
        {
            return $"{name} stands before the command; the command is the first word: `landscape {command.Name} … {name} …`.";
        }

        // Another command's option was meant for what it is, however near it is to one of this command's.
        var root = parsed.RootCommandResult.Command;
        string[] others = [.. root.Subcommands.Where(c => c.Options.Any(o => o.Name == name)).Select(c => c.Name)];
        var begun = names.Where(n => name.Length > 2 && n.StartsWith(name, StringComparison.Ordinal)).ToList();
        if (others.Length == 0 && (begun.Count == 1 ? begun[0] : Spelling.Meant(name, names)) is { } meant && IsOption(word) == IsOption(meant))
        {
            return $"{name} is not understood; did you mean {meant}? `{help}` says what there is.";
        }

        if (IsOption(word))
        {
            return others.Length == 0 ? $"{name} is no option; `{help}` says what there is."
                : command == root ? $"{name} stands before the command, of which it is an option ({Some(others)}); the command is the first word."
                : $"{name} is no option of {Name(parsed.CommandResult)}, but of {Some(others)}; `{help}` says what there is.";
        }

        if (command is RootCommand)
        {
            return Catalogue.Families.Any(f => f.Name == word) ? $"{word} is an objective, and the first word is the command: `landscape explore {word}`." : $"{word} is no command; `{help}` says what there is.";
        }

        // Who writes a list with spaces meant the option that stands before it.
        var at = parsed.Tokens.Select(t => t.Value).ToList().IndexOf(word);
        return Before(1) is { } flag && flag.ValueType == typeof(bool) ? $"{flag.Name} takes no value, and {word} was given; `{help}` says what there is."
            : Before(2) is { } option && option.ValueType != typeof(bool)
            ? $"{option.Name} takes one value{(option.Arity.MaximumNumberOfValues > 1 ? " each time" : "")}, and {parsed.Tokens[at - 1].Value} and {word} were given; what has spaces stands in quotes, and items of a list have commas between them."
            : taken.Count > 0 ? $"{word} is one word too many after {taken[^1]}; what has spaces stands in quotes. `{help}` says what there is."
            : $"{word} is one word too many: {Name(parsed.CommandResult)} takes options alone; `{help}` says what there is.";

        Option? Before(int words) => at >= words && parsed.Tokens[at - words] is { Type: TokenType.Option, Value: var named } ? command.Options.FirstOrDefault(o => o.Name == named) : null;
    }

    private static IEnumerable<OptionResult> Given(ParseResult parsed) => parsed.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit);

    /// <summary>An option or an argument without its value, with an empty one, or with the next option in its place; null where there is none.</summary>
    private static string? WithoutValue(ParseResult parsed) => Given(parsed)
        .FirstOrDefault(o => o.Option.ValueType != typeof(bool) && (o.Tokens.Count < o.IdentifierTokenCount || o.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value) || parsed.CommandResult.Command.Options.Any(other => t.Value == other.Name))))?.Option is { } option
        ? $"{option.Name} was given without a value; {Written(option)}"
        : parsed.CommandResult.Command.Arguments.FirstOrDefault(a => parsed.GetResult(a)?.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value)) == true) is { } argument
        ? $"{Name(parsed.CommandResult)} was given an empty {argument.Name.ToUpperInvariant()}; give {argument.Description}." : null;

    /// <summary>An option that was given again; null where there is none.</summary>
    private static string? Repeated(ParseResult parsed) => Given(parsed).FirstOrDefault(o => o.Tokens.Count > o.Option.Arity.MaximumNumberOfValues) is { } given
        ? $"{given.Option.Name} was given {given.Tokens.Count} times ({string.Join(" and ", given.Tokens.Select(t => t.Value))}); give it once." : null;

    private static string Written(Option option) => $"write {option.Name} {option.HelpName}: {option.Description}.";

    /// <summary>What must be given and was not; null where everything was.</summary>
    private static string? Missing(ParseResult parsed, string help)
    {
        var command = parsed.CommandResult.Command;
        return command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(a) is not { Tokens.Count: > 0 }) is { } argument
            ? $"{Name(parsed.CommandResult)} was given no {argument.Name.ToUpperInvariant()}: {argument.Description}. Write `landscape {Name(parsed.CommandResult)} {string.Join(' ', command.Arguments.Select(a => a.Name.ToUpperInvariant() + (a.Arity.MaximumNumberOfValues > 1 ? " …" : "")))}`; `{help}` says more."
            : command.Options.FirstOrDefault(o => o.Required && parsed.GetResult(o) is not { Tokens.Count: > 0 }) is { } option
            ? $"{option.Name} was not given; {Written(option)}"
            : null;
    }

    private static string Some(string[] names) => names.Length > MostCommands ? $"{string.Join(", ", names.Take(MostCommands))}, …" : string.Join(", ", names);

    // A negative number is a value.
    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]) && word[1] != '.';
}
