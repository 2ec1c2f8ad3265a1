using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace LandscapeGpu.Tests.RunFiles;

/// <summary>Processes that are killed at random moments of their life, and runs that end as if they had not been; the long form, of 20 kills each, with LANDSCAPE_LONG_TESTS.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private static readonly bool IsLong = LongTests.AreAsked;

    private static readonly int Kills = IsLong ? 20 : 3;

    private readonly Folder folder = new();

    public static TheoryData<string> Runs => IsLong ? [.. All] : ["styblinski-tang --dimension 8 --restarts 100000", "orthogonal-tensor --dimension 5 --restarts 40000 --precision double --rule momentum"];

    private static readonly string[] All =
    [
        "styblinski-tang --dimension 8 --restarts 400000",
        "orthogonal-tensor --dimension 5 --restarts 150000 --precision double --rule momentum",
        "orthogonal-tensor --dimension 5 --restarts 300000",
        "perceptron --batch 8 --iterations 400 --restarts 6000",
        "himmelblau --restarts 600000 --precision double --rule momentum",
        "rastrigin --dimension 3 --restarts 100000 --until-coverage 0.9999",
        "rastrigin --dimension 8 --restarts 60000",
    ];

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_run_that_is_killed_again_and_again_ends_as_if_it_had_not_been(string what)
    {
        var words = what.Split(' ');
        folder.Run(["explore", .. words, "--out", "@one.db", "--csv", "@one.csv"]);
        var random = new Random(words.Length);
        var (kept, at) = (new List<long>(), new List<string>());
        // Moments are drawn from all of a process's life.
        var whole = LifeOf(["explore", .. words, "--out", folder["run.db"]]);
        Remove();
        for (var attempt = 0; at.Count < Kills; attempt++)
        {
            Assert.True(attempt < 10 * Kills, $"{what}: {at.Count} of {attempt} processes were there to be killed");
            string[] command = kept.Count > 0 && attempt % 2 == 0 ? ["resume", folder["run.db"]] : ["explore", .. words, "--out", folder["run.db"]];
            using var process = new Victim(command);
            // Every fourth when its result is out: then that is written.
            var isAtTheEnd = attempt % 4 == 3;
            if (isAtTheEnd)
            {
                process.WaitForResult();
            }

            if (!process.Ends(within: random.Next(isAtTheEnd ? 150 : whole)))
            {
                process.Kill();
                at.Add(process.Last);
            }
            else
            {
                Assert.True(process.Status == 0, process.Last);
            }

            if (Restarts() is >= 0 and var restarts)
            {
                kept.Add(restarts);
                if (IsFinished)
                {
                    // There is nothing left to interrupt: its file is put away, and the next process begins anew.
                    Same();
                    Remove();
                    kept.Clear();
                }
            }

            Assert.Equal(kept.Order(), kept);
        }

        output.WriteLine($"{what}: {at.Count} kills, at {string.Join(" | ", at)}");
        folder.Run([.. kept.Count > 0 ? ["resume", "@run.db"] : new[] { "explore" }.Concat(words).Concat(["--out", "@run.db"])]);
        Same();

        void Same()
        {
            folder.Run("resume", "@run.db", "--csv", "@run.csv");
            Assert.Equal(folder.Bytes("one.csv"), folder.Bytes("run.csv"));
            foreach (var table in new[] { "minima", "endpoints", "saddles", "spectra" })
            {
                Assert.Equal(folder.Exported("one.db", table), folder.Exported("run.db", table));
            }
        }
    }

    /// <summary>How long a process takes that nobody kills, in milliseconds.</summary>
    private static int LifeOf(string[] words)
    {
        var clock = Stopwatch.StartNew();
        using var process = new Victim(words);
        Assert.True(process.Ends(within: 600_000) && process.Status == 0, process.Last);
        return (int)clock.ElapsedMilliseconds;
    }

    private bool IsFinished
    {
        get
        {
            using var file = RunFile.Open(folder["run.db"]);
            return file.Facts.ContainsKey("finished");
        }
    }

    private void Remove()
    {
        foreach (var end in new[] { "", "-wal", "-shm", "-lock" })
        {
            File.Delete(folder["run.db" + end]);
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

    public void Dispose() => folder.Dispose();

    /// <summary>A process of the console, and what it says of how far it is.</summary>
    private sealed class Victim : IDisposable
    {
        private readonly Process process;
        private readonly Lock turn = new();
        private readonly Stopwatch clock = Stopwatch.StartNew();
        private string said = "silent";
        private volatile bool hasResult;

        public Victim(string[] words)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var word in words.Prepend(Path.Combine(AppContext.BaseDirectory, "landscape.dll")))
            {
                start.ArgumentList.Add(word);
            }

            process = Process.Start(start)!;
            process.OutputDataReceived += (_, line) => hasResult |= line.Data is not null;
            process.ErrorDataReceived += (_, line) => Hear(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        /// <summary>When, and what it said last.</summary>
        public string Last
        {
            get
            {
                lock (turn)
                {
                    return $"{clock.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s: {said}{(hasResult ? ", result out" : "")}";
                }
            }
        }

        public int Status => process.ExitCode;

        /// <summary>Comes back when it has begun to print its result, or ended.</summary>
        public void WaitForResult()
        {
            while (!process.HasExited && !hasResult)
            {
                Thread.Sleep(5);
            }
        }

        public bool Ends(int within) => process.WaitForExit(within);

        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public void Dispose() => process.Dispose();

        private void Hear(string? line)
        {
            lock (turn)
            {
                said = line is { Length: > 0 } ? line : said;
            }
        }
    }
}
