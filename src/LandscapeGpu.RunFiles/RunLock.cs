using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.RunFiles;

/// <summary>One process writes a run file at a time; the lock is the operating system's, and goes with the process.</summary>
internal sealed class RunLock(FileStream file) : IDisposable
{
    /// <exception cref="RunFileException">Another process writes the file, or nobody can.</exception>
    public static RunLock Take(string path)
    {
        if (Directory.Exists(path))
        {
            throw new RunFileException($"{path} is a folder; give a file in it, such as {Path.Combine(path, "run.db")}.");
        }

        try
        {
            return Taken(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RunFileException($"{path} cannot be written ({FileFault.Of(e, path)}); give a file in a folder that exists and can be written.");
        }
    }

    public void Dispose()
    {
        File.Delete(file.Name);
        file.Dispose();
    }

    private static RunLock Taken(string path)
    {
        var name = path + "-lock";
        while (true)
        {
            FileStream file;
            try
            {
                file = new(name, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None });
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(name))
            {
                throw new RunFileException($"{path} is being written by another process; wait for it, or stop it. (The lock goes with that process, however it ends.)");
            }

            // Whoever had it may have removed it between our opening and our locking: then it locks nothing.
            if (File.Exists(name))
            {
                return new(file);
            }

            file.Dispose();
        }
    }
}
