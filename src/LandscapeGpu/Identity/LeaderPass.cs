using System.Numerics;
using System.Runtime.Intrinsics;

namespace LandscapeGpu.Identity;

/// <summary>
/// The one pass that sees every point: each point either follows a leader within the tolerance or becomes a leader
/// itself. A million endpoints of two thousand minima leave a few thousand leaders.
/// </summary>
/// <remarks>
/// Leaders are looked up by the cell of their projection, and a point follows one only after its true distance is known,
/// so that two points that share a cell, or even a hash, by accident are never taken for one. Which points lead depends
/// on the chunks, which have a fixed length, and not on the number of threads.
/// </remarks>
internal sealed class LeaderPass(int[] leaderOf, int[] leaders, Projected[] projections, double[] radii, double size)
{
    /// <summary>Coordinates whose squares would overflow cannot be compared.</summary>
    public const double LargestSize = 1e150;

    private const int ChunkLength = 1 << 17;

    /// <summary>Leaders tried in one cell before a point leads itself: keeps crowded cells from costing a square.</summary>
    private const int LongestChain = 16;

    /// <summary>Five directions and cells four tolerances wide: rarely an edge through a minimum, rarely two minima in a cell.</summary>
    private const double CellWidth = 4;

    /// <summary>The leader (an index into <see cref="Leaders"/>) that each point follows.</summary>
    public int[] LeaderOf => leaderOf;

    /// <summary>The points that lead.</summary>
    public int[] Leaders => leaders;

    /// <summary>The projection of each leader.</summary>
    public Projected[] Projections => projections;

    /// <summary>The largest distance between a leader and one of its followers.</summary>
    public double[] Radii => radii;

    /// <summary>The largest sum of absolute coordinates of a point.</summary>
    public double Size => size;

    public static LeaderPass Over(PointTable points, Projection projection, double tolerance, ParallelOptions parallel)
    {
        int count = points.Count, chunkCount = (count + ChunkLength - 1) / ChunkLength;
        var leaderOf = new int[count];
        var chunks = new Slice[chunkCount];
        Parallel.For(0, chunkCount, parallel, () => new CellTable(Math.Min(count, ChunkLength)), (c, _, table) =>
        {
            int start = c * ChunkLength, end = Math.Min(count, start + ChunkLength);
            chunks[c] = Slice.Read(points, projection, tolerance, start, leaderOf.AsSpan(start, end - start), table);
            return table;
        }, _ => { });

        foreach (var chunk in chunks)
        {
            if (chunk.Offending >= 0)
            {
                throw NotComparable(points, chunk.Offending);
            }
        }

        for (int c = 1, offset = chunks[0].Leaders.Count; c < chunkCount; offset += chunks[c++].Leaders.Count)
        {
            int start = c * ChunkLength, end = Math.Min(count, start + ChunkLength);
            for (var i = start; i < end; i++)
            {
                leaderOf[i] += offset;
            }
        }

        return new LeaderPass(
            leaderOf,
            Joined(chunks, chunk => chunk.Leaders),
            Joined(chunks, chunk => chunk.Projections),
            Joined(chunks, chunk => chunk.Radii),
            chunks.Max(chunk => chunk.Size));
    }

    private static T[] Joined<T>(Slice[] chunks, Func<Slice, List<T>> part)
    {
        var joined = new T[chunks.Sum(chunk => part(chunk).Count)];
        var offset = 0;
        foreach (var chunk in chunks)
        {
            part(chunk).CopyTo(joined, offset);
            offset += part(chunk).Count;
        }

        return joined;
    }

    private static ArgumentException NotComparable(PointTable points, int row)
    {
        var column = 0;
        while (column < points.Dimension - 1 && Math.Abs(points[row][column]) < LargestSize / points.Dimension)
        {
            column++;
        }

        return new ArgumentException(
            FormattableString.Invariant($"Point {row} has coordinate {column} = {points[row][column]}. Coordinates must be finite and smaller than ")
            + FormattableString.Invariant($"{LargestSize:g1} in sum: leave endpoints that diverged out before identifying minima."), nameof(points));
    }

    /// <summary>Open addressing from the hash of a cell to its leaders; 0 marks an empty slot.</summary>
    private sealed class CellTable
    {
        public CellTable(int points)
        {
            var length = 2 * (int)BitOperations.RoundUpToPowerOf2((uint)points);
            (Keys, Leaders, Mask) = (new ulong[length], new int[length], length - 1);
        }

        public ulong[] Keys { get; }
        public int[] Leaders { get; }
        public int Mask { get; }
    }

    private sealed class Slice
    {
        public List<int> Leaders { get; } = [];
        public List<Projected> Projections { get; } = [];
        public List<double> Radii { get; } = [];
        public double Size { get; private set; }
        public int Offending { get; private set; } = -1;

        public static Slice Read(PointTable points, Projection projection, double tolerance, int start, Span<int> leaderOf, CellTable table)
        {
            var chunk = new Slice();
            Array.Clear(table.Keys);
            double perCell = 1 / (CellWidth * tolerance), reach = tolerance * tolerance;
            for (var i = 0; i < leaderOf.Length; i++)
            {
                var point = points[start + i];
                var projected = projection.Apply(point, out var size);
                if (!(size < LargestSize))
                {
                    chunk.Offending = start + i;
                    return chunk;
                }

                chunk.Size = Math.Max(chunk.Size, size);
                leaderOf[i] = chunk.Follow(points, start + i, projected, CellOf(projected, perCell), reach, table);
            }

            return chunk;
        }

        private int Follow(PointTable points, int row, Projected projected, ulong cell, double reach, CellTable table)
        {
            int slot = (int)(cell >> 40) & table.Mask, chain = 0;
            for (; table.Keys[slot] != 0; slot = (slot + 1) & table.Mask)
            {
                if (table.Keys[slot] != cell)
                {
                    continue;
                }

                var leader = table.Leaders[slot];
                var squared = points.SquaredDistance(row, Leaders[leader]);
                if (squared <= reach)
                {
                    Radii[leader] = Math.Max(Radii[leader], Math.Sqrt(squared));
                    return leader;
                }

                if (++chain == LongestChain)
                {
                    return Lead(row, projected);
                }
            }

            table.Keys[slot] = cell;
            table.Leaders[slot] = Leaders.Count;
            return Lead(row, projected);
        }

        private int Lead(int row, Projected projected)
        {
            Leaders.Add(row);
            Projections.Add(projected);
            Radii.Add(0);
            return Leaders.Count - 1;
        }

        /// <summary>The hash, never 0, of the cell that holds a projection in its first five coordinates.</summary>
        private static ulong CellOf(Projected projected, double perCell)
        {
            // Off the lattice's own origin: a minimum at 0 would otherwise lie on the edge of 32 cells.
            var offset = Vector256.Create(0.381966, 0.618034, 0.236068, 0.854102);
            var low = Vector256.Floor(Vector256.MultiplyAddEstimate(projected.Low, Vector256.Create(perCell), offset)).AsUInt64();
            var fifth = BitConverter.DoubleToUInt64Bits(Math.Floor(projected.High.ToScalar() * perCell + 0.145898));
            var hash = low.GetElement(0);
            for (var k = 1; k < 4; k++)
            {
                hash = Mix(hash) ^ low.GetElement(k);
            }

            return Mix(Mix(hash) ^ fifth) | 1;
        }

        private static ulong Mix(ulong z)
        {
            z = (z ^ (z >> 29)) * 0xBF58476D1CE4E5B9;
            return (z ^ (z >> 32)) * 0x9E3779B97F4A7C15;
        }
    }
}
