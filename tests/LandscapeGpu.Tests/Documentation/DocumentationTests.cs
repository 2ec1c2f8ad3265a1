using System.Text.RegularExpressions;
using LandscapeGpu.Cli.Scripting;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace LandscapeGpu.Tests.Documentation;

/// <summary>What the documentation shows is run.</summary>
public sealed partial class DocumentationTests
{
    // The snippets about scripts are not whole programs, and the one about update rules shows a file of the library.
    private static readonly string[] Pages = ["README.md", "docs/first-steps.md", "docs/write-an-objective.md", "docs/write-an-optimiser.md", "docs/numerics.md", "docs/devices.md"];

    public static TheoryData<string, int> Snippets() => Rows.Of(Pages.SelectMany(page => Enumerable.Range(0, Blocks(page, "csharp").Count), (page, k) => (page, k)));

    public static TheoryData<string> Commands() =>
        [.. Blocks("README.md", "").SelectMany(b => b.Split('\n')).Where(l => l.StartsWith("landscape ", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task A_snippet_compiles_and_runs(string page, int number)
    {
        var options = ScriptOptions.Default
            .WithMetadataResolver(AssembliesReadOnce.Instance)
            .WithReferences(typeof(LandscapeGpu.Surveys.Survey).Assembly, typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(Console).Assembly)
            .WithImports("System", "System.Linq", "System.Collections.Generic");
        await CSharpScript.RunAsync(Blocks(page, "csharp")[number], options);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_of_the_readme_runs(string line)
    {
        var arguments = Words().Matches(line).Select(m => m.Value.Trim('"')).Skip(1).ToList();
        var (output, errors) = (new StringWriter(), new StringWriter());

        var status = LandscapeCommand.Run(arguments, new Session(output, errors, CancellationToken.None));

        Assert.True(status == 0, errors.ToString());
        Assert.NotEmpty(output.ToString());
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();

    private static List<string> Blocks(string page, string language)
    {
        var text = File.ReadAllText(Path.Combine(Packaging.Outside.Root(), page));
        return [.. Regex.Matches(text, $"^```{language}\\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline).Select(m => m.Groups[1].Value)];
    }
}
