using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LandscapeGpu.Expressions;

namespace LandscapeGpu.Execution;

/// <summary>What has been compiled from a formula, kept as long as the formula is: another value of a parameter needs no compiling.</summary>
internal static class CompiledOnce
{
    private static readonly ConditionalWeakTable<Real, ConcurrentDictionary<object, object>> Kept = [];

    /// <summary>How many times something has been compiled from a formula.</summary>
    public static int CountOf(Real formula) => Kept.TryGetValue(formula, out var made) ? made.Count : 0;

    /// <param name="formula">The traced formula.</param>
    /// <param name="variant">What else the result depends on, compared by value.</param>
    /// <param name="make">Compiles it.</param>
    public static T Of<T>(Real formula, object variant, Func<T> make)
        where T : class => (T)Kept.GetOrCreateValue(formula).GetOrAdd(variant, _ => make());
}
