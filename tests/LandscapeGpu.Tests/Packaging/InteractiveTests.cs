using System.Text.Json;

namespace LandscapeGpu.Tests.Packaging;

/// <summary>The lines for notebooks, in the kernel that runs C# notebooks.</summary>
[Collection(nameof(Feed))]
public sealed class InteractiveTests(Feed feed)
{
    [NeedsFact("dotnet-interactive")]
    public void Every_package_of_the_page_is_read_by_a_notebook_and_works_there()
    {
        feed.Pack();
        var lines = Steps.Blocks("notebooks-python-clusters.md", "C# notebooks").Select(b => b.Text).Where(t => t.StartsWith('#') && !t.StartsWith("#:", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        const string Code = """
            using LandscapeGpu.Objectives.Catalogue;
            using LandscapeGpu.Pictures;
            using LandscapeGpu.RunFiles;
            using LandscapeGpu.Surveys;
            var himmelblau = Catalogue.Find("himmelblau").Create();
            var found = Survey.Run(himmelblau, new() { Restarts = 64, Device = "ilgpu-cpu" });
            RunFile.Explore("cell.db", himmelblau, new() { Restarts = 64 });
            var file = RunFile.Open("cell.db");
            Console.WriteLine($"{found.Minima.Count} minima on {found.Device}; {file.Restarts} restarts kept; {found.Figure() is not null}");
            file.Dispose();
            """;
        var said = Submitted(string.Concat(lines).Replace("/path/to/feed", feed.Folder, StringComparison.Ordinal).Replace("0.2.0", feed.Version, StringComparison.Ordinal), Code);
        Assert.Contains(said, s => s.Contains("4 minima on CPUAccelerator", StringComparison.Ordinal) && s.Contains("64 restarts kept; True", StringComparison.Ordinal));
    }

    /// <summary>What the kernel sends while it runs cells.</summary>
    private List<string> Submitted(params string[] cells)
    {
        var at = feed.Empty("interactive");
        using var kernel = Outside.Start(at, "dotnet-interactive", new Dictionary<string, string>(feed.Places) { ["NUGET_PACKAGES"] = Path.Combine(feed.Folder, "packages"), ["DOTNET_ROLL_FORWARD"] = "LatestMajor" }, "stdio");
        try
        {
            var said = new List<string>();
            Until("KernelReady", "");
            for (var k = 0; k < cells.Length; k++)
            {
                kernel.StandardInput.WriteLine(JsonSerializer.Serialize(new { commandType = "SubmitCode", command = new { code = cells[k], targetKernelName = "csharp" }, token = $"cell{k}" }));
                kernel.StandardInput.Flush();
                Until("CommandSucceeded", $"cell{k}");
            }

            return said;

            void Until(string type, string token)
            {
                while (kernel.StandardOutput.ReadLine() is { } line)
                {
                    said.Add(line);
                    Assert.False(line.Contains("\"eventType\":\"CommandFailed\"", StringComparison.Ordinal), line);
                    if (line.Contains($"\"eventType\":\"{type}\"", StringComparison.Ordinal) && line.Contains(token, StringComparison.Ordinal))
                    {
                        return;
                    }
                }

                Assert.Fail($"The kernel ended before {type}: {kernel.StandardError.ReadToEnd()}");
            }
        }
        finally
        {
            kernel.Kill();
        }
    }
}
