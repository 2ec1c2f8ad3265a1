using System.Diagnostics;
using System.Text.Json;

namespace LandscapeGpu.Tests.Packaging;

/// <summary>The console as a .NET tool, installed from a folder into an empty directory, as a process of its own.</summary>
[Collection(nameof(Feed))]
public sealed class ToolTests(Feed feed)
{
    // In a terminal, which script(1) makes: there a progress bar hides the cursor.
    [NeedsFact("script")]
    public void A_second_Ctrl_C_leaves_at_once_with_the_cursor_back_and_the_line_ended()
    {
        feed.Install();
        // What runs the tests in the background may have told its children to ignore a Ctrl-C.
        using var process = Outside.Start(feed.Reader, "env", "--default-signal=INT", "script", "--quiet", "--return", "--command", $"{feed.Tool} explore rastrigin --dimension 12 --restarts 1e9 --device lanes", "/dev/null");
        var seen = new System.Text.StringBuilder();
        foreach (var sign in new[] { "descent", "leave at once" })
        {
            while (!seen.ToString().Contains(sign, StringComparison.Ordinal))
            {
                var read = process.StandardOutput.Read();
                Assert.True(read >= 0, seen.ToString());
                seen.Append((char)read);
            }

            // Descents that have ended make work for after the first: polish, spectra, tables.
            Thread.Sleep(sign == "descent" ? 1_500 : 0);
            process.StandardInput.Write('\u0003');
            process.StandardInput.Flush();
        }

        var last = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.EndsWith("\u001b[?25h\n", last.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
        // No tables: it left.
        Assert.DoesNotContain("How the restarts ended", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_installed_tool_explores_keeps_scripts_out_of_its_results_and_takes_SIGTERM_for_Ctrl_C()
    {
        feed.Install();
        var (at, tool) = (feed.Empty("tool"), feed.Tool);

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
        using var process = Outside.Start(at, tool, "explore", "himmelblau", "--restarts", "1e11", "--device", "lanes", "--json", json);
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
