using LandscapeGpu.Surveys;
using Microsoft.Data.Sqlite;

namespace LandscapeGpu.RunFiles;

/// <summary>Which stationary point each restart came to, by the last result: a row for each piece of neighbouring restarts.</summary>
internal static class ArrivalTable
{
    /// <summary>Writes rows in place of those that are there.</summary>
    /// <returns>How many restarts there are in them.</returns>
    public static long Write(SqliteConnection connection, long seed, IEnumerable<ArrivedPiece> pieces)
    {
        var restarts = 0L;
        connection.Execute("DELETE FROM arrival");
        connection.Insert("arrival", 4, pieces.Select(piece =>
        {
            restarts += piece.Points.Length;
            var points = Checksum.Bytes<int>(piece.Points);
            return new object?[] { piece.First, piece.Points.Length, points, Hash(seed, piece.First, points) };
        }));
        return restarts;
    }

    /// <summary>The rows in ascending order, one in memory at a time.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="seed">What their checksums begin with.</param>
    /// <param name="restarts">How many restarts there are in them.</param>
    /// <param name="points">How many points there are to come to.</param>
    /// <param name="path">The file's name.</param>
    /// <exception cref="RunFileException">They are not as they were written.</exception>
    public static IEnumerable<ArrivedPiece> Read(SqliteConnection connection, long seed, long restarts, long points, string path)
    {
        var damaged = new RunFileException($"{path} is damaged: which points its restarts came to is not as it was written.");
        var (next, left) = (0L, restarts);
        foreach (var (first, count, numbers, hash) in connection.Rows(
            "SELECT first, count, points, hash FROM arrival ORDER BY first", r => (r.GetInt64(0), r.GetInt64(1), BatchTable.Blob(r, 2), BatchTable.Blob(r, 3))))
        {
            if (first < next || count < 1 || numbers.Length != sizeof(int) * count || !Hash(seed, first, numbers).AsSpan().SequenceEqual(hash))
            {
                throw damaged;
            }

            (next, left) = (first + count, left - count);
            var piece = new ArrivedPiece(first, Checksum.Numbers<int>(numbers));
            yield return piece.Points.All(p => p >= Arrivals.Unlisted && p <= points) ? piece : throw damaged;
        }

        if (left != 0)
        {
            throw damaged;
        }
    }

    private static byte[] Hash(long seed, long first, byte[] points) => new Checksum(seed).Add(first).Add(points).Take();
}
