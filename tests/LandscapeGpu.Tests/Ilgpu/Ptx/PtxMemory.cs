using System.Runtime.InteropServices;

namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>A piece of global memory that kernels may reach; of one that began as poison, what has been written to since, and which thread of a block has reached it last.</summary>
/// <param name="address">Where it is: the host's own address.</param>
/// <param name="bytes">How long it is.</param>
/// <param name="isPoison">Whether nothing has been written to it yet.</param>
internal sealed class PtxBuffer(nint address, long bytes, bool isPoison = false)
{
    private readonly PtxOrder? order = isPoison ? new((int)bytes, "global") : null;

    public bool Has(ulong from, ulong length) => (ulong)address <= from && from + length <= (ulong)address + (ulong)bytes;

    /// <summary>All warps of a block have come to a barrier, or another block begins.</summary>
    public void Pass() => order?.Pass();

    public void Read(ulong from, int length, int thread) => order?.Read((int)(from - (ulong)address), length, thread);

    public unsafe void Write(ulong from, int length, int thread, ulong number) => order?.Write((int)(from - (ulong)address), length, thread, number, new((void*)from, length));
}

/// <summary>Who has read and written each four bytes, of which every access takes whole ones, since the last barrier: what nobody wrote to is no number, and what one thread writes another may read after a barrier only.</summary>
/// <param name="bytes">How many bytes there are.</param>
/// <param name="kind">What the memory is called.</param>
internal sealed class PtxOrder(int bytes, string kind)
{
    private const int Unit = 4;

    // Hardware may let either thread go first where no barrier lies between, in one warp as well.
    private readonly (int Phase, int Thread, bool IsAtomic)[] written = new (int, int, bool)[bytes / Unit];
    private readonly (int Phase, int Thread)[] read = new (int, int)[bytes / Unit];
    private int phase = 1;

    /// <summary>All warps have come to a barrier.</summary>
    public void Pass() => phase++;

    public void Read(int at, int length, int thread)
    {
        for (var k = at / Unit; k < (at + length) / Unit; k++)
        {
            if (written[k].Phase == 0)
            {
                throw new InvalidOperationException($"Byte {k * Unit} of {kind} memory is read, and nothing was written to it.");
            }

            Require(written[k].Phase != phase || written[k].Thread == thread, k);
            read[k] = read[k].Phase == phase && read[k].Thread != thread ? (phase, -1) : (phase, thread);
        }
    }

    /// <summary>Where two threads store one number it does not matter which comes first; who reads it waits for both.</summary>
    public void Write(int at, int length, int thread, ulong number, ReadOnlySpan<byte> before)
    {
        for (var k = 0; k < length / Unit; k++)
        {
            var isSame = MemoryMarshal.Read<uint>(before[(k * Unit)..]) == (uint)(number >> (8 * k * Unit));
            Write((at / Unit) + k, thread, isAtomic: false, isSame && written[(at / Unit) + k].Phase == phase);
        }
    }

    /// <summary>Adding needs something that is there, written before a barrier by anybody or added to by others.</summary>
    public void Add(int at, int length, int thread)
    {
        for (var k = at / Unit; k < (at + length) / Unit; k++)
        {
            if (written[k].Phase == 0)
            {
                throw new InvalidOperationException($"Byte {k * Unit} of {kind} memory is added to, and nothing was written to it.");
            }

            Write(k, thread, isAtomic: true, isSame: false);
        }
    }

    private void Write(int k, int thread, bool isAtomic, bool isSame)
    {
        Require(read[k].Phase != phase || read[k].Thread == thread, k);
        Require(written[k].Phase != phase || written[k].Thread == thread || (isAtomic && written[k].IsAtomic) || isSame, k);
        written[k] = (phase, isSame && written[k].Thread != thread ? -1 : thread, isAtomic);
    }

    private void Require(bool isOrdered, int at)
    {
        if (!isOrdered)
        {
            throw new InvalidOperationException($"Two threads reach byte {at * Unit} of {kind} memory, one to write, and no barrier lies between.");
        }
    }
}

/// <summary>What the threads of a block share.</summary>
/// <param name="bytes">How much there is.</param>
internal sealed class PtxShared(int bytes)
{
    public PtxOrder Order { get; } = new(bytes, "shared");

    /// <summary>Pinned: the machine reads and writes by address.</summary>
    public byte[] Bytes { get; } = GC.AllocateArray<byte>(bytes, pinned: true);
}
