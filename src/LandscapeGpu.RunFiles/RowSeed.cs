using System.Buffers.Binary;
using System.Globalization;

namespace LandscapeGpu.RunFiles;

/// <summary>What the checksums of rows begin with, so that a row that was copied from another run is not taken for one of this.</summary>
internal static class RowSeed
{
    /// <summary>The fact that binds points, arrivals and texts to the result they are of.</summary>
    public const string Result = "result";

    /// <summary>Checksums of versions 1 and 2 began with nothing.</summary>
    public const long None = 0;

    /// <summary>Of endpoints and members: all that decides their numbers. Shards of a run have the same.</summary>
    public static long OfRun(IReadOnlyDictionary<string, string> facts) => Of(RunFacts.OfNumbers.Aggregate(new Checksum(None), (sum, name) => sum.Add(name).Add(facts.GetValueOrDefault(name, ""))));

    /// <summary>Of the endpoints of a member: one of another number, name or objective is another.</summary>
    public static long OfMember(long run, RunMember member) => Of(new Checksum(run).Add(member.Number).Add(member.Name).Add(member.Dimension).Add(member.Fingerprint));

    /// <summary>Of what the last result left; none where there is no result, or one of an earlier version.</summary>
    public static long OfResult(IReadOnlyDictionary<string, string> facts) =>
        facts.TryGetValue(Result, out var text) && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var seed) ? (long)seed : None;

    /// <summary>The fact of a new result: all the others, when and how long among them.</summary>
    public static string NewResult(IReadOnlyDictionary<string, string> facts) =>
        Of(facts.OrderBy(f => f.Key, StringComparer.Ordinal).Aggregate(new Checksum(None), (sum, fact) => sum.Add(fact.Key).Add(fact.Value))).ToString("x16", CultureInfo.InvariantCulture);

    private static long Of(Checksum sum) => BinaryPrimitives.ReadInt64LittleEndian(sum.Take());
}
