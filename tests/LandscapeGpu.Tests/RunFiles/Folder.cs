using LandscapeGpu.Tests.Cli;
using Microsoft.Data.Sqlite;

namespace LandscapeGpu.Tests.RunFiles;

/// <summary>A folder for one test, and the command line in it.</summary>
internal sealed class Folder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("landscape-runs-").FullName;

    public string this[string name] => Path.Combine(path, name);

    /// <summary>Runs a command that must succeed; words that begin with @ are files of the folder.</summary>
    public CommandLine Run(params string[] words)
    {
        var run = Try(words);
        Assert.True(run.Status == 0, $"{string.Join(' ', words)}: {run.Error}{run.Out}");
        return run;
    }

    public CommandLine Try(params string[] words) => CommandLine.Run([.. words.Select(w => w.StartsWith('@') ? this[w[1..]] : w)]);

    public byte[] Bytes(string name) => File.ReadAllBytes(this[name]);

    /// <summary>A table of a run file as CSV.</summary>
    public string Exported(string file, string what)
    {
        Run("export", "@" + file, "--what", what, "--to", "@exported.csv");
        return File.ReadAllText(this["exported.csv"]);
    }

    /// <summary>Changes a file behind the program's back; answers how many rows.</summary>
    public int Change(string file, string command)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = this[file], Pooling = false }.ToString());
        connection.Open();
        using var change = connection.CreateCommand();
        change.CommandText = command;
        return change.ExecuteNonQuery();
    }

    public void Dispose() => Directory.Delete(path, recursive: true);
}
