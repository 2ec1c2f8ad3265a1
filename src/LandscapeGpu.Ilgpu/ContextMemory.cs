using ILGPU;

namespace LandscapeGpu.Ilgpu;

/// <summary>Forgets from time to time what a context of ILGPU has read: it keeps every method of every kernel, some ten megabytes of each, of which hardly any is another kernel's too.</summary>
/// <param name="context">The context.</param>
internal sealed class ContextMemory(Context context)
{
    // What kernels share (types, elementary functions) is read again after so many, of which two make a kernel: that costs a kernel a hundredth.
    private const int MostUses = 64;

    private readonly Lock gate = new();
    private int compiling;
    private int kept;

    /// <summary>Compiles a kernel, or what launches one.</summary>
    public T Compile<T>(Func<T> compile)
    {
        lock (gate)
        {
            compiling++;
            kept++;
        }

        try
        {
            return compile();
        }
        finally
        {
            lock (gate)
            {
                // What others compile just now is made of what is kept.
                if (--compiling == 0 && kept >= MostUses)
                {
                    context.ClearCache(ClearCacheMode.Default);
                    kept = 0;
                }
            }
        }
    }
}
