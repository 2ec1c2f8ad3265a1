using System.Runtime.InteropServices;

namespace LandscapeGpu.Execution;

/// <summary>Memory that vectors can be read from at full speed; cleared when made.</summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    // A cache line, and the widest vector.
    private const int Alignment = 64;

    public AlignedMemory(int bytes)
    {
        Length = Math.Max(bytes, Alignment);
        Pointer = (byte*)NativeMemory.AlignedAlloc((nuint)Length, Alignment);
        NativeMemory.Clear(Pointer, (nuint)Length);
    }

    ~AlignedMemory() => Free();

    public int Length { get; }

    public byte* Pointer { get; private set; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
