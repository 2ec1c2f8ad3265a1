using System.Text;
using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Cli.Printing;

/// <summary>Where a result goes; tried before the run, so that nothing computed is lost to a wrong path, and put in its place as a whole when it is complete.</summary>
internal sealed class ResultFile : IDisposable
{
    /// <summary>The path that stands for standard output.</summary>
    public const string StandardOutput = "-";

    private readonly string path;
    private readonly string written;
    private readonly FileStream file;

    private ResultFile(string path)
    {
        this.path = path;
        // Links stay links.
        var target = new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        if (Directory.Exists(target))
        {
            throw new IOException("it is a folder");
        }

        var isThere = File.Exists(target);
        using (var there = isThere ? new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite) : null)
        {
            // A device or a pipe is no file that could be put in its place.
            var isFile = !target.StartsWith("/dev/", StringComparison.Ordinal) && there is null or { CanSeek: true };
            written = isFile ? $"{target}.{Environment.ProcessId}.tmp" : target;
        }

        Target = target;
        file = new FileStream(written, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
    }

    private string Target { get; }

    /// <summary>Makes sure that a file can be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option that named it.</param>
    /// <exception cref="MistakeException">It cannot be written.</exception>
    public static ResultFile Open(string path, string option)
    {
        try
        {
            return new(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new MistakeException($"{option} was given {path}, which cannot be written ({FileFault.Of(e, path)}); give a file in a folder that exists, or - for standard output.");
        }
    }

    /// <summary>Writes a text; if that fails, prints it instead.</summary>
    /// <returns>The exit status.</returns>
    public int Write(string text, Session session)
    {
        try
        {
            file.Write(Encoding.UTF8.GetBytes(text.EndsWith('\n') ? text : text + "\n"));
            file.Flush(flushToDisk: written != Target);
            file.Dispose();
            if (written != Target)
            {
                File.Move(written, Target, overwrite: true);
            }

            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            session.Error.WriteLine($"landscape: {path} could not be written ({e.Message.TrimEnd('.')}); what it was to hold goes to standard output instead.");
            session.Out.WriteLine(text);
            return ExitCode.Unexpected;
        }
    }

    public void Dispose()
    {
        try
        {
            file.Dispose();
            if (written != Target)
            {
                File.Delete(written);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What could not be written has been printed.
        }
    }
}
