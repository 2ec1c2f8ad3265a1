using Microsoft.Data.Sqlite;

namespace LandscapeGpu.RunFiles;

/// <summary>Texts that a run left.</summary>
internal static class ReportTable
{
    public static void Write(SqliteConnection connection, long seed, string name, string content) =>
        connection.Execute("INSERT OR REPLACE INTO report VALUES ($name, $content, $hash)", ("$name", name), ("$content", content), ("$hash", Hash(seed, name, content)));

    public static void Clear(SqliteConnection connection) => connection.Execute("DELETE FROM report");

    public static string? Read(SqliteConnection connection, long seed, string name, string path) => connection
        .Rows("SELECT content, hash FROM report WHERE name = $name", r => (Content: r.GetString(0), Hash: BatchTable.Blob(r, 1)), ("$name", name))
        .Select(r => Hash(seed, name, r.Content).AsSpan().SequenceEqual(r.Hash) ? r.Content : throw new RunFileException($"{path} is damaged: its {name} is not as it was written."))
        .SingleOrDefault();

    private static byte[] Hash(long seed, string name, string content) => new Checksum(seed).Add(name).Add(content).Take();
}
