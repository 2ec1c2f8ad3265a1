using System.Numerics;
using System.Runtime.InteropServices;
using LandscapeGpu.Descent;
using LandscapeGpu.Surveys;
using Microsoft.Data.Sqlite;

namespace LandscapeGpu.RunFiles;

/// <summary>The endpoints of a run file: a row for each piece of neighbouring restarts.</summary>
internal static class BatchTable
{
    // A row's numbers are read and copied some ten times on their way into the file: turned round, evaluated, summed up, bound, made a record, laid on pages.
    // Those of a row of this size stay in a core's cache meanwhile; those of a whole piece came from memory each time, which took twice as long.
    private const int BytesInRow = 1 << 20;

    /// <summary>Writes a piece: a row for each part of it that fits a core's cache.</summary>
    public static void Write(SqliteConnection connection, long seed, int member, EndpointPiece piece, EndpointValues valuesAt)
    {
        var (ends, d) = (piece.Ends, piece.Ends.Dimension);
        var most = Math.Max(1, BytesInRow / (sizeof(byte) + sizeof(int) + sizeof(double) + (sizeof(double) * d)));
        for (var first = 0; first < ends.Count; first += most)
        {
            var count = Math.Min(most, ends.Count - first);
            var points = ends.Points.AsSpan(first * d, count * d);
            var (single, values) = (Single(points), new double[count]);
            valuesAt(first, values);
            // What is counted for the piece is counted once.
            Write(connection, seed, new(
                member, piece.First + first, count, single is null ? 64 : 32, first == 0 ? piece.StoodStill : 0, first == 0 ? piece.Repeated : 0, ends.Outcomes.AsSpan(first, count).ToArray(),
                Checksum.Bytes<int>(ends.Steps.AsSpan(first, count)), Checksum.Bytes<double>(values), single ?? Checksum.Bytes<double>(points)));
        }
    }

    /// <summary>The bytes of numbers in single precision, if they were found in it; null where not: restarts that went on in double precision make a row double.</summary>
    private static byte[]? Single(ReadOnlySpan<double> numbers)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(sizeof(float) * numbers.Length);
        var single = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        var (width, k) = (Vector<float>.Count, 0);
        for (; k + width <= numbers.Length; k += width)
        {
            var (low, high) = (new Vector<double>(numbers[k..]), new Vector<double>(numbers[(k + (width / 2))..]));
            var narrow = Vector.Narrow(low, high);
            Vector.Widen(narrow, out var lowAgain, out var highAgain);
            if (!Vector.EqualsAll(Same(low, lowAgain) & Same(high, highAgain), Vector<long>.AllBitsSet))
            {
                return null;
            }

            narrow.CopyTo(single[k..]);
        }

        for (; k < numbers.Length; k++)
        {
            single[k] = (float)numbers[k];
            if (single[k] != numbers[k] && !double.IsNaN(numbers[k]))
            {
                return null;
            }
        }

        Checksum.Swap<float>(bytes);
        return bytes;

        // Or both are no numbers.
        static Vector<long> Same(Vector<double> number, Vector<double> again) => Vector.Equals(number, again) | ~Vector.Equals(number, number);
    }

    public static void Write(SqliteConnection connection, long seed, Row row) => connection.Execute(
        "INSERT OR REPLACE INTO batch VALUES ($member, $first, $count, $bits, $still, $repeated, $outcomes, $steps, $values, $points, $hash)",
        ("$member", row.Member), ("$first", row.First), ("$count", row.Count), ("$bits", row.Bits), ("$still", row.StoodStill), ("$repeated", row.Repeated), ("$outcomes", row.Outcomes), ("$steps", row.Steps), ("$values", row.Values),
        ("$points", row.Points), ("$hash", row.Hash(seed)));

    public static List<RestartSpan> Spans(SqliteConnection connection, int member, string path)
    {
        var spans = connection.Rows("SELECT first, count FROM batch WHERE member = $member ORDER BY first", r => new RestartSpan(r.GetInt64(0), r.GetInt64(0) + r.GetInt64(1)), ("$member", member)).ToList();
        return spans.Where((s, k) => s.First < 0 || s.Count < 1 || s.Count > int.MaxValue || (k > 0 && spans[k - 1].Last > s.First)).Any()
            ? throw new RunFileException($"{path} is damaged: its batches of restarts overlap, or have no size.")
            : spans;
    }

    /// <summary>Refuses a file whose points have another number of coordinates than it says: nothing of that size is then asked for.</summary>
    /// <exception cref="RunFileException">They have.</exception>
    public static bool RequireWidths(SqliteConnection connection, IEnumerable<(int Member, int Dimension)> members, string path)
    {
        foreach (var (member, dimension) in members)
        {
            // A blob's length is read without the blob.
            var odd = connection.Rows(
                "SELECT first FROM batch WHERE member = $member AND length(points) <> bits / 8 * count * $dimension LIMIT 1", r => r.GetInt64(0), ("$member", member), ("$dimension", dimension)).ToList();
            if (odd.Count > 0)
            {
                throw new RunFileException($"{path} is damaged: the batch of restarts from {odd[0]:N0} on is not of {dimension:N0} coordinates, as it says.");
            }
        }

        return true;
    }

    /// <summary>A row that is as it was written.</summary>
    /// <exception cref="RunFileException">It is not.</exception>
    public static Row Read(SqliteConnection connection, long seed, int member, long first, int dimension, string path)
    {
        var row = connection.Rows(
            "SELECT first, count, bits, stood_still, repeated, outcomes, steps, \"values\", points, hash FROM batch WHERE member = $member AND first = $first",
            r => new Row(member, r.GetInt64(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), Blob(r, 5), Blob(r, 6), Blob(r, 7), Blob(r, 8)) { Stored = Blob(r, 9) },
            ("$member", member), ("$first", first)).SingleOrDefault() ?? throw new RunFileException($"{path} is damaged: the batch of restart {first} is gone.");
        var whole = row.Bits is 32 or 64 && row is { StoodStill: >= 0, Repeated: >= 0 } && row.Outcomes.Length == row.Count && row.Steps.Length == 4L * row.Count && row.Values.Length == 8L * row.Count
            && row.Points.Length == (long)row.Bits / 8 * row.Count * dimension && row.Outcomes.All(o => o is > (byte)Outcome.Unfinished and <= (byte)Outcome.NotFinite);
        return whole && row.Hash(seed).AsSpan().SequenceEqual(row.Stored) ? row
            : throw new RunFileException($"{path} is damaged: the batch of restarts {row.First:N0} to {row.First + row.Count - 1:N0} is not as it was written.");
    }

    /// <summary>Gives rows that are as they were written checksums that begin with another seed.</summary>
    /// <exception cref="RunFileException">One of them is not.</exception>
    public static void Rebind(SqliteConnection connection, long from, long to, int member, int dimension, string path)
    {
        foreach (var span in Spans(connection, member, path))
        {
            var row = Read(connection, from, member, span.First, dimension, path);
            connection.Execute("UPDATE batch SET hash = $hash WHERE member = $member AND first = $first", ("$hash", row.Hash(to)), ("$member", member), ("$first", row.First));
        }
    }

    public static byte[] Blob(SqliteDataReader reader, int column) => reader.GetValue(column) as byte[] ?? [];

    /// <summary>What a row holds.</summary>
    public sealed record Row(int Member, long First, int Count, int Bits, int StoodStill, int Repeated, byte[] Outcomes, byte[] Steps, byte[] Values, byte[] Points)
    {
        public byte[] Stored { get; init; } = [];

        public byte[] Hash(long seed) => new Checksum(seed).Add(Member).Add(First).Add(Count).Add(Bits).Add(StoodStill).Add(Repeated).Add(Outcomes).Add(Steps).Add(Values).Add(Points).Take();

        public RestartSpan Span => new(First, First + Count);

        /// <summary>The restarts of it that are in a span.</summary>
        public Row Of(RestartSpan span)
        {
            if (span == Span)
            {
                return this;
            }

            var (at, count, width) = ((int)(span.First - First), (int)span.Count, Points.Length / Count);
            return new(
                Member, span.First, count, Bits, at == 0 ? StoodStill : 0, at == 0 ? Repeated : 0, Outcomes[at..(at + count)], Steps[(4 * at)..(4 * (at + count))], Values[(8 * at)..(8 * (at + count))],
                Points.AsSpan(at * width, count * width).ToArray());
        }

        public EndpointPiece Piece(int dimension)
        {
            var ends = new Endpoints(dimension, Count);
            Outcomes.CopyTo(ends.Outcomes, 0);
            Checksum.Numbers<int>(Steps).CopyTo(ends.Steps, 0);
            (Bits == 64 ? Checksum.Numbers<double>(Points) : Array.ConvertAll(Checksum.Numbers<float>(Points), x => (double)x)).CopyTo(ends.Points, 0);
            return new(First, ends, StoodStill, Repeated);
        }
    }
}
