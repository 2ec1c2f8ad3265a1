namespace LandscapeGpu.Objectives;

/// <summary>A face of a region as a landscape of its own: what bounds hold is left out, and points of a ball's surface are those of the unit sphere.</summary>
/// <param name="objective">The landscape there.</param>
/// <param name="free">Which coordinates remain.</param>
/// <param name="factor">R of x = c + Ry of each coordinate: 1 where a coordinate stays what it is, 0 where it is held.</param>
/// <param name="offset">c.</param>
/// <param name="spheres">Where unit spheres begin among the face's coordinates, and of how many each is.</param>
internal sealed class Face(Objective objective, IReadOnlyList<int> free, double[] factor, double[] offset, IReadOnlyList<(int First, int Count)> spheres)
{
    /// <summary>The landscape there.</summary>
    public Objective Objective { get; } = objective;

    /// <summary>Whether it lies on a ball's surface.</summary>
    public bool IsRound => spheres.Count > 0;

    /// <summary>How long the face's longest unit is in those of the region.</summary>
    public double Unit => factor.Max();

    /// <summary>A point of the region on the face, in the face's coordinates.</summary>
    public double[] From(double[] point)
    {
        double[] there = [.. free.Select(i => (point[i] - offset[i]) / factor[i])];
        foreach (var (first, count) in spheres)
        {
            var length = Math.Sqrt(there.Skip(first).Take(count).Sum(e => e * e));
            for (var i = first; i < first + count; i++)
            {
                there[i] /= length;
            }
        }

        return there;
    }
}
