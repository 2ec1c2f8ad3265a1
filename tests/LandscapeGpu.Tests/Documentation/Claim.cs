using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LandscapeGpu.Cli;

namespace LandscapeGpu.Tests.Documentation;

/// <summary>A claim of the source texts, and how it is looked at.</summary>
/// <param name="Row">Its number in the inventory.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Words">What it says.</param>
/// <param name="Command">The command that looks at it; empty where there is none.</param>
/// <param name="Pattern">What is measured, in the command's output: the first group that matches.</param>
/// <param name="Judgement">The verdict, or a number to compare with: "=X±T source".</param>
internal sealed partial record Claim(int Row, string Place, string Words, string Command, string Pattern, string Judgement)
{
    /// <summary>All of tests/data/claims/claims.txt.</summary>
    public static IReadOnlyList<Claim> All { get; } = [.. Read()];

    /// <summary>What a command prints, and what of it this claim is about.</summary>
    public string Measured(string output) => Command.Length == 0 ? ""
        : Regex.Match(output, Pattern, RegexOptions.Multiline) is { Success: true } match ? match.Groups.Values.Skip(1).Append(match.Groups[0]).First(g => g.Success).Value.Trim().TrimEnd('.')
        : throw new InvalidOperationException($"Row {Row}: nothing in the output of `{Command}` matches {Pattern}:\n{output}");

    /// <summary>The verdict: of a number, whether it is what it should be, and by what.</summary>
    public string Verdict(string measured)
    {
        if (Expected().Match(Judgement) is not { Success: true } expected)
        {
            return Judgement;
        }

        double Of(string group) => double.Parse(expected.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
        var number = double.Parse(Number().Match(measured).Value, System.Globalization.CultureInfo.InvariantCulture);
        var isSo = Math.Abs(number - Of("value")) <= Of("error") * (1 + 1e-9);
        return $"{(isSo ? "✓" : "**fails**:")} {expected.Groups["value"].Value}{(Of("error") > 0 ? $" ± {expected.Groups["error"].Value}" : "")}: {expected.Groups["source"].Value}";
    }

    // Pages share commands.
    private static readonly ConcurrentDictionary<string, Lazy<string>> Outputs = new();

    /// <summary>What the console prints.</summary>
    public static string Run(string command) => Outputs.GetOrAdd(command, c => new(() => Printed(c))).Value;

    private static string Printed(string command)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var status = LandscapeCommand.Run([.. Word().Matches(command).Select(m => m.Value.Trim('"')).Skip(1)], new Session(output, errors, CancellationToken.None));
        return status == 0 ? output.ToString() : throw new InvalidOperationException($"`{command}` ended with status {status}:\n{errors}");
    }

    private static IEnumerable<Claim> Read()
    {
        var command = "";
        foreach (var line in File.ReadAllLines(Path()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line[0] is '$' or '-')
            {
                command = line[1..].Trim();
                continue;
            }

            yield return line.Split("::") is [var row, var place, var words, var pattern, var judgement]
                ? new(int.Parse(row, System.Globalization.CultureInfo.InvariantCulture), place.Trim(), words.Trim(), command, pattern.Trim(), judgement.Trim())
                : throw new InvalidOperationException($"Not a claim: {line}");
        }
    }

    private static string Path([CallerFilePath] string here = "") => System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "../../data/claims/claims.txt"));

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"[+-]?\d+(\.\d+)?(e[+-]?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"^=(?<value>\S+)±(?<error>\S+) (?<source>.*)$")]
    private static partial Regex Expected();
}
