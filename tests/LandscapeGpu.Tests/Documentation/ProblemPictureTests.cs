using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LandscapeGpu.Cli;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Tests.Packaging;

namespace LandscapeGpu.Tests.Documentation;

/// <summary>Every problem of docs/problems has a picture, made by the command beside it; so has the README.</summary>
/// <remarks>docs/images/problems/make.sh makes them anew. What is compared is their structure (title, axes, series), numbers left out: other tests are about those.</remarks>
public sealed partial class ProblemPictureTests
{
    // A graph, a map and a disconnectivity graph; all with LANDSCAPE_LONG_TESTS=1, which takes a minute.
    private static readonly string[] Quick = ["tilted-sine", "himmelblau", "muller-brown"];

    private static readonly bool IsLong = LongTests.AreAsked;

    public static TheoryData<string> Problems() => [.. Catalogue.Families.Select(f => f.Name)];

    public static TheoryData<string> Made() => [.. Catalogue.Families.Select(f => f.Name).Where(n => IsLong || Quick.Contains(n))];

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_problem_has_a_picture_and_the_command_that_makes_it(string name)
    {
        var (title, image, command) = PictureOf(name);
        Assert.Equal($"../images/problems/{name}.svg", image);
        Assert.Contains($" {name} ", command, StringComparison.Ordinal);
        Assert.EndsWith($" --picture {name}.svg", command, StringComparison.Ordinal);
        // What the page says of it to those who cannot see it is what it says itself.
        var svg = XDocument.Load(Stored(name)).Root!;
        Assert.Equal("img", svg.Attribute("role")?.Value);
        Assert.Equal(title, svg.Attribute("aria-label")!.Value.Replace('[', '(').Replace(']', ')'));
    }

    [Theory]
    [MemberData(nameof(Made))]
    public void The_command_beside_a_picture_makes_it(string name) => Compare(PictureOf(name).Command, Stored(name));

    [Fact]
    public void The_README_opens_with_a_picture_and_the_command_that_makes_it()
    {
        var text = File.ReadAllText(Path.Combine(Outside.Root(), "README.md"));
        var first = Picture().Match(text);
        Assert.True(first.Success && first.Index < text.IndexOf("\n## ", StringComparison.Ordinal));
        Compare(first.Groups["command"].Value, Path.Combine(Outside.Root(), first.Groups["image"].Value));
    }

    private static void Compare(string command, string stored)
    {
        var made = Path.Combine(Directory.CreateTempSubdirectory("landscape-picture").FullName, "made.svg");
        var errors = new StringWriter();
        var words = command.Split(' ').Skip(1).SkipLast(1).Append(made).ToList();
        Assert.True(LandscapeCommand.Run(words, new Session(new StringWriter(), errors, CancellationToken.None)) == 0, errors.ToString());
        Assert.Equal(Structure(stored), Structure(made));
        Directory.Delete(Path.GetDirectoryName(made)!, recursive: true);
    }

    private static string Structure(string path) => Number().Replace(WebUtility.HtmlDecode(Description().Match(File.ReadAllText(path)).Groups[1].Value), "#");

    private static (string Title, string Image, string Command) PictureOf(string name)
    {
        var section = Directory.GetFiles(Path.Combine(Outside.Root(), "docs/problems"), "*.md").Select(File.ReadAllText)
            .Select(t => (Text: t + "\n## ", Begin: (t + "\n## ").IndexOf($"\n## {name}\n", StringComparison.Ordinal))).Single(t => t.Begin >= 0);
        var found = Picture().Match(section.Text[section.Begin..section.Text.IndexOf("\n## ", section.Begin + 1, StringComparison.Ordinal)]);
        Assert.True(found.Success, $"{name} has no picture with its command below it");
        return (found.Groups["title"].Value, found.Groups["image"].Value, found.Groups["command"].Value);
    }

    private static string Stored(string name) => Path.Combine(Outside.Root(), "docs/images/problems", name + ".svg");

    [GeneratedRegex(@"^!\[(?<title>[^\]]*)\]\((?<image>[^)]*)\)\n\n```\n(?<command>landscape .* --picture \S+)\n```$", RegexOptions.Multiline)]
    private static partial Regex Picture();

    [GeneratedRegex("<desc>(.*?)</desc>", RegexOptions.Singleline)]
    private static partial Regex Description();

    [GeneratedRegex(@"[−-]?\b[0-9][0-9,.]*(e[−-]?[0-9]+)?%?")]
    private static partial Regex Number();
}
