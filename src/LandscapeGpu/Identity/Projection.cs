using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;


namespace LandscapeGpu.Identity;

/// <summary>The first eight coordinates of a point in a randomly rotated frame (all of them where d ≤ 8, then zeros).</summary>
internal readonly record struct Projected(Vector256<double> Low, Vector256<double> High)
{
    /// <summary>Coordinate <paramref name="side"/>, 0 … 7.</summary>
    public double this[int side] => side < 4 ? Low.GetElement(side) : High.GetElement(side - 4);

    /// <summary>Squared distance; never more than the squared distance of the points themselves, but for rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double SquaredDistanceTo(Projected other)
    {
        Vector256<double> low = Low - other.Low, high = High - other.High;
        return Vector256.Sum(low * low + high * high);
    }
}

/// <summary>Orthogonal projection of R^d onto at most eight random directions.</summary>
/// <remarks>
/// Eight numbers are one cache line, and enough to tell points apart in any dimension; since the directions are
/// orthonormal a projection never lengthens a distance, so searching by it overlooks no neighbour.
/// </remarks>
internal sealed class Projection
{
    /// <summary>Numbers per projected point.</summary>
    public const int Width = 8;

    private readonly double[] columns;
    private readonly int dimension;

    public Projection(int dimension)
    {
        this.dimension = dimension;
        var rank = Math.Min(Width, dimension);
        var rows = Orthonormal.Rows(rank, dimension, seed: 0x4C616E64);
        columns = new double[dimension * Width];
        for (var k = 0; k < rank; k++)
        {
            for (var j = 0; j < dimension; j++)
            {
                columns[j * Width + k] = rows[k * dimension + j];
            }
        }
    }

    /// <summary>A coordinate of a direction.</summary>
    public double Direction(int side, int coordinate) => columns[(coordinate * Width) + side];

    /// <summary>Projects one point; <paramref name="size"/> is the sum of its absolute coordinates, not finite where one of them is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Projected Apply(ReadOnlySpan<double> point, out double size)
    {
        ref var column = ref MemoryMarshal.GetArrayDataReference(columns);
        Vector256<double> low = Vector256<double>.Zero, high = Vector256<double>.Zero;
        double sum = 0;
        for (var j = 0; j < point.Length; j++)
        {
            var x = Vector256.Create(point[j]);
            sum += Math.Abs(point[j]);
            low = Vector256.MultiplyAddEstimate(x, Vector256.LoadUnsafe(ref column, (nuint)(j * Width)), low);
            high = Vector256.MultiplyAddEstimate(x, Vector256.LoadUnsafe(ref column, (nuint)(j * Width + 4)), high);
        }

        size = sum;
        return new Projected(low, high);
    }

    /// <summary>How much rounding can lengthen a projected distance between points of at most this size.</summary>
    public double Slack(double size) => 8 * dimension * Stationarity.UnitRoundoff * size;

    /// <summary>The squared Euclidean distance of two points; the same to the last bit when they are exchanged.</summary>
    public static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var first = ref MemoryMarshal.GetReference(a);
        ref var second = ref MemoryMarshal.GetReference(b);
        var sums = Vector256<double>.Zero;
        var j = 0;
        for (; j <= a.Length - 4; j += 4)
        {
            var difference = Vector256.LoadUnsafe(ref first, (nuint)j) - Vector256.LoadUnsafe(ref second, (nuint)j);
            sums += difference * difference;
        }

        var sum = Vector256.Sum(sums);
        for (; j < a.Length; j++)
        {
            var difference = a[j] - b[j];
            sum += difference * difference;
        }

        return sum;
    }
}
