using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LandscapeGpu.RunFiles;

/// <summary>The tables of a run file; docs/run-files.md says what each column is.</summary>
internal static class Schema
{
    /// <summary>"LSGP": tells run files from other databases.</summary>
    public const int ApplicationId = 0x4C534750;

    public const int Version = 3;

    // What a blob's last page leaves empty is little beside it; the links between pages cost a third of the time at a quarter of this size.
    private const int PageBytes = 32768;

    /// <summary>The table that version 1 did not have.</summary>
    private const string Arrivals = "CREATE TABLE arrival(first INTEGER PRIMARY KEY, count INTEGER NOT NULL, points BLOB NOT NULL, hash BLOB NOT NULL)";

    private static readonly string[] Tables =
    [
        "CREATE TABLE run(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        "CREATE TABLE option(number INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL)",
        "CREATE TABLE file(name TEXT PRIMARY KEY, path TEXT NOT NULL, length INTEGER NOT NULL, sha256 TEXT NOT NULL, contents BLOB)",
        "CREATE TABLE member(number INTEGER PRIMARY KEY, name TEXT NOT NULL, dimension INTEGER NOT NULL, fingerprint TEXT NOT NULL, hash BLOB NOT NULL)",
        "CREATE TABLE batch(member INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, bits INTEGER NOT NULL, stood_still INTEGER NOT NULL, repeated INTEGER NOT NULL, outcomes BLOB NOT NULL, steps BLOB NOT NULL, \"values\" BLOB NOT NULL, points BLOB NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(member, first))",
        "CREATE TABLE point(list TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, value REAL, count INTEGER NOT NULL, share REAL, share_low REAL, share_high REAL, gradient_norm REAL, negative INTEGER NOT NULL, flat INTEGER NOT NULL, places INTEGER NOT NULL, point BLOB NOT NULL, eigenvalues BLOB NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(list, number))",
        Arrivals,
        "CREATE TABLE report(name TEXT PRIMARY KEY, content TEXT NOT NULL, hash BLOB NOT NULL)",
    ];

    /// <summary>Makes the tables of an empty file, and what is in them from the beginning, in one transaction.</summary>
    public static void Create(SqliteConnection connection, Action fill)
    {
        connection.Execute($"PRAGMA page_size = {PageBytes}");
        connection.Execute("PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction();
        connection.Execute($"PRAGMA application_id = {ApplicationId}");
        connection.Execute($"PRAGMA user_version = {Version}");
        foreach (var table in Tables)
        {
            connection.Execute(table);
        }

        fill();
        transaction.Commit();
    }

    /// <summary>Whether the checksums of its rows begin with what the run is of, as they do from version 3 on.</summary>
    public static bool Binds(SqliteConnection connection) => connection.Number("PRAGMA user_version") > 2;

    /// <summary>Makes a file of an earlier version one of this, in one transaction; all that it has stays as it is, but for checksums.</summary>
    /// <exception cref="RunFileException">A row of it is not as it was written.</exception>
    public static void Upgrade(SqliteConnection connection, IReadOnlyDictionary<string, string> facts, string path)
    {
        var version = connection.Number("PRAGMA user_version");
        if (version < Version)
        {
            using var transaction = connection.BeginTransaction();
            if (version == 1)
            {
                connection.Execute(Arrivals);
            }

            Rebind(connection, RowSeed.None, RowSeed.OfRun(facts), facts, path);
            connection.Execute($"PRAGMA user_version = {Version}");
            transaction.Commit();
        }
    }

    /// <summary>Gives endpoints and members checksums that begin with another seed; <see cref="RowSeed.None"/> is that of versions 1 and 2.</summary>
    public static void Rebind(SqliteConnection connection, long from, long to, IReadOnlyDictionary<string, string> facts, string path)
    {
        BatchTable.Rebind(connection, from, to, 0, int.Parse(facts["dimension"], CultureInfo.InvariantCulture), path);
        foreach (var member in MemberTable.Read(connection, from, path))
        {
            BatchTable.Rebind(connection, Of(from), Of(to), member.Number, member.Dimension, path);
            MemberTable.Write(connection, to, member);

            long Of(long run) => run == RowSeed.None ? run : RowSeed.OfMember(run, member);
        }
    }

    /// <exception cref="RunFileException">It is no run file of a version that is known, or not whole.</exception>
    public static void Require(SqliteConnection connection, string path)
    {
        if (connection.Number("PRAGMA application_id") != ApplicationId)
        {
            throw new RunFileException($"{path} is a SQLite file, and no run file; give one that --out has made.");
        }

        var version = connection.Number("PRAGMA user_version");
        if (version is < 1 or > Version)
        {
            throw new RunFileException(version > Version
                ? $"{path} is a run file of version {version}, and this program knows versions up to {Version}; use the program that made it, or a newer one."
                : $"{path} says that it is a run file of version {version}, and there is no such version: it is damaged.");
        }

        if (connection.Text("PRAGMA quick_check(1)") is var state && state != "ok")
        {
            throw new RunFileException($"{path} is damaged ({state}).");
        }

        // No tables, triggers or views but these: nothing in a file from elsewhere runs.
        var found = connection.Rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL", r => r.GetString(0)).Order(StringComparer.Ordinal);
        if (!found.SequenceEqual(Tables.Where(t => version > 1 || t != Arrivals).Order(StringComparer.Ordinal)))
        {
            throw new RunFileException($"{path} does not have the tables of a run file of version {version}: it is damaged or foreign.");
        }
    }
}
