using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LandscapeGpu.Pathways;

/// <summary>Keeps in a file what walks came to, batch by batch, so that a search that was cut off goes on where it was: with the same result as one that was not.</summary>
/// <remarks>
/// The search is a function of its minima, options and seed: begun again, it asks for the same batches in the same order, and those that are kept are not walked again. A record is a key (a hash of
/// what was asked, by which version), its length, its content and a hash of that; a last record that was cut short is written anew.
/// </remarks>
internal sealed class WalkJournal : IDisposable
{
    private readonly FileStream file;
    private readonly Dictionary<string, (long At, int Length)> kept = [];

    private WalkJournal(FileStream file)
    {
        this.file = file;
        using var reader = new BinaryReader(file, System.Text.Encoding.UTF8, leaveOpen: true);
        var whole = 0L;
        while (file.Length - file.Position >= SHA256.HashSizeInBytes + sizeof(int))
        {
            var (key, length) = (Convert.ToHexString(reader.ReadBytes(SHA256.HashSizeInBytes)), reader.ReadInt32());
            var at = file.Position;
            if (length < 0 || file.Length - at < (long)length + SHA256.HashSizeInBytes
                || !SHA256.HashData(reader.ReadBytes(length)).AsSpan().SequenceEqual(reader.ReadBytes(SHA256.HashSizeInBytes)))
            {
                break;
            }

            kept[key] = (at, length);
            whole = file.Position;
        }

        file.SetLength(whole);
    }

    /// <summary>How many batches were taken from the file.</summary>
    public int Taken { get; private set; }

    /// <exception cref="IOException">It cannot be written, or another search writes it.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static WalkJournal Open(string path) => new(new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));

    /// <summary>What walks came to, from the file if they are kept there.</summary>
    /// <param name="asked">All that the result is a function of, besides the landscape.</param>
    /// <param name="work">Walks.</param>
    /// <param name="write">Writes a result.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="cancellation">What was stopped is not kept.</param>
    public T Once<T>(ReadOnlySpan<double> asked, Func<T> work, Action<BinaryWriter, T> write, Func<BinaryReader, T> read, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(WalkJournal).Module.ModuleVersionId.ToByteArray());
        hash.AppendData(MemoryMarshal.AsBytes(asked));
        var key = hash.GetHashAndReset();
        if (kept.TryGetValue(Convert.ToHexString(key), out var place))
        {
            var there = new byte[place.Length];
            file.Position = place.At;
            file.ReadExactly(there);
            Taken++;
            return read(new(new MemoryStream(there)));
        }

        var result = work();
        if (!cancellation.IsCancellationRequested)
        {
            using var content = new MemoryStream();
            using (var writer = new BinaryWriter(content, System.Text.Encoding.UTF8, leaveOpen: true))
            {
                write(writer, result);
            }

            file.Position = file.Length;
            using var record = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true);
            record.Write(key);
            record.Write((int)content.Length);
            record.Write(content.GetBuffer().AsSpan(0, (int)content.Length));
            record.Write(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
            record.Flush();
            file.Flush(flushToDisk: true);
        }

        return result;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    /// <summary>Writes polished ends.</summary>
    public static void Write(BinaryWriter to, PolishedSet set)
    {
        to.Write(set.Dimension);
        to.Write(set.Count);
        to.Write(set.Evaluations);
        foreach (var numbers in Numbers(set))
        {
            to.Write(MemoryMarshal.AsBytes<double>(numbers));
        }

        to.Write(MemoryMarshal.AsBytes<bool>(set.Stationary));
        to.Write(MemoryMarshal.AsBytes<bool>(set.Endless));
    }

    /// <summary>Reads them.</summary>
    public static PolishedSet ReadSet(BinaryReader from)
    {
        var set = new PolishedSet(from.ReadInt32(), from.ReadInt32()) { Evaluations = from.ReadInt64() };
        foreach (var numbers in Numbers(set))
        {
            from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        }

        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(set.Stationary.AsSpan()));
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(set.Endless.AsSpan()));
        return set;
    }

    /// <summary>Writes paths downhill and their ends.</summary>
    public static void Write(BinaryWriter to, (DownhillPath[] Paths, PolishedSet Ends) walked)
    {
        Write(to, walked.Ends);
        foreach (var path in walked.Paths)
        {
            to.Write((int)path.End);
            to.Write(path.Points.Count);
            foreach (var (point, value) in path.Points.Zip(path.Values))
            {
                to.Write(value);
                to.Write(MemoryMarshal.AsBytes<double>(point));
            }
        }
    }

    /// <summary>Reads them.</summary>
    public static (DownhillPath[] Paths, PolishedSet Ends) ReadPaths(BinaryReader from)
    {
        var ends = ReadSet(from);
        var paths = new DownhillPath[ends.Count];
        for (var k = 0; k < paths.Length; k++)
        {
            paths[k] = new() { End = (DownhillEnd)from.ReadInt32() };
            for (var left = from.ReadInt32(); left > 0; left--)
            {
                var point = new double[ends.Dimension];
                paths[k].Values.Add(from.ReadDouble());
                from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(point.AsSpan()));
                paths[k].Points.Add(point);
            }
        }

        return (paths, ends);
    }

    private static double[][] Numbers(PolishedSet set) => [set.Points, set.Values, set.Residuals, set.Moments, set.Roundings, set.Uncertainties];
}
