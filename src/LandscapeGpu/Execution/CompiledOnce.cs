using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace LandscapeGpu.Execution;

/// <summary>
/// What has been compiled, kept as long as that which it was compiled from: programs with their formula, so that another value of a
/// parameter needs no compiling; a device's kernels with the emitted type they are made of.
/// </summary>
internal static class CompiledOnce
{
    private static readonly ConditionalWeakTable<object, ConcurrentDictionary<object, Lazy<object>>> Kept = [];

    /// <summary>How many times something has been compiled from a formula.</summary>
    public static int CountOf(object formula) => Kept.TryGetValue(formula, out var made) ? made.Count : 0;

    /// <param name="source">The traced formula, or the emitted type.</param>
    /// <param name="variant">What else the result depends on, compared by value.</param>
    /// <param name="make">Compiles it; once, however many ask at the same time.</param>
    public static T Of<T>(object source, object variant, Func<T> make)
        where T : class
    {
        var made = Kept.GetOrCreateValue(source).GetOrAdd(variant, _ => new(make));
        try
        {
            return (T)made.Value;
        }
        catch
        {
            // What failed may succeed the next time: a device can be out of memory for a moment.
            Kept.GetOrCreateValue(source).TryRemove(new(variant, made));
            throw;
        }
    }
}
