using System.Text.Json;
using LandscapeGpu.Tests.Documentation;

namespace LandscapeGpu.Tests.Packaging;

/// <summary>What docs/notebooks-python-clusters.md shows runs, where the tools are.</summary>
[Collection(nameof(Feed))]
public sealed class NotebookTests(Feed feed)
{
    private const string Page = "notebooks-python-clusters.md";

    [NeedsFact("dotnet-script")]
    public void Packages_are_read_by_a_script()
    {
        feed.Pack();
        var lines = Steps.Blocks(Page, "C# notebooks")[0].Text.Replace("/path/to/feed", feed.Folder, StringComparison.Ordinal).Replace("0.2.0", feed.Version, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(feed.Reader, "cell.csx"), lines + """
            using LandscapeGpu.Objectives.Catalogue;
            using LandscapeGpu.Surveys;
            Console.WriteLine($"{Survey.Run(Catalogue.Find("himmelblau").Create(), new() { Restarts = 100 }).Minima.Count} minima");
            """);
        Assert.Contains("4 minima", Ran("dotnet-script", "cell.csx"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_based_app_takes_the_lines_of_the_page()
    {
        feed.Pack();
        feed.Install();
        File.WriteAllText(Path.Combine(feed.Reader, "app.cs"), Steps.Blocks(Page, "C# notebooks")[^1].Text.Replace("0.2.0", feed.Version, StringComparison.Ordinal) + """
            using LandscapeGpu.Objectives.Catalogue;
            using LandscapeGpu.Surveys;
            Console.WriteLine($"{Survey.Run(Catalogue.Find("himmelblau").Create(), new() { Restarts = 100 }).Rows.Count} minima");
            """);
        Assert.Contains("4 minima", Ran("dotnet", "run", "app.cs"), StringComparison.Ordinal);
    }

    public static TheoryData<string> Apps() => LongTests.AreAsked ? [.. NotebookSource.All().Select(n => n.Name)] : ["first-look"];

    [Theory]
    [MemberData(nameof(Apps))]
    public void A_notebook_is_a_file_based_app_that_runs_from_the_package(string name)
    {
        feed.Pack();
        feed.Install();
        var lines = File.ReadAllLines(Path.Combine(NotebookSource.Folder(), name + ".cs"));
        Assert.StartsWith("#:project ", lines[0], StringComparison.Ordinal);
        File.WriteAllLines(Path.Combine(feed.Reader, name + ".cs"), lines.Skip(1).Prepend($"#:package LandscapeGpu.Pictures@{feed.Version}"));
        Assert.Contains("Minima: ", Ran("dotnet", "run", name + ".cs"), StringComparison.Ordinal);
    }

    [NeedsFact("python3:pandas")]
    public void Six_lines_of_Python_make_a_data_frame()
    {
        feed.Install();
        File.WriteAllText(Path.Combine(feed.Reader, "frame.py"), Steps.Blocks(Page, "Python")[0].Text);
        Assert.Equal(4, Ran("python3", "frame.py").Split('\n').Count(l => l.EndsWith("minimum", StringComparison.Ordinal)));
    }

    [NeedsFact("bash")]
    public void A_Slurm_array_shares_the_restarts()
    {
        feed.Install();
        // Slurm gives a job its number and starts it; both are done here in its stead, with fewer restarts.
        File.WriteAllText(Path.Combine(feed.Reader, "job.sh"), "srun() { \"$@\"; }\n" + Steps.Blocks(Page, "Clusters")[0].Text.Replace("1000000", "300", StringComparison.Ordinal));
        foreach (var task in new[] { 0, 1 })
        {
            Ran("bash", "-e", "-c", $"export SLURM_ARRAY_TASK_ID={task}; . ./job.sh");
            using var part = JsonDocument.Parse(File.ReadAllText(Path.Combine(feed.Reader, $"part-{task}.json")));
            Assert.Equal((300 * task, 300), (part.RootElement.GetProperty("first").GetInt32(), part.RootElement.GetProperty("restarts").GetInt32()));
        }
    }

    private string Ran(string program, params string[] arguments)
    {
        var ran = Outside.Run(feed.Reader, program, feed.Places, arguments);
        Assert.True(ran.Status == 0, ran.Out + ran.Error);
        return ran.Out;
    }
}
