using System.Diagnostics;
using Xunit.Abstractions;

namespace LandscapeGpu.Tests.RunFiles;

/// <summary>Processes that are killed while they write; the long form, of 20 kills each, with LANDSCAPE_LONG_TESTS.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LANDSCAPE_LONG_TESTS") is { Length: > 0 };
    private readonly Folder folder = new();

    public static TheoryData<string> Runs => IsLong ? [.. All] : [.. All.Take(2)];

    private static readonly string[] All =
    [
        "styblinski-tang --dimension 8 --restarts 400000",
        "orthogonal-tensor --dimension 5 --restarts 150000 --precision double --rule momentum",
        "perceptron --batch 8 --iterations 400 --restarts 6000",
        "himmelblau --restarts 600000 --precision double --rule momentum",
        "rastrigin --dimension 3 --restarts 100000 --until-coverage 0.9999",
    ];

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_run_that_is_killed_again_and_again_ends_as_if_it_had_not_been(string what)
    {
        var words = what.Split(' ');
        folder.Run(["explore", .. words, "--out", "@one.db", "--csv", "@one.csv"]);
        // Any moment will do: what matters is that the run is in the middle, most times.
        var random = new Random(words.Length);
        var (kept, kills) = (new List<long>(), 0);
        for (var attempt = 0; attempt < (IsLong ? 20 : 3); attempt++)
        {
            using var process = Start(File.Exists(folder["run.db"]) && kept.Count > 0 ? ["resume", folder["run.db"]] : ["explore", .. words, "--out", folder["run.db"]]);
            // Once before anything is kept; then when more is kept than before, and a little later.
            for (var waited = 0; attempt > 0 && waited < 400 && !process.HasExited && Restarts() <= (kept.Count > 0 ? kept[^1] : 0); waited++)
            {
                Thread.Sleep(50);
            }

            if (!process.WaitForExit(random.Next(attempt > 0 ? 300 : 1500)))
            {
                process.Kill();
                process.WaitForExit();
                kills++;
            }

            if (Restarts() is >= 0 and var restarts)
            {
                kept.Add(restarts);
            }
        }

        output.WriteLine($"{what}: {kills} kills; restarts kept after each: {string.Join(" ", kept)}");
        Assert.Equal(kept.Order(), kept);
        Assert.True(kills > 0 && kept[^1] > 0);
        folder.Run([.. kept.Count > 0 ? ["resume", "@run.db"] : new[] { "explore" }.Concat(words).Concat(["--out", "@run.db"]), "--csv", "@run.csv"]);
        Assert.Equal(folder.Bytes("one.csv"), folder.Bytes("run.csv"));
        foreach (var table in new[] { "minima", "endpoints", "saddles", "spectra" })
        {
            Assert.Equal(folder.Exported("one.db", table), folder.Exported("run.db", table));
        }
    }

    /// <summary>How many restarts are kept; −1 where there is no file yet, or none that has been begun.</summary>
    private long Restarts()
    {
        if (!File.Exists(folder["run.db"]) || new FileInfo(folder["run.db"]).Length == 0)
        {
            return -1;
        }

        try
        {
            using var file = RunFile.Open(folder["run.db"]);
            return file.Restarts;
        }
        catch (RunFileException e) when (e.Message.Contains("no run file", StringComparison.Ordinal))
        {
            return -1;
        }
    }

    private static Process Start(string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in words.Prepend(Path.Combine(AppContext.BaseDirectory, "landscape.dll")))
        {
            start.ArgumentList.Add(word);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public void Dispose() => folder.Dispose();
}
