namespace LandscapeGpu.Surveys;

/// <summary>Where creases, jumps and sides meet: the ways on from there, and the corner itself.</summary>
/// <param name="shape">What creases there are.</param>
/// <param name="steps">Steps along them.</param>
/// <param name="scale">The unit of each coordinate.</param>
internal sealed class CreaseCorners(CreaseShape shape, CreaseSteps steps, double[] scale)
{
    // Of creases that meet at a corner so many are tried, where they differ by a thousandth of a right angle.
    private const int MostNormals = 4;
    private const double Parallel = 1e-6;

    private readonly int d = scale.Length;

    /// <summary>Takes a point to the corner beside it where creases and jumps meet, in place: across each of them, along the others and along the axes, which keep digits of the other coordinates.</summary>
    public void Settle(double[] point, ref double f)
    {
        var axes = Enumerable.Range(0, d).Select(i => Enumerable.Range(0, d).Select(k => k == i ? 1.0 : 0).ToArray());
        foreach (var way in (shape.IsSteep(point) ? Corners(point).Select(c => c.Along) : []).Concat(axes))
        {
            var (there, low) = steps.Across(point, way, CreaseWalk.FirstStep, isEdge: true);
            if (low < f)
            {
                there.CopyTo(point, 0);
                f = low;
            }
        }
    }

    /// <summary>Where creases meet, the place on one of them where f is lower; null where there is none.</summary>
    public (double[] Point, double Value)? AroundCorner(double[] point, double f, double rounding)
    {
        foreach (var (normal, along) in Corners(point))
        {
            foreach (var sign in (int[])[-1, 1])
            {
                if (steps.LowerAlong(point, f, rounding, new([normal], [.. along.Select(e => sign * e)], 1), CreaseWalk.Lengths) is { } lower)
                {
                    return lower;
                }
            }
        }

        return null;
    }

    /// <summary>Of the creases that meet at a point or near it, the normal of each and the ways along it that cross another.</summary>
    private IEnumerable<(double[] Normal, double[] Along)> Corners(double[] point)
    {
        // Along a crease a corner is met as near as the value shows it.
        double[][] rows = [.. shape.SlopesAround(point), .. shape.SlopesAround(point, CreaseShape.Farther)];
        var normals = new List<double[]>();
        foreach (var row in rows.Where(r => Inner.Norm(r) > 0).OrderByDescending(r => Inner.Norm(r)))
        {
            double[] normal = [.. row.Select(e => e / Inner.Norm(row))];
            if (normals.Count < MostNormals && normals.All(n => 1 - Math.Abs(Inner.Product(n, normal)) > Parallel))
            {
                normals.Add(normal);
            }
        }

        foreach (var (normal, other) in normals.SelectMany(n => normals.Where(m => m != n).Select(m => (n, m))))
        {
            var along = (double[])other.Clone();
            Inner.Add(-Inner.Product(normal, other), normal, along);
            Inner.Scale(1 / Inner.Norm(along), along);
            yield return (normal, along);
        }
    }
}
