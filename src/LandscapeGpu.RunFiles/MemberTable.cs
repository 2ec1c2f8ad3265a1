using Microsoft.Data.Sqlite;

namespace LandscapeGpu.RunFiles;

/// <summary>One of the landscapes, or of the ways to descend, that a comparison or a sweep is of.</summary>
/// <param name="Number">Its place, from 1; a survey is member 0 of itself and has no row.</param>
/// <param name="Name">What it is called in tables.</param>
/// <param name="Dimension">d.</param>
/// <param name="Fingerprint">The bits of f at a few starts.</param>
internal sealed record RunMember(int Number, string Name, int Dimension, string Fingerprint);

/// <summary>What a comparison or a sweep is made of.</summary>
internal static class MemberTable
{
    public static void Write(SqliteConnection connection, long seed, RunMember member) => connection.Execute(
        "INSERT OR REPLACE INTO member VALUES ($number, $name, $dimension, $fingerprint, $hash)",
        ("$number", member.Number), ("$name", member.Name), ("$dimension", member.Dimension), ("$fingerprint", member.Fingerprint), ("$hash", Hash(seed, member)));

    public static List<RunMember> Read(SqliteConnection connection, long seed, string path) => [.. connection
        .Rows("SELECT number, name, dimension, fingerprint, hash FROM member ORDER BY number", r => (Member: new RunMember(r.GetInt32(0), r.GetString(1), r.GetInt32(2), r.GetString(3)), Hash: BatchTable.Blob(r, 4)))
        .Select(r => r.Member is { Number: > 0, Dimension: > 0 } && Hash(seed, r.Member).AsSpan().SequenceEqual(r.Hash) ? r.Member : throw new RunFileException($"{path} is damaged: a member of the run is not as it was written."))];

    private static byte[] Hash(long seed, RunMember member) => new Checksum(seed).Add(member.Number).Add(member.Name).Add(member.Dimension).Add(member.Fingerprint).Take();
}
