namespace LandscapeGpu.Objectives.Datasets;

/// <summary>Why a file cannot be read or written, in words: the system's own name names that are not the user's.</summary>
internal static class FileFault
{
    /// <param name="e">What went wrong.</param>
    /// <param name="path">The file that was given.</param>
    public static string Of(Exception e, string path) => e switch
    {
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => $"there is no folder {Path.GetDirectoryName(Path.GetFullPath(path))}",
        UnauthorizedAccessException or IOException when Directory.Exists(path) => "it is a folder",
        UnauthorizedAccessException => "access is denied",
        _ => e.Message.TrimEnd('.'),
    };
}
