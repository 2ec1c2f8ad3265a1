namespace LandscapeGpu.Tests.Packaging;

/// <summary>The three paths of docs/first-steps.md lead where they say, from an empty folder.</summary>
[Collection(nameof(Feed))]
public sealed class FirstStepsTests(Feed feed)
{
    private const string Page = "first-steps.md";

    [NeedsFact("python3")]
    public void A_theorist_gets_from_a_formula_to_numbers_in_Python()
    {
        var printed = Take("A theorist");
        Assert.Contains("No spurious minimum found", printed, StringComparison.Ordinal);
        // sin x + x/5 has its lowest minimum on [−10, 10] where cos x = −1/5 at −7.66…: −√(1 − 1/25) − 1.53….
        Assert.Matches(@"\n[34] minima, the lowest -2\.5", printed);
        Assert.Matches("\n1000 restarts; coverage (1|0\\.9)", printed);
    }

    [Fact]
    public void A_chemist_gets_structures_barriers_and_the_icosahedron()
    {
        var printed = Take("A chemist");
        // Seven atoms have four minima, of which the pentagonal bipyramid is the lowest (Hoare and Pal, 1971).
        Assert.Contains("Minima: 4\n", printed, StringComparison.Ordinal);
        Assert.Contains("-16.505384", printed, StringComparison.Ordinal);
        Assert.Contains("-44.326801", printed, StringComparison.Ordinal);
        var structures = File.ReadAllLines(Path.Combine(feed.Reader, "minima.xyz"));
        Assert.Equal((4 * 9, "7"), (structures.Length, structures[0]));
        Assert.StartsWith("value=-16.5053", structures[1], StringComparison.Ordinal);
        Assert.Equal("13", File.ReadLines(Path.Combine(feed.Reader, "lj13.xyz")).First());
        Assert.NotEmpty(Directory.GetFiles(feed.Reader, "lj7-*.csv"));
    }

    [Fact]
    public void An_engineer_gets_a_program_of_her_own()
    {
        // Four wells, tilted.
        Assert.Contains("Minima: 4\n", Take("An engineer"), StringComparison.Ordinal);
        Assert.EndsWith(",left,right", File.ReadLines(Path.Combine(feed.Reader, "springs.csv")).First(), StringComparison.Ordinal);
    }

    private string Take(string section)
    {
        feed.Pack();
        feed.Install();
        return new Steps(feed, feed.Reader).Take(Page, section);
    }
}
