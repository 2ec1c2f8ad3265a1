using System.Collections.Concurrent;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>
/// Four orthonormal bases of R^d at random, halved: 4d directions aₖ with Σ⟨aₖ, x⟩² = ‖x‖² for every x.
/// </summary>
internal sealed class TightFrame
{
    /// <summary>The number of bases.</summary>
    public const int Bases = 4;

    // Of images' pixels one takes a second to make, and every map that needs it asks for the same.
    private static readonly ConcurrentDictionary<int, WeakReference<TightFrame>> Made = new();

    private readonly double[] rows;
    private readonly int dimension;

    private TightFrame(int dimension)
    {
        this.dimension = dimension;
        rows = new double[Bases * dimension * dimension];
        for (var basis = 0; basis < Bases; basis++)
        {
            var directions = Orthonormal.Rows(dimension, dimension, seed: 0x6672616D65 + (ulong)basis * 0x1000003);
            for (var i = 0; i < directions.Length; i++)
            {
                rows[basis * directions.Length + i] = directions[i] / 2;
            }
        }
    }

    /// <summary>The frame of R^d: one for all that ask while it is in use.</summary>
    public static TightFrame Of(int dimension)
    {
        if (!Made.TryGetValue(dimension, out var known) || !known.TryGetTarget(out var frame))
        {
            Made[dimension] = new(frame = new(dimension));
        }

        return frame;
    }

    /// <summary>The number of directions, 4d.</summary>
    public int Count => Bases * dimension;

    /// <summary>⟨aₖ, x⟩.</summary>
    public double Along(int k, ReadOnlySpan<double> x) => Orthonormal.Dot(x, rows.AsSpan(k * dimension, dimension));
}
