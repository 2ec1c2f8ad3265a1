namespace LandscapeGpu.Identity;

/// <summary>
/// Single linkage: the finest partition of n points in R^d in which two points closer than the tolerance always belong
/// together. Clusters are the connected components of the graph that links points at Euclidean distance ≤ tolerance.
/// </summary>
/// <remarks>
/// <para>
/// Where clusters are tighter than the tolerance and farther apart than it, which is what polished endpoints of distinct
/// minima are, the clusters are the minima. Where they are not, the result is still single linkage exactly, chains included.
/// </para>
/// <para>
/// Time is near-linear in n. One pass reduces the points to leaders (<see cref="LeaderPass"/>); a k-d tree over the
/// leaders links those within the tolerance; only where two unlinked leaders are so close that followers of theirs could
/// touch are the followers themselves searched. Every link is a true distance, so nothing is merged by the accident of a
/// grid, and nothing is split by the edge of one.
/// </para>
/// </remarks>
internal static class Clustering
{
    /// <summary>Clusters <paramref name="points"/> at a distance.</summary>
    /// <param name="points">n×d coordinates, row-major; finite.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="tolerance">The linking distance, > 0, in units of <paramref name="scale"/>.</param>
    /// <param name="threads">Threads to use; 0 is one per core. The result does not depend on it.</param>
    /// <param name="scale">The unit of each coordinate, d positive numbers; empty is 1 for all.</param>
    /// <exception cref="ArgumentException">A coordinate is not finite, or lengths do not match.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static ClusterAssignment Cluster(
        ReadOnlyMemory<double> points, int dimension, double tolerance, int threads = 0, ReadOnlySpan<double> scale = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (!(tolerance > 0 && double.IsFinite(tolerance)))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "A tolerance is a positive, finite distance.");
        }

        if (points.Length % dimension != 0)
        {
            throw new ArgumentException($"{points.Length} coordinates are not a whole number of points of dimension {dimension}.", nameof(points));
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads };
        if (points.IsEmpty)
        {
            return ClusterAssignment.FromRoots([], 0, isExact: true);
        }

        if (!scale.IsEmpty)
        {
            points = InUnitsOf(scale, points, dimension);
        }

        return SingleLinkage(new PointTable(points, dimension), tolerance, parallel);
    }

    /// <summary>Clusters single-precision points; distances are taken in double precision.</summary>
    /// <inheritdoc cref="Cluster(ReadOnlyMemory{double}, int, double, int, ReadOnlySpan{double})"/>
    public static ClusterAssignment Cluster(
        ReadOnlyMemory<float> points, int dimension, double tolerance, int threads = 0, ReadOnlySpan<double> scale = default)
    {
        var widened = new double[points.Length];
        var source = points.Span;
        for (var i = 0; i < widened.Length; i++)
        {
            widened[i] = source[i];
        }

        return Cluster(widened, dimension, tolerance, threads, scale);
    }

    internal static double[] InUnitsOf(ReadOnlySpan<double> scale, ReadOnlyMemory<double> points, int dimension)
    {
        if (scale.Length != dimension)
        {
            throw new ArgumentException($"There are {scale.Length} scales for {dimension} coordinates.", nameof(scale));
        }

        foreach (var unit in scale)
        {
            if (!(unit > 0 && double.IsFinite(unit)))
            {
                throw new ArgumentOutOfRangeException(nameof(scale), unit, "The unit of a coordinate is a positive, finite number.");
            }
        }

        var scaled = points.ToArray();
        for (var row = 0; row < scaled.Length; row += dimension)
        {
            for (var j = 0; j < dimension; j++)
            {
                scaled[row + j] /= scale[j];
            }
        }

        return scaled;
    }

    private static ClusterAssignment SingleLinkage(PointTable points, double tolerance, ParallelOptions parallel)
    {
        var projection = new Projection(points.Dimension);
        var pass = LeaderPass.Over(points, projection, tolerance, parallel);
        double slack = projection.Slack(pass.Size), reach = tolerance * tolerance;
        var leaders = pass.Leaders;
        var radii = pass.Radii;

        // Followers of two leaders can touch only where the leaders are closer than this.
        var farthest = tolerance + 2 * radii.Max() + slack;
        var sets = new DisjointSets(leaders.Length);
        var anyGap = false;
        var tree = new ProjectionTree(pass.Projections, parallel);
        var isExact = tree.VisitPairs(farthest, (a, b, unchanged) =>
        {
            var squared = points.SquaredDistance(leaders[a], leaders[b]);
            if (squared <= reach)
            {
                sets.Join(a, b);
            }
            else if (Math.Sqrt(squared) <= tolerance + radii[a] + radii[b] + slack)
            {
                Volatile.Write(ref anyGap, true);
            }

            return unchanged;
        });

        var groups = sets.Roots();
        if (anyGap)
        {
            isExact &= JoinFollowers(points, projection, pass, tolerance, sets, groups, parallel);
            groups = sets.Roots();
        }

        var roots = new int[points.Count];
        for (var i = 0; i < roots.Length; i++)
        {
            roots[i] = groups[pass.LeaderOf[i]];
        }

        return ClusterAssignment.FromRoots(roots, leaders.Length, isExact);
    }

    /// <summary>Links points of different groups that touch although their leaders do not.</summary>
    private static bool JoinFollowers(
        PointTable points, Projection projection, LeaderPass pass, double tolerance, DisjointSets sets, int[] groups, ParallelOptions parallel)
    {
        var leaders = pass.Leaders;
        var radii = pass.Radii;
        double slack = projection.Slack(pass.Size), reach = tolerance * tolerance;
        var contested = new bool[leaders.Length];
        var leaderTree = new ProjectionTree(pass.Projections, parallel, groups);
        var isExact = leaderTree.VisitPairs(tolerance + 2 * radii.Max() + slack, (a, b, unchanged) =>
        {
            if (groups[a] != groups[b]
                && Math.Sqrt(points.SquaredDistance(leaders[a], leaders[b])) <= tolerance + radii[a] + radii[b] + slack)
            {
                contested[a] = contested[b] = true;
            }

            return unchanged;
        });

        int[] members = [.. Enumerable.Range(0, points.Count).Where(i => contested[pass.LeaderOf[i]])];
        if (members.Length == 0)
        {
            return isExact;
        }

        var projections = new Projected[members.Length];
        var groupOf = new int[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            projections[i] = projection.Apply(points[members[i]], out _);
            groupOf[i] = groups[pass.LeaderOf[members[i]]];
        }

        var memberTree = new ProjectionTree(projections, parallel, groupOf);
        return isExact & memberTree.VisitPairs(tolerance + slack, (a, b, unchanged) =>
        {
            if (groupOf[a] != groupOf[b] && points.SquaredDistance(members[a], members[b]) <= reach)
            {
                sets.Join(groupOf[a], groupOf[b]);
            }

            return unchanged;
        });
    }
}
