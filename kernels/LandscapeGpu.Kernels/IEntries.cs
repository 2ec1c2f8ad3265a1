namespace LandscapeGpu.Kernels;

/// <summary>Numbers in a row, wherever they lie: an array, vectors of lanes, a thread's part of a device's memory.</summary>
/// <remarks>Factors, eigenvalues and Newton's steps are written over this, once for processors and devices; structs, so that both compile them to plain loads and stores.</remarks>
public interface IEntries<T, TSelf>
    where TSelf : struct, IEntries<T, TSelf>
{
    T this[int at] { get; }

    void Set(int at, T value);

    /// <summary>The entries from one on.</summary>
    TSelf From(int at);
}
