using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace LandscapeGpu.Objectives.Datasets;

/// <summary>Arrays of numbers in NumPy's format: versions 1 to 3, 32- and 64-bit floating point, row by row or column by column.</summary>
/// <remarks>Format: NumPy Enhancement Proposal 1 and numpy.lib.format.</remarks>
internal static partial class NpyFile
{
    private static readonly byte[] Magic = [0x93, .. "NUMPY"u8];

    /// <summary>Reads an array.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">It is missing, damaged or cut short, has another element type, or holds NaN or infinity.</exception>
    public static NumberArray Read(string path)
    {
        using var stream = DataFileException.Open(path);
        try
        {
            return Read(stream, path);
        }
        catch (EndOfStreamException e)
        {
            throw new DataFileException($"{path} ends before its array does: it was cut short, or is no .npy file.", e);
        }
    }

    /// <summary>Reads an array of two dimensions.</summary>
    /// <exception cref="DataFileException">As <see cref="Read(string)"/>, or it has another number of dimensions.</exception>
    public static double[,] ReadMatrix(string path)
    {
        var array = Read(path);
        if (array.Shape.Count != 2)
        {
            throw new DataFileException($"{path} holds an array of shape {array.ShapeText}; a matrix (rows, columns) is expected.");
        }

        var matrix = new double[array.Shape[0], array.Shape[1]];
        Buffer.BlockCopy(array.Values, 0, matrix, 0, sizeof(double) * array.Values.Length);
        return matrix;
    }

    /// <summary>Reads an array of one dimension, or a matrix of one column or row.</summary>
    /// <exception cref="DataFileException">As <see cref="Read(string)"/>, or it has another shape.</exception>
    public static double[] ReadVector(string path)
    {
        var array = Read(path);
        return array.Shape.Count(n => n != 1) <= 1
            ? array.Values
            : throw new DataFileException($"{path} holds an array of shape {array.ShapeText}; one number for each row is expected.");
    }

    private static NumberArray Read(Stream stream, string path)
    {
        var start = new byte[8];
        stream.ReadExactly(start);
        if (!start.AsSpan(0, 6).SequenceEqual(Magic) || start[6] is < 1 or > 3)
        {
            throw new DataFileException($"{path} is not an .npy file of version 1 to 3.");
        }

        // Version 1 has two bytes for the header's length, later ones four.
        var length = new byte[start[6] == 1 ? 2 : 4];
        stream.ReadExactly(length);
        var headerLength = length.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (headerLength > 1 << 20)
        {
            throw new DataFileException($"{path} claims a header of {headerLength} bytes: it is damaged.");
        }

        var header = new byte[headerLength];
        stream.ReadExactly(header);
        return Elements(stream, Encoding.UTF8.GetString(header), path);
    }

    private static NumberArray Elements(Stream stream, string header, string path)
    {
        var type = TypePattern().Match(header).Groups[1].Value;
        if (type is not ("<f4" or "<f8" or ">f4" or ">f8"))
        {
            throw new DataFileException($"{path} holds elements of type '{type}'; float32 and float64 can be read: save it with astype(float).");
        }

        var shape = Shape(header, path);
        var (count, left) = (1L, stream.CanSeek ? stream.Length - stream.Position : long.MaxValue);
        foreach (var n in shape)
        {
            // Before there is memory for it: a damaged header may claim anything.
            count = count > int.MaxValue ? count : count * n;
        }

        if (count > int.MaxValue || count * (type[2] - '0') > left)
        {
            throw new EndOfStreamException();
        }

        DataFileException.RequireSize(count, path);
        var (size, isLittle) = (type[2] - '0', type[0] == '<');
        using var buffered = new BufferedStream(stream, 1 << 16);
        Span<byte> element = stackalloc byte[size];
        var values = new double[count];
        for (var k = 0; k < count; k++)
        {
            buffered.ReadExactly(element);
            values[k] = (size, isLittle) switch
            {
                (4, true) => BinaryPrimitives.ReadSingleLittleEndian(element),
                (4, false) => BinaryPrimitives.ReadSingleBigEndian(element),
                (_, true) => BinaryPrimitives.ReadDoubleLittleEndian(element),
                _ => BinaryPrimitives.ReadDoubleBigEndian(element),
            };
        }

        var ordered = FortranPattern().IsMatch(header) ? RowByRow(shape, values) : values;
        var wrong = Array.FindIndex(ordered, v => !double.IsFinite(v));
        return wrong < 0 ? new(shape, ordered) : throw new DataFileException(
            $"{path} holds {ordered[wrong].ToString(CultureInfo.InvariantCulture)} at [{string.Join(", ", Place(shape, wrong))}]; data must be finite: drop or fill such entries first.");
    }

    private static IEnumerable<int> Place(int[] shape, int at) =>
        Enumerable.Range(0, shape.Length).Select(k => at / shape.Skip(k + 1).Aggregate(1, (product, n) => product * n) % shape[k]);

    private static int[] Shape(string header, string path)
    {
        var match = ShapePattern().Match(header);
        var extents = match.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (!match.Success || extents.Any(n => n.Any(c => !char.IsAsciiDigit(c))))
        {
            throw new DataFileException($"{path} does not say the shape of its array: it is damaged.");
        }

        return Array.Find(extents, n => !int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out _)) is { } most
            ? throw new DataFileException($"{path} says that its array has {most} entries along one of its axes; at most {int.MaxValue} are read.")
            : [.. extents.Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
    }

    /// <summary>Elements whose first index runs fastest, in the order in which the last one does.</summary>
    private static double[] RowByRow(int[] shape, double[] values)
    {
        var ordered = new double[values.Length];
        var index = new int[shape.Length];
        foreach (var value in values)
        {
            var at = 0;
            for (var k = 0; k < shape.Length; k++)
            {
                at = (at * shape[k]) + index[k];
            }

            ordered[at] = value;
            for (var k = 0; k < shape.Length && ++index[k] == shape[k]; k++)
            {
                index[k] = 0;
            }
        }

        return ordered;
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([^']*)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'fortran_order'\s*:\s*True")]
    private static partial Regex FortranPattern();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)")]
    private static partial Regex ShapePattern();
}

/// <summary>An array of any number of dimensions.</summary>
/// <param name="Shape">The extent of each dimension.</param>
/// <param name="Values">The elements; the last index runs fastest.</param>
internal sealed record NumberArray(IReadOnlyList<int> Shape, double[] Values)
{
    internal string ShapeText => $"({string.Join(", ", Shape)})";
}
