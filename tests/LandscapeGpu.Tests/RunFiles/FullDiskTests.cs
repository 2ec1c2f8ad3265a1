using System.Diagnostics;
using Xunit.Abstractions;

namespace LandscapeGpu.Tests.RunFiles;

/// <summary>A disk of 7 MB that fills up; where no such disk can be made, it is said.</summary>
public sealed class FullDiskTests(ITestOutputHelper output) : IDisposable
{
    private readonly Folder folder = new();

    [Fact]
    public void A_full_disk_is_said_and_the_run_goes_on_when_there_is_space()
    {
        // Which take 6.3 MB at the least, and with their table and what is written beside it more than the disk has.
        string[] words = ["himmelblau", "--restarts", "300000"];
        var disk = folder["disk"];
        Directory.CreateDirectory(disk);
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", "size=7m", "none", disk) != 0)
        {
            output.WriteLine("Skipped: this system does not let the test mount a disk of 7 MB.");
            return;
        }

        try
        {
            var run = folder.Try(["explore", .. words, "--out", Path.Combine(disk, "run.db")]);
            Assert.Equal(1, run.Status);
            Assert.Contains("run.db cannot be written: the disk is full. What was kept before is whole; make space, and `landscape resume", run.Error, StringComparison.Ordinal);
            using (var file = RunFile.Open(Path.Combine(disk, "run.db")))
            {
                Assert.InRange(file.Restarts, 1, 299_999);
                Assert.Equal(file.Restarts, file.Endpoints().Sum(b => b.Count));
            }

            Assert.Equal(1, folder.Try("resume", Path.Combine(disk, "run.db")).Status);
            Assert.Equal(0, Run("mount", "-o", "remount,size=200m", disk));
            folder.Run("resume", Path.Combine(disk, "run.db"), "--csv", "@run.csv");
            folder.Run(["explore", .. words, "--csv", "@plain.csv"]);
            Assert.Equal(folder.Bytes("plain.csv"), folder.Bytes("run.csv"));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    private static int Run(string program, params string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    public void Dispose() => folder.Dispose();
}
