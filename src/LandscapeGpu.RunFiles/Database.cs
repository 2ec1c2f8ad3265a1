using LandscapeGpu.Objectives.Datasets;
using Microsoft.Data.Sqlite;

namespace LandscapeGpu.RunFiles;

/// <summary>SQLite files: whether there is one, and connections to it.</summary>
internal static class Database
{
    // "SQLite format 3", and its version.
    private const int HeaderBytes = 100;

    /// <summary>A connection of one's own.</summary>
    public static SqliteConnection Connect(string source, SqliteOpenMode mode)
    {
        // A pooled connection would keep the file open after it is closed.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        connection.Execute("PRAGMA trusted_schema = OFF");
        return connection;
    }

    /// <summary>A connection that leaves the file as it is, while somebody may write it.</summary>
    public static SqliteConnection ToRead(string path)
    {
        // Without a log beside it nobody writes: then nothing needs to be made beside it either, and the folder may be read-only.
        var source = File.Exists(path + "-wal") ? path
            : $"file:{Uri.EscapeDataString(Path.GetFullPath(path)).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";
        return Connect(source, SqliteOpenMode.ReadOnly);
    }

    /// <summary>Whether its making was cut short: there is nothing in it yet.</summary>
    public static bool IsEmpty(string path)
    {
        if (new FileInfo(path).Length == 0)
        {
            return true;
        }

        RequireHeader(path);
        try
        {
            using var there = Connect(path, SqliteOpenMode.ReadWrite);
            return there.Number("SELECT count(*) FROM sqlite_master") == 0 && there.Number("PRAGMA application_id") == 0;
        }
        catch (SqliteException e)
        {
            throw new RunFileException($"{path} is damaged ({Plain(e)}).");
        }
    }

    /// <summary>Refuses what is no SQLite file, before a database engine looks into it.</summary>
    /// <exception cref="RunFileException">There is none.</exception>
    public static void RequireHeader(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var header = new byte[HeaderBytes];
            if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.AsSpan().StartsWith("SQLite format 3\0"u8))
            {
                throw new RunFileException($"{path} is no run file; give one that --out has made.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RunFileException($"{path} cannot be read ({FileFault.Of(e, path)}); give a run file.");
        }
    }

    /// <summary>What went wrong, without the numbers around it.</summary>
    public static string Plain(SqliteException e) => e.Message.Split('\'') is [_, var inner, ..] ? inner.TrimEnd('.') : e.Message.TrimEnd('.');
}
