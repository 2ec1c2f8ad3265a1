using System.Runtime.InteropServices;

namespace LandscapeGpu.Execution;

/// <summary>Memory that vectors can be read from at full speed; cleared when made.</summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    // A cache line, and the widest vector.
    private const int Alignment = 64;

    private static long taken;

    /// <param name="bytes">How much.</param>
    /// <param name="what">What needs it, for the message if there is not so much: a plural.</param>
    /// <param name="advice">What to do then.</param>
    /// <exception cref="ArgumentException">There is not so much memory.</exception>
    public AlignedMemory(long bytes, string what = "The numbers to be computed with", string advice = "ask for fewer of them")
    {
        Length = Math.Max(bytes, Alignment);
        MachineMemory.Require((double)Interlocked.Read(ref taken) + Length, what, advice);
        Interlocked.Add(ref taken, Length);
        Pointer = (byte*)NativeMemory.AlignedAlloc((nuint)Length, Alignment);
        NativeMemory.Clear(Pointer, (nuint)Length);
    }

    ~AlignedMemory() => Free();

    public long Length { get; }

    public byte* Pointer { get; private set; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Pointer is not null)
        {
            NativeMemory.AlignedFree(Pointer);
            Interlocked.Add(ref taken, -Length);
            Pointer = null;
        }
    }
}
