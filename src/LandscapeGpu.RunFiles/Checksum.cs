using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace LandscapeGpu.RunFiles;

/// <summary>XXH128 of what a row holds, field by field with its length: a byte that flipped, or a field that moved, is found.</summary>
/// <param name="seed">What the row is of: see <see cref="RowSeed"/>.</param>
internal sealed class Checksum(long seed)
{
    private readonly XxHash128 hash = new(seed);

    public Checksum Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        hash.Append(bytes);
        return this;
    }

    public Checksum Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    public Checksum Add(long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.Append(bytes);
        return this;
    }

    public Checksum Add(double number) => Add(double.IsNaN(number) ? -1 : BitConverter.DoubleToInt64Bits(number));

    /// <summary>The checksum of what was added; what is added then begins another.</summary>
    public byte[] Take() => hash.GetHashAndReset();

    /// <summary>Numbers as little-endian bytes.</summary>
    public static byte[] Bytes<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(numbers).ToArray();
        Swap<T>(bytes);
        return bytes;
    }

    /// <summary>Little-endian bytes as numbers.</summary>
    public static T[] Numbers<T>(byte[] bytes)
        where T : unmanaged
    {
        Swap<T>(bytes);
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }

    /// <summary>The machine's bytes of numbers become little-endian ones, or the other way round.</summary>
    public static void Swap<T>(byte[] bytes)
        where T : unmanaged
    {
        var size = Marshal.SizeOf<T>();
        for (var at = 0; !BitConverter.IsLittleEndian && at < bytes.Length; at += size)
        {
            bytes.AsSpan(at, size).Reverse();
        }
    }
}
