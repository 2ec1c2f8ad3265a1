namespace LandscapeGpu.RunFiles;

/// <summary>A file for numbers that do not fit into memory, which goes with the process, however that ends.</summary>
internal sealed class ScratchFile : FileStream
{
    // A batch is written in one piece.
    private const int NoBuffer = 0;

    private readonly string path;

    /// <param name="path">The run file; the scratch lies beside it, where there is room for as much.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public ScratchFile(string path)
        : base(path + "-scratch", FileMode.Create, FileAccess.ReadWrite, FileShare.Delete, NoBuffer, FileOptions.DeleteOnClose)
    {
        this.path = path;
        if (!OperatingSystem.IsWindows())
        {
            // Without a name it lives as long as it is open; elsewhere the system removes it when it is closed.
            File.Delete(Name);
        }
    }

    /// <exception cref="IOException">The disk is full, or cannot be written.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            base.Write(buffer);
        }
        catch (IOException e)
        {
            throw RunWriter.Unwritable(path, e);
        }
    }
}
