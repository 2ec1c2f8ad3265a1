namespace LandscapeGpu.Surveys;

/// <summary>The shortest vector of the convex hull of gradients near a point.</summary>
/// <param name="Shortest">The vector, in units of the scale.</param>
/// <param name="Length">Its length; infinite where no gradient is finite.</param>
/// <param name="Longest">The length of the longest of the gradients.</param>
internal sealed record GradientHull(double[] Shortest, double Length, double Longest)
{
    /// <summary>The unit vector down it.</summary>
    public double[] Down => [.. Shortest.Select(e => -e / Length)];
}

/// <summary>Gradients near a point, where they may differ from side to side: those that a descent has met, and new ones.</summary>
/// <param name="values">The landscape.</param>
/// <param name="scale">The unit of each coordinate.</param>
internal sealed class NearbyGradients(MirroredValues values, double[] scale)
{
    private readonly int d = scale.Length;
    private readonly double[] seenPoints = new double[((4 * scale.Length) + 16) * scale.Length];
    private readonly double[] seenGradients = new double[((4 * scale.Length) + 16) * scale.Length];
    private int seen;

    private int Kept => seenPoints.Length / d;

    /// <summary>Begins anew.</summary>
    public void Forget() => seen = 0;

    /// <summary>Keeps the gradient at a point, in units of the scale; the earliest goes where there are too many.</summary>
    public void Note(double[] point, double[] gradient)
    {
        var k = seen % Kept;
        point.CopyTo(seenPoints, k * d);
        gradient.CopyTo(seenGradients, k * d);
        seen++;
    }

    /// <summary>The shortest vector of the hull of gradients near a point, of those met on the way and of new ones on both sides of it along random bases.</summary>
    /// <param name="point">The point.</param>
    /// <param name="radius">How near, in units of the scale.</param>
    /// <param name="seed">The first basis.</param>
    /// <param name="bases">How many.</param>
    public GradientHull Hull(double[] point, double radius, int seed, int bases = 1)
    {
        var slopes = new double[2 * d * d];
        var vectors = new List<double>();
        for (var k = 0; k < 2 * d * bases; k++)
        {
            if (k % (2 * d) == 0)
            {
                values.Around(point, Orthonormal.Rows(d, d, (ulong)(seed + (k / (2 * d)))), radius, scale, slopes);
            }

            Keep(slopes.AsSpan(k % (2 * d) * d, d), isScaled: false);
        }

        for (var k = 0; k < Math.Min(seen, Kept); k++)
        {
            if (KinkSearch.Apart(point, seenPoints.AsSpan(k * d, d), scale) <= 4 * radius)
            {
                Keep(seenGradients.AsSpan(k * d, d), isScaled: true);
            }
        }

        if (vectors.Count == 0)
        {
            return new(new double[d], double.PositiveInfinity, double.PositiveInfinity);
        }

        var shortest = new double[d];
        var longest = vectors.Chunk(d).Max(v => Math.Sqrt(v.Sum(e => e * e)));
        ConvexHull.Shortest(vectors.ToArray(), d, shortest);
        return new(shortest, Math.Sqrt(shortest.Sum(e => e * e)), longest);

        void Keep(ReadOnlySpan<double> slope, bool isScaled)
        {
            var first = vectors.Count;
            for (var i = 0; i < d; i++)
            {
                vectors.Add(isScaled ? slope[i] : scale[i] * slope[i]);
            }

            // The square of a slope beside a cusp has to be a number too.
            if (!vectors.Skip(first).All(v => double.IsFinite(v * v)))
            {
                vectors.RemoveRange(first, d);
            }
        }
    }
}
