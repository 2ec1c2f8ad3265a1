using LandscapeGpu.Pathways;
using LandscapeGpu.Reporting;

namespace LandscapeGpu.Cli.Printing;

/// <summary>Where the tables of a graph go, one file each; opened before anything is computed, so that nothing is lost to a wrong path.</summary>
internal sealed class CsvDestination : IDisposable
{
    private readonly List<(string Name, FileStream File)> files = [];

    /// <exception cref="MistakeException">A file cannot be written.</exception>
    public static CsvDestination Open(string prefix)
    {
        var destination = new CsvDestination();
        try
        {
            foreach (var name in PathwaysCsv.Names)
            {
                destination.files.Add((name, new FileStream($"{prefix}{name}.csv", FileMode.Create, FileAccess.Write, FileShare.Read)));
            }

            return destination;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            destination.Dispose();
            throw new MistakeException($"--csv was given {prefix}, and a file that begins so cannot be written ({e.Message.TrimEnd('.')}); give the beginning of names in a folder that exists.");
        }
    }

    public void Write(TransitionNetwork network)
    {
        foreach (var (name, file) in files)
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(PathwaysCsv.Write(network, name)));
        }
    }

    public void Dispose() => files.ForEach(f => f.File.Dispose());
}
