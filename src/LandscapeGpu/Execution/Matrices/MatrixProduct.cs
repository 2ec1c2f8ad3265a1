using System.Runtime.Intrinsics;

namespace LandscapeGpu.Execution;

/// <summary>C += A·B of matrices in memory, in tiles of registers.</summary>
/// <remarks>
/// Sixteen registers hold six rows by two vectors of columns: twelve sums, two vectors of B and one number of A; of thirty-two, up to four vectors, so that thirty-two
/// units are one tile. Each element of C is summed in the order of k, one fused multiply-add after another: the same bits for every width of vectors and every way to cut C into tiles.
/// K. Goto and R. A. van de Geijn (2008), Anatomy of high-performance matrix multiplication, ACM TOMS 34, 12.
/// </remarks>
internal sealed unsafe class MatrixProduct(bool isDouble, int bits)
{
    // What of B is read again for each group of rows stays in the nearest cache.
    private const int NearestCache = 24 * 1024;

    // As many sums as are under way at once where two multiply-adds begin in a cycle and take six: a tile that is one vector wide has no use for more rows.
    private const int MostRows = 12;
    private const int MostVectors = 4;

    private readonly long element = isDouble ? 8 : 4;
    private readonly int lanes = bits / 8 / (isDouble ? 8 : 4);
    private readonly int registers = Vector512.IsHardwareAccelerated ? 32 : 16;
    private readonly ProductTile.Code?[] tiles = new ProductTile.Code?[(MostRows + 1) * (MostVectors + 1)];

    /// <summary>The first column of a part, of as many equal ones as vectors allow.</summary>
    public long Column(long columns, int part, int parts) => part == parts ? columns : (columns + lanes - 1) / lanes * part / parts * lanes;

    /// <summary>A[i, k] at a + i·ai + k·ak, B[k, j] at b + k·bk + j, C[i, j] at c + i·ci + j; strides in elements.</summary>
    public void Add(long rows, long columns, long inner, byte* a, long ai, long ak, byte* b, long bk, byte* c, long ci)
    {
        var all = (columns + lanes - 1) / lanes;
        var vectors = (int)(registers == 16 ? Math.Min(all, 2) : all <= MostVectors ? all : 3);
        var most = Math.Min(MostRows, (registers - 1 - vectors) / vectors);
        // Groups of rows as even as can be: 32 = 11 + 11 + 10, not 12 + 12 + 8.
        var groups = (rows + most - 1) / most;
        var wide = (long)vectors * lanes;
        var panels = (columns + wide - 1) / wide;
        var isPanelKept = inner * wide * element <= NearestCache;
        for (long t = 0; t < groups * panels; t++)
        {
            var (group, panel) = isPanelKept ? (t % groups, t / groups) : (t / panels, t % panels);
            var (i, j) = (rows * group / groups, panel * wide);
            Tile((int)((rows * (group + 1) / groups) - i), Math.Min(wide, columns - j), inner, a + (element * i * ai), ai, ak, b + (element * j), bk, c + (element * ((i * ci) + j)), ci);
        }
    }

    private void Tile(int rows, long columns, long inner, byte* a, long ai, long ak, byte* b, long bk, byte* c, long ci)
    {
        var vectors = (int)((columns + lanes - 1) / lanes);
        var code = tiles[(rows * (MostVectors + 1)) + vectors] ??= ProductTile.Of(rows, vectors, bits, isDouble);
        if (columns == (long)vectors * lanes)
        {
            code(inner, a, element * ai, element * ak, b, element * bk, c, element * ci);
            return;
        }

        // The last columns, in a copy as wide as vectors; what lies behind B's rows is read, and not used.
        int width = vectors * lanes * (int)element, filled = (int)(columns * element);
        var edge = stackalloc byte[rows * width];
        for (var i = 0; i < rows; i++)
        {
            new Span<byte>(c + (element * i * ci), filled).CopyTo(new Span<byte>(edge + (i * width), filled));
        }

        code(inner, a, element * ai, element * ak, b, element * bk, edge, width);
        for (var i = 0; i < rows; i++)
        {
            new Span<byte>(edge + (i * width), filled).CopyTo(new Span<byte>(c + (element * i * ci), filled));
        }
    }
}
