using System.Buffers.Binary;

namespace LandscapeGpu.Starts;

/// <summary>The order of the bits in a word.</summary>
internal static class BitOrder
{
    /// <summary>The word read backwards: bit i goes to bit 63 − i.</summary>
    public static ulong Reverse(ulong word)
    {
        word = ((word >> 1) & 0x5555555555555555) | ((word & 0x5555555555555555) << 1);
        word = ((word >> 2) & 0x3333333333333333) | ((word & 0x3333333333333333) << 2);
        word = ((word >> 4) & 0x0F0F0F0F0F0F0F0F) | ((word & 0x0F0F0F0F0F0F0F0F) << 4);
        return BinaryPrimitives.ReverseEndianness(word);
    }
}
