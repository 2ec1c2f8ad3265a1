using System.Numerics;

namespace LandscapeGpu.Tests.Ilgpu.Ptx;

// Registers and memory.
internal sealed unsafe partial class PtxMachine
{
    private void Load(PtxWarp warp, uint doing, PtxInstruction instruction, string type)
    {
        var (o, count) = (instruction.Operands, instruction.Results);
        for (; doing != 0; doing &= doing - 1)
        {
            var thread = BitOperations.TrailingZeroCount(doing);
            // The address may be in a register that is loaded.
            var from = Place(warp, thread, instruction, o[count], type, count);
            for (var k = 0; k < count; k++)
            {
                warp.Registers[(o[k].Register * Warp) + thread] = Read(ref from[k * Bytes(type)], type);
            }
        }
    }

    /// <summary>Where an address points to, and a note of what is done there.</summary>
    private byte* Place(PtxWarp warp, int thread, PtxInstruction instruction, PtxOperand operand, string type, int count = 1, ulong stored = 0)
    {
        var (address, length) = (Get(warp, thread, operand with { Number = 0 }) + operand.Number, Bytes(type) * count);
        // Lengths are powers of two.
        if ((address & ((ulong)length - 1)) != 0)
        {
            throw new InvalidOperationException($"An access of .{type} at {address} is not aligned.");
        }

        var (act, by) = (instruction.Name[0], (warp.Number * Warp) + thread);
        if (instruction.IsShared)
        {
            if (address + (ulong)length > (ulong)shared.Bytes.Length)
            {
                throw new InvalidOperationException($"An access of .{type} at {address} is outside shared memory.");
            }

            var begin = (int)address;
            switch (act)
            {
                case "ld":
                    shared.Order.Read(begin, length, by);
                    break;
                case "st":
                    shared.Order.Write(begin, length, by, stored, shared.Bytes.AsSpan(begin, length));
                    break;
                default:
                    shared.Order.Add(begin, length, by);
                    break;
            }

            return (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref shared.Bytes[(int)address]);
        }

        var buffer = BufferAt(address, (ulong)length) ?? throw new InvalidOperationException($"An access of .{type} at {address} is outside every buffer.");
        if (act == "st")
        {
            buffer.Write(address, length, by, stored);
        }
        else
        {
            buffer.Read(address, length, by);
        }

        return (byte*)address;
    }

    // Not by a lambda, of which every access would make one.
    private PtxBuffer? BufferAt(ulong address, ulong length)
    {
        foreach (var buffer in allowed)
        {
            if (buffer.Has(address, length))
            {
                return buffer;
            }
        }

        return null;
    }

    private static int Bytes(string type) => type is "f64" or "b64" ? 8 : 4;

    private static ulong Get(PtxWarp warp, int thread, PtxOperand operand) => operand.Register < 0 ? operand.Number : warp.Registers[(operand.Register * Warp) + thread];

    private static ulong Read(ref byte at, string type) => type is "f64" or "b64"
        ? System.Runtime.CompilerServices.Unsafe.ReadUnaligned<ulong>(ref at)
        : System.Runtime.CompilerServices.Unsafe.ReadUnaligned<uint>(ref at);

    private static void Write(byte* at, string type, ulong value)
    {
        if (type is "f64" or "b64")
        {
            *(ulong*)at = value;
        }
        else
        {
            *(uint*)at = (uint)value;
        }
    }
}
