using System.Diagnostics;
using System.Text.Json;

namespace LandscapeGpu.Tests.Packaging;

/// <summary>The console as a .NET tool, installed from a folder into an empty directory, as a process of its own.</summary>
[Collection(nameof(Feed))]
public sealed class ToolTests(Feed feed)
{
    [Fact]
    public async Task The_installed_tool_explores_keeps_scripts_out_of_its_results_and_takes_SIGTERM_for_Ctrl_C()
    {
        feed.Pack("LandscapeGpu.Cli");
        var at = feed.Empty("tool");
        Outside.Dotnet(at, "tool", "install", "landscape-gpu", "--tool-path", at, "--source", feed.Folder, "--version", feed.Version);
        var tool = Path.Combine(at, OperatingSystem.IsWindows() ? "landscape.exe" : "landscape");

        File.WriteAllText(Path.Combine(at, "mine.csx"), "Console.WriteLine(\"hello from the script\"); Define(2, x => Square(x[0]-1)+Square(x[1]))");
        var scripted = Outside.Run(at, tool, "explore", "--script", "mine.csx", "--restarts", "50", "--json", "-");
        Assert.Equal(0, scripted.Status);
        Assert.Contains("hello from the script", scripted.Error, StringComparison.Ordinal);
        using var record = JsonDocument.Parse(scripted.Out);
        Assert.Equal(64, record.RootElement.GetProperty("objective").GetProperty("files")[0].GetProperty("sha256").GetString()!.Length);

        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // A survey that takes minutes, stopped as Slurm stops it: all that was asked for is there, and the status says so.
        var json = Path.Combine(at, "stopped.json");
        File.WriteAllText(json, "an earlier result");
        using var process = Outside.Start(at, tool, "explore", "rastrigin", "--dimension", "10", "--restarts", "1e9", "--device", "lanes", "--json", json);
        var output = process.StandardOutput.ReadToEndAsync();
        while (process.StandardError.ReadLine()?.StartsWith("descent:", StringComparison.Ordinal) == false)
        {
        }

        // Untouched until there is a better one.
        Assert.Equal("an earlier result", File.ReadAllText(json));
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!)
        {
            kill.WaitForExit();
        }

        process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("Stopped early", await output, StringComparison.Ordinal);
        using var stopped = JsonDocument.Parse(File.ReadAllText(json));
        Assert.True(stopped.RootElement.GetProperty("stopped").GetBoolean());
    }
}
