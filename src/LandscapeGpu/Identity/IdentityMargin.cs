namespace LandscapeGpu.Identity;

/// <summary>How clearly endpoints fall into minima: whether the count would change with the tolerance.</summary>
/// <remarks>
/// Distances are those the identity compares: of points, of invariants or of fingerprints. A cluster lies within
/// <see cref="LargestRadius"/> of its first endpoint, and two clusters' first endpoints are <see cref="Separation"/>
/// apart, so every tolerance between <see cref="UnchangedFrom"/> and <see cref="UnchangedTo"/> gives the same clusters.
/// </remarks>
/// <param name="Tolerance">The tolerance that was used.</param>
/// <param name="LargestRadius">The largest distance of an endpoint from the first endpoint of its cluster.</param>
/// <param name="Separation">The smallest distance between the first endpoints of two clusters; infinite where there is one cluster.</param>
/// <param name="IsExact">
/// False where the first endpoints were too many and too crowded to compare them all, so that
/// <see cref="Separation"/> is an upper bound; always true up to 100,000 clusters.
/// </param>
internal sealed record IdentityMargin(double Tolerance, double LargestRadius, double Separation, bool IsExact)
{
    /// <summary>Twice the largest radius: from here on no cluster falls apart.</summary>
    public double UnchangedFrom => 2 * LargestRadius;

    /// <summary>The separation less two radii: below this no two clusters join.</summary>
    public double UnchangedTo => Separation - 2 * LargestRadius;

    /// <summary>
    /// The factor by which the tolerance can be divided or multiplied with the same clusters; the larger the clearer,
    /// and below 1 the count may be an artefact of the tolerance.
    /// </summary>
    public double Factor => Math.Max(0, Math.Min(Tolerance / UnchangedFrom, UnchangedTo / Tolerance));

    internal static IdentityMargin Of(PointTable rows, ClusterAssignment assignment, double tolerance, int threads)
    {
        double radius = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            radius = Math.Max(radius, rows.SquaredDistance(i, assignment.Representatives[assignment.Labels[i]]));
        }

        (var squared, var isExact) = (double.PositiveInfinity, true);
        if (assignment.Count > 1)
        {
            var projection = new Projection(rows.Dimension);
            int[] first = [.. assignment.Representatives];
            var projected = new Projected[first.Length];
            for (var c = 0; c < first.Length; c++)
            {
                projected[c] = projection.Apply(rows[first[c]], out _);
            }

            var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads };
            (squared, isExact) = new ProjectionTree(projected, parallel).ClosestPair((a, b) => rows.SquaredDistance(first[a], first[b]));
        }

        return new(tolerance, Math.Sqrt(radius), Math.Sqrt(squared), isExact);
    }
}
