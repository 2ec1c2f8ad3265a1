namespace LandscapeGpu.RunFiles;

/// <summary>A file for numbers that do not fit into memory, which goes with the process, however that ends.</summary>
internal static class ScratchFile
{
    private const int BufferBytes = 1 << 16;

    /// <param name="path">The run file; the scratch lies beside it, where there is room for as much.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static FileStream Beside(string path)
    {
        var name = path + "-scratch";
        var file = new FileStream(name, FileMode.Create, FileAccess.ReadWrite, FileShare.Delete, BufferBytes, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Without a name it lives as long as it is open; elsewhere the system removes it when it is closed.
            File.Delete(name);
        }

        return file;
    }
}
