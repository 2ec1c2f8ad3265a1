namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>A piece of global memory that kernels may reach; of one that began as poison, what has been written to since.</summary>
/// <param name="address">Where it is: the host's own address.</param>
/// <param name="bytes">How long it is.</param>
/// <param name="isPoison">Whether nothing has been written to it yet.</param>
internal sealed class PtxBuffer(nint address, long bytes, bool isPoison = false)
{
    private readonly bool[]? isWritten = isPoison ? new bool[bytes] : null;

    public bool Has(ulong from, ulong length) => (ulong)address <= from && from + length <= (ulong)address + (ulong)bytes;

    public void Note(ulong from, int length) => isWritten?.AsSpan((int)(from - (ulong)address), length).Fill(true);

    public bool IsWritten(ulong from, int length) => isWritten is null || !isWritten.AsSpan((int)(from - (ulong)address), length).Contains(false);
}

/// <summary>What the threads of a block share: what nobody wrote to is no number, and what one thread writes another may read after a barrier only.</summary>
/// <param name="bytes">How much there is.</param>
internal sealed class PtxShared(int bytes)
{
    // Hardware may let either thread go first where no barrier lies between, in one warp as well.
    private readonly (int Phase, int Thread, bool IsAtomic)[] written = new (int, int, bool)[bytes];
    private readonly (int Phase, int Thread)[] read = new (int, int)[bytes];
    private int phase = 1;

    /// <summary>Pinned: the machine reads and writes by address.</summary>
    public byte[] Bytes { get; } = GC.AllocateArray<byte>(bytes, pinned: true);

    /// <summary>All warps have come to a barrier.</summary>
    public void Pass() => phase++;

    public void Read(int at, int length, int thread)
    {
        for (var k = at; k < at + length; k++)
        {
            if (written[k].Phase == 0)
            {
                throw new InvalidOperationException($"Byte {k} of shared memory is read, and nothing was written to it.");
            }

            Require(written[k].Phase != phase || written[k].Thread == thread, k);
            read[k] = read[k].Phase == phase && read[k].Thread != thread ? (phase, -1) : (phase, thread);
        }
    }

    /// <summary>Where two threads store one number it does not matter which comes first; who reads it waits for both.</summary>
    public void Write(int at, int length, int thread, ulong number) =>
        Write(at, length, thread, isAtomic: false, BitConverter.GetBytes(number));

    private void Write(int at, int length, int thread, bool isAtomic, byte[]? number)
    {
        for (var k = at; k < at + length; k++)
        {
            var isSame = number is not null && written[k].Phase == phase && Bytes[k] == number[k - at];
            Require(read[k].Phase != phase || read[k].Thread == thread, k);
            Require(written[k].Phase != phase || written[k].Thread == thread || (isAtomic && written[k].IsAtomic) || isSame, k);
            written[k] = (phase, isSame && written[k].Thread != thread ? -1 : thread, isAtomic);
        }
    }

    /// <summary>Adding needs something that is there, written before a barrier by anybody or added to by others.</summary>
    public void Add(int at, int length, int thread)
    {
        if (written[at].Phase == 0)
        {
            throw new InvalidOperationException($"Byte {at} of shared memory is added to, and nothing was written to it.");
        }

        Write(at, length, thread, isAtomic: true, null);
    }

    private static void Require(bool isOrdered, int at)
    {
        if (!isOrdered)
        {
            throw new InvalidOperationException($"Two threads reach byte {at} of shared memory, one to write, and no barrier lies between.");
        }
    }
}
