using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <summary>What a piece of work runs on: one tile of the loops, in memory.</summary>
/// <param name="state">Where the state begins.</param>
/// <param name="data">Where data begin.</param>
/// <param name="begin">The first iteration of the tile.</param>
/// <param name="count">How many iterations it has.</param>
internal readonly unsafe struct Frame(byte* state, byte* data, long begin, int count)
{
    public byte* State { get; } = state;

    public byte* Data { get; } = data;

    public long Begin { get; } = begin;

    public int Count { get; } = count;

    /// <summary>The state in which a thread keeps what lives within a tile: its own where several run together.</summary>
    public byte* Own { get; init; } = state;
}

/// <summary>Where the numbers of a view lie, for a program that has been laid out.</summary>
/// <param name="view">The numbers.</param>
/// <param name="root">The loop that is run tile by tile; null for none.</param>
/// <param name="valueOf">What a whole number is that is known only while it runs, given where the state begins.</param>
internal sealed unsafe class Place<T>(View view, Index? root, Func<nint, Index, long> valueOf)
    where T : unmanaged
{
    private readonly bool isData = view.Tensor.Given is { Memory: Memory.Data };
    private readonly bool isLocal = view.Tensor.IsLocal;
    private readonly long start = view.Start + (view.Tensor.Given?.Offset ?? view.Tensor.Offset);
    private readonly long rootStride = root is null || view.Tensor.IsLocal ? 0 : view.Stride(root);
    private readonly (Index Index, long Factor)[] moving = [.. view.Moving];

    public T* At(in Frame frame)
    {
        var at = start + (rootStride * frame.Begin);
        foreach (var (index, factor) in moving)
        {
            at += factor * valueOf((nint)frame.State, index);
        }

        return (T*)(isData ? frame.Data : isLocal ? frame.Own : frame.State) + at;
    }
}

/// <summary>Loops with the strides that several arrays have in them.</summary>
internal readonly struct Strided(IReadOnlyList<Index> loops, Index? root, params View[] views)
{
    private readonly int[] extents = [.. loops.Select(v => ReferenceEquals(v, root) ? -1 : Tensor.Extent(v))];
    private readonly long[][] strides = [.. views.Select(view => loops.Select(view.Stride).ToArray())];

    public int Count => extents.Length;

    public long[] Strides(int view) => strides[view];

    /// <summary>How often each loop runs, in a tile.</summary>
    public int Extent(int loop, in Frame frame) => extents[loop] < 0 ? frame.Count : extents[loop];
}
