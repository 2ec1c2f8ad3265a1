namespace LandscapeGpu.Compilation;

/// <summary>Numbers that a matrix program keeps: one for every value of some loops' indices, the last index running fastest.</summary>
/// <param name="loops">The indices, outermost first; none for what is not laid out by loops.</param>
/// <param name="length">How many numbers.</param>
internal sealed class Tensor(IReadOnlyList<Index> loops, long length)
{
    public IReadOnlyList<Index> Loops { get; } = loops;

    public long Length { get; } = length;

    /// <summary>The caller's own array or data; null for what the program makes.</summary>
    public ProgramArray? Given { get; init; }

    /// <summary>Whether it depends on what changes from one run to the next; what does not is made once.</summary>
    public bool Varies { get; init; }

    /// <summary>The outermost loop of the work that makes it, which runs in tiles; null where all is made at once.</summary>
    public Index? Root { get; set; }

    /// <summary>The stage that makes it.</summary>
    public int Level { get; set; }

    /// <summary>Whether it is whole only when that stage has ended.</summary>
    public bool IsCollected { get; set; }

    /// <summary>The number of the work that wrote it last.</summary>
    public int Position { get; set; } = -1;

    /// <summary>Whether only one tile of it is kept at a time.</summary>
    public bool IsLocal { get; set; }

    /// <summary>Where it begins in the program's own memory, in elements.</summary>
    public long Offset { get; set; }

    /// <summary>A tensor over loops, all of it.</summary>
    public static Tensor Over(IReadOnlyList<Index> loops, bool varies) => new(loops, loops.Aggregate(1L, (n, v) => n * Extent(v))) { Varies = varies };

    /// <summary>How often a loop runs.</summary>
    /// <exception cref="NoMatricesException">That differs from one iteration of another loop to the next.</exception>
    public static int Extent(Index loop) => loop.Extent.IsConstant ? loop.Count : throw new NoMatricesException();

    /// <summary>All of it, by its own loops.</summary>
    public View All()
    {
        var strides = new Dictionary<Index, long>();
        var stride = 1L;
        for (var k = Loops.Count - 1; k >= 0; k--)
        {
            strides.Add(Loops[k], stride);
            stride *= Extent(Loops[k]);
        }

        return new(this, 0, strides);
    }
}

/// <summary>Numbers of a tensor, by the indices of loops: at Start + Σ stride·index + Σ factor·moving.</summary>
/// <param name="Tensor">Whose numbers.</param>
/// <param name="Start">Where all indices are zero.</param>
/// <param name="Strides">How far apart neighbours lie; loops that are not named see the same number again and again.</param>
internal sealed record View(Tensor Tensor, long Start, IReadOnlyDictionary<Index, long> Strides)
{
    /// <summary>Whole numbers that are known only while it runs, and what they are multiplied with.</summary>
    public IReadOnlyList<(Index Index, long Factor)> Moving { get; init; } = [];

    /// <summary>Whether a tile of the loops may see more than the same tile of the tensor.</summary>
    public bool IsShifted { get; init; }

    public long Stride(Index loop) => Strides.GetValueOrDefault(loop);

    /// <summary>Whether the numbers lie one after the other in the order of these loops.</summary>
    public bool IsFlat(IReadOnlyList<Index> loops)
    {
        var stride = 1L;
        for (var k = loops.Count - 1; k >= 0; k--)
        {
            if (Stride(loops[k]) != stride)
            {
                return false;
            }

            stride *= Tensor.Extent(loops[k]);
        }

        return true;
    }

    /// <summary>Whether no two values of the indices are one place.</summary>
    public bool IsOneToOne
    {
        get
        {
            var reach = 0L;
            foreach (var (loop, stride) in Strides.Where(s => s.Value != 0).OrderBy(s => Math.Abs(s.Value)))
            {
                if (Math.Abs(stride) <= reach)
                {
                    return false;
                }

                reach += Math.Abs(stride) * (Tensor.Extent(loop) - 1);
            }

            return true;
        }
    }
}

/// <summary>A formula is not one that matrix programs can be made of: it runs as every other formula does.</summary>
/// <param name="reason">What is in the way, as a clause.</param>
internal sealed class NoMatricesException(string reason = "not all of it is sums over loops of one length, of numbers whose places follow from the loops' indices") : Exception(reason);
