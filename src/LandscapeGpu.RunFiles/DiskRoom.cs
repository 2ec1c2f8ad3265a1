using System.Globalization;
using LandscapeGpu.Objectives;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.RunFiles;

/// <summary>Whether a disk has room for a run's file, asked before hours are spent on it.</summary>
internal static class DiskRoom
{
    /// <summary>Bytes that a restart takes at the least: how it ended, its steps, f, and a point in single precision.</summary>
    public static long BytesOf(int dimension) => sizeof(byte) + sizeof(int) + sizeof(double) + ((long)sizeof(float) * dimension);

    /// <param name="path">The file, which may be there already.</param>
    /// <param name="objective">What is explored.</param>
    /// <param name="options">How: a run until a coverage makes at least so many restarts.</param>
    /// <exception cref="ArgumentException">There is less.</exception>
    public static void Require(string path, Objective objective, SurveyOptions options)
    {
        var restarts = options.Part?.Sum(span => (double)span.Count) ?? options.Restarts;
        var needed = (restarts * BytesOf(objective.Dimension)) - (File.Exists(path) ? new FileInfo(path).Length : 0);
        if (FreeBeside(path) is { } free && needed > free)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{restarts:N0} restarts take at least {needed / 1e9:N0} GB {(File.Exists(path) ? "more " : "")}of the disk of {path}, which has {free / 1e9:N1} free; ask for fewer, keep a part of them (--shard), or run them without a file."));
        }
    }

    /// <summary>Bytes that are free on a file's disk; null where nobody says.</summary>
    private static long? FreeBeside(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException or NotSupportedException)
        {
            // A path that cannot be used is refused where it is opened.
            return null;
        }
    }
}
