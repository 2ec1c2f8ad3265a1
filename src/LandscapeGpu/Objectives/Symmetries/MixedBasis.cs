namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>An orthonormal basis of R^d that is quick to make and to multiply with: coordinates are shuffled and mixed in blocks, over and over, until each has met all others.</summary>
/// <remarks>
/// A round takes 32·d numbers and as many multiplications where a basis of Gaussian vectors takes d²; of d coordinates ⌈log₃₂ d⌉ rounds, and one more, leave none apart.
/// Blocks are orthonormal and drawn at random, the same at every call.
/// </remarks>
internal sealed class MixedBasis
{
    private const int Block = 32;

    private readonly int dimension;
    private readonly (int[] Order, double[][] Blocks)[] rounds;

    public MixedBasis(int dimension, ulong seed)
    {
        this.dimension = dimension;
        var count = 1 + (int)Math.Ceiling(Math.Log(dimension, Block));
        rounds = [.. Enumerable.Range(0, count).Select(r =>
        {
            var salt = seed + ((ulong)(r + 1) << 40);
            int[] order = [.. Enumerable.Range(0, dimension).OrderBy(i => Orthonormal.Mixed(salt + (ulong)i))];
            return (order, Sizes().Select((size, b) => Orthonormal.Rows(size, size, salt + 0x5bd1 + ((ulong)b << 20))).ToArray());
        })];
    }

    /// <summary>to = Qx.</summary>
    public void Apply(ReadOnlySpan<double> x, Span<double> to)
    {
        x.CopyTo(to);
        Span<double> from = stackalloc double[2 * Block];
        var last = new double[dimension];
        foreach (var (order, blocks) in rounds)
        {
            to.CopyTo(last);
            var begin = 0;
            foreach (var block in blocks)
            {
                var size = (int)Math.Sqrt(block.Length);
                for (var j = 0; j < size; j++)
                {
                    from[j] = last[order[begin + j]];
                }

                for (var i = 0; i < size; i++)
                {
                    to[begin + i] = Orthonormal.Dot(block.AsSpan(i * size, size), from[..size]);
                }

                begin += size;
            }
        }
    }

    // What is left over is part of the last block.
    private IEnumerable<int> Sizes()
    {
        var blocks = Math.Max(1, dimension / Block);
        return Enumerable.Range(0, blocks).Select(b => b < blocks - 1 ? Block : dimension - (Block * (blocks - 1)));
    }
}
