namespace LandscapeGpu.Objectives.Datasets;

/// <summary>A data file cannot be used; the message says which, where in it, what was found and what is expected.</summary>
public sealed class DataFileException : Exception
{
    /// <summary>A data file cannot be used; nothing more is known.</summary>
    public DataFileException()
    {
    }

    /// <summary>A data file cannot be used, with what happened in words.</summary>
    public DataFileException(string message)
        : base(message)
    {
    }

    /// <summary>A data file cannot be used, with what happened in words and what caused it.</summary>
    public DataFileException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Refuses more numbers than a formula can be evaluated over, or than there is memory for with the copies that are made on the way to it.</summary>
    internal static void RequireSize(long numbers, string path)
    {
        // A gigabyte: one value of a formula over them takes a second.
        const int Most = 1 << 27;
        // The file's, the table's, the chosen columns', the formula's and the device's.
        const double Copies = 5;
        if (numbers > Most || Copies * sizeof(double) * numbers > MachineMemory.Bytes)
        {
            var most = Math.Min(Most, (long)(MachineMemory.Bytes / (Copies * sizeof(double))));
            throw new DataFileException(FormattableString.Invariant($"{path} holds {numbers:N0} numbers, or more; at most {most:N0} are read here. Give a part of its rows, or fewer columns."));
        }
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
            throw new DataFileException($"{path} cannot be read ({FileFault.Of(e, path)}); give a file of numbers.", e);
        }
    }
}
