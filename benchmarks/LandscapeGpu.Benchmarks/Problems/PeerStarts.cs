using LandscapeGpu.Starts;

namespace LandscapeGpu.Benchmarks.Problems;

/// <summary>The starts of the peers: the very same numbers, seed 1, made before anything is timed.</summary>
internal static class PeerStarts
{
    private const ulong Seed = 1;

    /// <summary>Uniform on [−half, half]ᵈ.</summary>
    public static GivenPoints Cube(int count, int dimension, double half) =>
        Each(count, dimension, n => ((PeerNumbers.Uniform(Seed, n) * 2) - 1) * half);

    /// <summary>Normal, each coordinate divided by the root of a number.</summary>
    public static GivenPoints Normal(int count, int dimension, double variance) =>
        Each(count, dimension, n => PeerNumbers.Normal(Seed, n) / Math.Sqrt(variance));

    /// <summary>Uniform on the unit sphere.</summary>
    public static GivenPoints Sphere(int count, int dimension)
    {
        var points = new double[count * dimension];
        for (var row = 0; row < points.Length; row += dimension)
        {
            var point = points.AsSpan(row, dimension);
            for (var k = 0; k < dimension; k++)
            {
                point[k] = PeerNumbers.Normal(Seed, (ulong)(row + k));
            }

            var norm = 0.0;
            foreach (var coordinate in point)
            {
                norm += coordinate * coordinate;
            }

            for (var k = 0; k < dimension; k++)
            {
                point[k] /= Math.Sqrt(norm);
            }
        }

        return new(points, dimension);
    }

    /// <summary>Atoms in distinct cells of a 3×3×3 unit grid, jittered by ±0.2: none overlap, so single precision never overflows.</summary>
    public static GivenPoints Grid(int count, int atoms)
    {
        const int Cells = 27;
        var points = new double[count * 3 * atoms];
        var hashes = new ulong[Cells];
        var cells = new int[Cells];
        for (var restart = 0; restart < count; restart++)
        {
            for (var c = 0; c < Cells; c++)
            {
                (hashes[c], cells[c]) = (PeerNumbers.Hash(Seed, (ulong)((restart * Cells) + c)), c);
            }

            Array.Sort(hashes, cells);
            for (var k = 0; k < 3 * atoms; k++)
            {
                var (cell, at) = (cells[k / 3], (restart * 3 * atoms) + k);
                var corner = (k % 3) switch { 0 => cell / 9, 1 => cell / 3 % 3, _ => cell % 3 };
                points[at] = corner - 1 + ((PeerNumbers.Uniform(Seed + 1000, (ulong)at) * 0.4) - 0.2);
            }
        }

        return new(points, 3 * atoms);
    }

    private static GivenPoints Each(int count, int dimension, Func<ulong, double> coordinate)
    {
        var points = new double[count * dimension];
        for (var k = 0; k < points.Length; k++)
        {
            points[k] = coordinate((ulong)k);
        }

        return new(points, dimension);
    }
}
