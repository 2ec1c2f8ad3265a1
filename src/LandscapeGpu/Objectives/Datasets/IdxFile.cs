using System.Buffers.Binary;
using System.IO.Compression;

namespace LandscapeGpu.Objectives.Datasets;

/// <summary>Arrays in the IDX format of the MNIST data, plain or compressed by gzip.</summary>
/// <remarks>
/// Two zero bytes, the type, the number of dimensions, their lengths, the elements; all big-endian. Unsigned bytes of two or more dimensions are
/// pixels, and read as 0 … 1: byte/255; of one dimension they are labels, and read as they are.
/// Source: LeCun, Cortes and Burges, The MNIST database of handwritten digits.
/// </remarks>
internal static class IdxFile
{
    private const int MostDimensions = 8;

    /// <summary>Whether a file begins as one of these does; no text and no NumPy array does.</summary>
    public static bool Is(string path)
    {
        using var file = DataFileException.Open(path);
        var start = new byte[4];
        try
        {
            using var stream = Opened(file);
            return stream.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && start is [0, 0, 0x08 or 0x09 or 0x0B or 0x0C or 0x0D or 0x0E, >= 1 and <= MostDimensions];
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Reads an array; where it has two or more dimensions, as a matrix with a row for each entry of the first.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">No more rows than this; null for all.</param>
    /// <exception cref="DataFileException">It is damaged or cut short, or holds a number that is not finite.</exception>
    public static NumberArray Read(string path, int? rows = null)
    {
        using var file = DataFileException.Open(path);
        try
        {
            using var stream = new BufferedStream(Opened(file), 1 << 16);
            return Read(stream, path, rows);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new DataFileException($"{path} ends before its array does: it was cut short, or is damaged.", e);
        }
    }

    private static Stream Opened(FileStream file)
    {
        var isCompressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static NumberArray Read(Stream stream, string path, int? rows)
    {
        Span<byte> word = stackalloc byte[8];
        stream.ReadExactly(word[..4]);
        var (type, dimensions) = (word[2], (int)word[3]);
        var lengths = new int[dimensions];
        for (var k = 0; k < dimensions; k++)
        {
            stream.ReadExactly(word[..4]);
            lengths[k] = BinaryPrimitives.ReadInt32BigEndian(word);
        }

        if (lengths.Any(n => n < 1))
        {
            throw new DataFileException($"{path} says that its array has the shape ({string.Join(", ", lengths)}); every length must be at least 1.");
        }

        lengths[0] = Math.Min(lengths[0], rows ?? int.MaxValue);
        var width = lengths.Skip(1).Aggregate(1.0, (product, n) => product * n);
        DataFileException.RequireSize((long)Math.Min(width * lengths[0], long.MaxValue / 2), path);
        var size = type switch { 0x08 or 0x09 => 1, 0x0B => 2, 0x0C or 0x0D => 4, _ => 8 };
        var values = new double[lengths[0] * (int)width];
        for (var k = 0; k < values.Length; k++)
        {
            var element = word[..size];
            stream.ReadExactly(element);
            values[k] = type switch
            {
                0x08 => dimensions == 1 ? element[0] : element[0] / 255.0,
                0x09 => (sbyte)element[0],
                0x0B => BinaryPrimitives.ReadInt16BigEndian(element),
                0x0C => BinaryPrimitives.ReadInt32BigEndian(element),
                0x0D => BinaryPrimitives.ReadSingleBigEndian(element),
                _ => BinaryPrimitives.ReadDoubleBigEndian(element),
            };
            if (!double.IsFinite(values[k]))
            {
                throw new DataFileException($"{path} holds {values[k].ToString(CultureInfo.InvariantCulture)} as element {k}; data must be finite: drop or fill such entries first.");
            }
        }

        return new(dimensions == 1 ? [lengths[0]] : [lengths[0], (int)width], values);
    }
}
