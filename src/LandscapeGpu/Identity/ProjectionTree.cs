using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LandscapeGpu.Identity;

/// <summary>
/// Told of two points whose projections lie within reach; answers the squared reach to search with from here on (the
/// one given, or a smaller one).
/// </summary>
internal delegate double NearbyVisitor(int first, int second, double squaredReach);

/// <summary>A k-d tree over projected points that lists all pairs within a distance.</summary>
/// <remarks>
/// Balanced, with implicit nodes: node i of level l covers points [i·n/2^l, (i+1)·n/2^l) in tree order, split at the
/// median of its widest side. The search goes leaf against tree (Gray and Moore, "N-body problems in statistical
/// learning", NIPS 2000), each pair once, in blocks of leaves of a fixed length, so that what is found does not depend on
/// the number of threads.
/// </remarks>
internal sealed class ProjectionTree
{
    private const int LeafSize = 16;
    private const int LeavesPerBlock = 64;

    private readonly int levels;
    private readonly int[] order;
    private readonly Projected[] points;
    private readonly Box[] boxes;
    private readonly int[]? labels;
    private readonly ParallelOptions parallel;

    /// <summary>Builds the tree; where <paramref name="groupOf"/> is given, pairs within one group may be left out.</summary>
    public ProjectionTree(Projected[] items, ParallelOptions parallel, int[]? groupOf = null)
    {
        this.parallel = parallel;
        while (items.Length >> levels > LeafSize)
        {
            levels++;
        }

        order = new int[items.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        boxes = new Box[2 << levels];
        Build(items, new double[items.Length], level: 0, index: 0);
        points = new Projected[items.Length];
        Parallel.For(0, LeafCount, parallel, leaf =>
        {
            for (var i = Start(levels, leaf); i < Start(levels, leaf + 1); i++)
            {
                points[i] = items[order[i]];
            }
        });
        labels = groupOf is null ? null : LabelNodes(groupOf);
    }

    private int LeafCount => 1 << levels;

    /// <summary>
    /// How many leaves one leaf may be compared with. Up to 100,000 points that is all of them; beyond, it bounds the
    /// whole search by about 10^10 comparisons.
    /// </summary>
    private int MostVisits => Math.Max(256, 40_000_000 / LeafCount);

    /// <summary>Visits every pair of points whose projections are within <paramref name="reach"/> of each other, but for those of neighbourhoods that are too crowded to see them all.</summary>
    public void VisitPairs(double reach, NearbyVisitor visit) => Search(reach * reach, visit, acrossLeaves: true);

    /// <summary>The smallest squared distance between two points, whose true distance <paramref name="squaredDistance"/> gives.</summary>
    /// <remarks>Where neighbourhoods are too crowded it is an upper bound.</remarks>
    public double ClosestPair(Func<int, int, double> squaredDistance)
    {
        NearbyVisitor nearer = (a, b, reach) => Math.Min(reach, squaredDistance(a, b));
        return Search(Search(double.MaxValue, nearer, acrossLeaves: false), nearer, acrossLeaves: true);
    }

    private double Search(double squaredReach, NearbyVisitor visit, bool acrossLeaves)
    {
        var blocks = (LeafCount + LeavesPerBlock - 1) / LeavesPerBlock;
        var reached = new double[blocks];
        Parallel.For(0, blocks, parallel, block =>
        {
            var reach = squaredReach;
            var end = Math.Min(LeafCount, (block + 1) * LeavesPerBlock);
            for (var leaf = block * LeavesPerBlock; leaf < end; leaf++)
            {
                reach = acrossLeaves ? CompareWithTree(leaf, reach, visit) : CompareLeaves(leaf, leaf, reach, visit);
            }

            reached[block] = reach;
        });
        return reached.Min();
    }

    /// <summary>Compares one leaf with itself and all later leaves that come within reach of it.</summary>
    private double CompareWithTree(int leaf, double reach, NearbyVisitor visit)
    {
        Span<int> pending = stackalloc int[2 * levels + 2];
        int depth = 0, visits = 0, node = LeafCount + leaf;
        var own = boxes[node];
        var ownLabel = labels is null ? -1 : labels[node];
        pending[depth++] = 1;
        while (depth > 0)
        {
            node = pending[--depth];
            int level = int.Log2(node), below = levels - level;
            var last = ((node - (1 << level) + 1) << below) - 1;
            if (last < leaf || own.SquaredGapTo(boxes[node]) > reach)
            {
                continue;
            }

            if (ownLabel >= 0 && labels![node] == ownLabel)
            {
                continue;
            }

            if (below > 0)
            {
                pending[depth++] = 2 * node + 1;
                pending[depth++] = 2 * node;
                continue;
            }

            if (++visits > MostVisits)
            {
                return reach;
            }

            reach = CompareLeaves(leaf, last, reach, visit);
        }

        return reach;
    }

    private double CompareLeaves(int leaf, int other, double reach, NearbyVisitor visit)
    {
        int start = Start(levels, other), end = Start(levels, other + 1);
        var box = boxes[LeafCount + other];
        for (var i = Start(levels, leaf); i < Start(levels, leaf + 1); i++)
        {
            var point = points[i];
            if (new Box(point, point).SquaredGapTo(box) > reach)
            {
                continue;
            }

            for (var j = leaf == other ? i + 1 : start; j < end; j++)
            {
                if (point.SquaredDistanceTo(points[j]) <= reach)
                {
                    reach = visit(order[i], order[j], reach);
                }
            }
        }

        return reach;
    }

    private int Start(int level, int index) => (int)(((long)index * order.Length) >> level);

    private void Build(Projected[] items, double[] keys, int level, int index)
    {
        int start = Start(level, index), end = Start(level, index + 1);
        var box = Box.Around(items, order.AsSpan(start, end - start));
        boxes[(1 << level) + index] = box;
        if (level == levels)
        {
            return;
        }

        var side = box.WidestSide();
        for (var i = start; i < end; i++)
        {
            keys[i] = items[order[i]][side];
        }

        var middle = Start(level + 1, 2 * index + 1);
        Selection.Partition(keys.AsSpan(start, end - start), order.AsSpan(start, end - start), middle - start);
        if (end - start > 1 << 14)
        {
            Parallel.Invoke(parallel,
                () => Build(items, keys, level + 1, 2 * index),
                () => Build(items, keys, level + 1, 2 * index + 1));
            return;
        }

        Build(items, keys, level + 1, 2 * index);
        Build(items, keys, level + 1, 2 * index + 1);
    }

    /// <summary>For every node the group that all its points belong to, or −1.</summary>
    private int[] LabelNodes(int[] groupOf)
    {
        var label = new int[boxes.Length];
        for (var leaf = 0; leaf < LeafCount; leaf++)
        {
            int start = Start(levels, leaf), group = groupOf[order[start]];
            for (var i = start; i < Start(levels, leaf + 1); i++)
            {
                if (groupOf[order[i]] != group)
                {
                    group = -1;
                }
            }

            label[LeafCount + leaf] = group;
        }

        for (var node = LeafCount - 1; node > 0; node--)
        {
            label[node] = label[2 * node] == label[2 * node + 1] ? label[2 * node] : -1;
        }

        return label;
    }

    /// <summary>An axis-parallel box in projected space.</summary>
    private readonly record struct Box(Projected Lower, Projected Upper)
    {
        public static Box Around(Projected[] items, ReadOnlySpan<int> members)
        {
            var first = items[members[0]];
            Vector256<double> low = first.Low, high = first.High, lowTop = low, highTop = high;
            foreach (var i in members)
            {
                ref var item = ref items[i];
                low = Vector256.MinNative(low, item.Low);
                high = Vector256.MinNative(high, item.High);
                lowTop = Vector256.MaxNative(lowTop, item.Low);
                highTop = Vector256.MaxNative(highTop, item.High);
            }

            return new Box(new Projected(low, high), new Projected(lowTop, highTop));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double SquaredGapTo(Box other)
        {
            var low = Gap(Lower.Low, Upper.Low, other.Lower.Low, other.Upper.Low);
            var high = Gap(Lower.High, Upper.High, other.Lower.High, other.Upper.High);
            return Vector256.Sum(low * low + high * high);
        }

        public int WidestSide()
        {
            var width = new Projected(Upper.Low - Lower.Low, Upper.High - Lower.High);
            var widest = 0;
            for (var side = 1; side < Projection.Width; side++)
            {
                if (width[side] > width[widest])
                {
                    widest = side;
                }
            }

            return widest;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<double> Gap(
            Vector256<double> lower, Vector256<double> upper, Vector256<double> otherLower, Vector256<double> otherUpper) =>
            Vector256.MaxNative(Vector256<double>.Zero, Vector256.MaxNative(otherLower - upper, lower - otherUpper));
    }
}
