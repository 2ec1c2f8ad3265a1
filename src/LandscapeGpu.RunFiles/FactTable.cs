using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace LandscapeGpu.RunFiles;

/// <summary>Facts, options and files of a run, with one checksum over all of them.</summary>
internal static class FactTable
{
    private const string Check = "check";

    public static void Write(SqliteConnection connection, IReadOnlyDictionary<string, string> facts, IReadOnlyList<(string Name, string Value)> options, IReadOnlyList<StoredFile> files)
    {
        connection.Execute("DELETE FROM run");
        connection.Execute("DELETE FROM option");
        foreach (var (name, value) in facts.Append(new(Check, Hash(facts, options, files))))
        {
            connection.Execute("INSERT INTO run VALUES ($name, $value)", ("$name", name), ("$value", value));
        }

        for (var k = 0; k < options.Count; k++)
        {
            connection.Execute("INSERT INTO option VALUES ($number, $name, $value)", ("$number", k), ("$name", options[k].Name), ("$value", options[k].Value));
        }

        foreach (var file in files)
        {
            connection.Execute(
                "INSERT OR IGNORE INTO file VALUES ($name, $path, $length, $sha, $contents)",
                ("$name", file.Name), ("$path", file.Path), ("$length", file.Length), ("$sha", file.Sha256), ("$contents", file.Contents));
        }
    }

    public static (Dictionary<string, string> Facts, List<(string Name, string Value)> Options, List<StoredFile> Files) Read(SqliteConnection connection, string path)
    {
        var damaged = new RunFileException($"{path} is damaged: what the run is of is not as it was written.");
        try
        {
            var facts = connection.Rows("SELECT name, value FROM run", r => (r.GetString(0), r.GetString(1))).ToDictionary(r => r.Item1, r => r.Item2);
            var options = connection.Rows("SELECT name, value FROM option ORDER BY number", r => (r.GetString(0), r.GetString(1))).ToList();
            var files = connection.Rows(
                "SELECT name, path, length, sha256, contents FROM file ORDER BY name",
                r => new StoredFile(r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetString(3), r.IsDBNull(4) ? null : r.GetFieldValue<byte[]>(4))).ToList();
            var isWhole = facts.Remove(Check, out var check) && check == Hash(facts, options, files)
                && files.All(f => f.Contents is null || Convert.ToHexStringLower(SHA256.HashData(f.Contents)) == f.Sha256)
                && RunFacts.AreWhole(facts);
            return isWhole ? (facts, options, files) : throw damaged;
        }
        catch (Exception e) when (e is InvalidCastException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw damaged;
        }
    }

    private static string Hash(IReadOnlyDictionary<string, string> facts, IReadOnlyList<(string Name, string Value)> options, IReadOnlyList<StoredFile> files)
    {
        var hash = new Checksum(RowSeed.None);
        foreach (var (name, value) in facts.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => (f.Key, f.Value)).Concat(options))
        {
            hash.Add(name).Add(value);
        }

        foreach (var file in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            hash.Add(file.Name).Add(file.Path).Add(file.Length).Add(file.Sha256).Add(file.Contents is null ? 0 : 1);
        }

        return Convert.ToHexStringLower(hash.Take());
    }
}
