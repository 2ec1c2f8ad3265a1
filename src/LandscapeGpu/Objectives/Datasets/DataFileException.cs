namespace LandscapeGpu.Objectives.Datasets;

/// <summary>A data file cannot be used; the message says which, where in it, what was found and what is expected.</summary>
public sealed class DataFileException : Exception
{
    public DataFileException()
    {
    }

    public DataFileException(string message)
        : base(message)
    {
    }

    public DataFileException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Opens a file for reading, or says that it is not there.</summary>
    internal static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException($"There is no file {path}; give the path of an existing one (the current folder is {Environment.CurrentDirectory}).", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
