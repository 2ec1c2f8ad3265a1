namespace LandscapeGpu.Kernels;

/// <summary>The first and last entries of a tridiagonal matrix's eigenvectors, in one thread's state.</summary>
public readonly struct EndEntries<TMemory>(ThreadState<TMemory> own, KrylovPlaces at) : ITurnedRows
    where TMemory : struct, IDeviceMemory<double>
{
    private readonly ThreadState<TMemory> own = own;
    private readonly KrylovPlaces at = at;

    public void Turn(int i, double c, double s)
    {
        Turn(own, at.FirstRow + i, c, s);
        Turn(own, at.LastRow + i, c, s);
    }

    private static void Turn(ThreadState<TMemory> own, int entry, double c, double s)
    {
        var (a, b) = (own[entry], own[entry + 1]);
        own.Set(entry + 1, (s * a) + (c * b));
        own.Set(entry, (c * a) - (s * b));
    }
}
