namespace LandscapeGpu.Tests.Documentation;

/// <summary>The same of docs/pathways.md.</summary>
public sealed class PathwaysPageTests
{
    public static TheoryData<string> Commands => EvidencePageTests.CommandsOf("pathways");

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_prints_what_the_page_shows(string command) => EvidencePageTests.Require("pathways", command);
}
