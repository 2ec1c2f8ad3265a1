namespace LandscapeGpu.Surveys;

/// <summary>What crease, or edge of a jump, there is at a point, by slopes and values around it; in units of the scale.</summary>
/// <remarks>
/// Gradients on both sides of a crease are ±Gn + s: their differences show the normals n, the shortest vector of their hull is the slope s along it, and the sign of the slope along n tells on
/// which side of the crease a place is.
/// </remarks>
/// <param name="values">The landscape.</param>
/// <param name="scale">The unit of each coordinate.</param>
/// <param name="steps">Searches across.</param>
internal sealed class CreaseShape(MirroredValues values, double[] scale, CreaseSteps steps)
{
    // A part of the differences that is this much shorter than the longest is no crease's, but curvature or rounding.
    private const double Nothing = 1e-3;

    // A slope known to no digits: the shortest vector of a hull is a sum of vectors as long as the longest.
    private const double Rounded = Stationarity.SumOfRoundings;

    // A change of f that is so many times what the slope makes it is a jump.
    private const double Jump = 100;

    // How far beside a point its edge is looked for, and how many times as far ahead: edges that are more slanting are none.
    private const double Lookout = 1e-6;
    public const double Back = 4;

    // A hundred times as near, slopes beside |x|^0.99 are a twentieth longer.
    private const double Steeper = 1.02;

    /// <summary>How far off slopes are looked at the second time.</summary>
    public const double Farther = 1e-6;

    private readonly int d = scale.Length;
    private readonly double[] basis = Orthonormal.Rows(scale.Length, scale.Length, 5);

    /// <summary>The crease at a point: the directions across it, and the slope along it; null where gradients nearby show none, or no slope.</summary>
    public Crease? CreaseAt(double[] point)
    {
        var rows = SlopesAround(point);
        if (rows.Length < 2)
        {
            return null;
        }

        var shortest = new double[d];
        ConvexHull.Shortest(rows.SelectMany(r => r).ToArray(), d, shortest);
        var (longest, gram) = (rows.Max(r => Inner.Norm(r)), new double[d * d]);
        double[] mean = [.. Enumerable.Range(0, d).Select(i => rows.Average(r => r[i]))];
        foreach (var row in rows)
        {
            for (var e = 0; e < gram.Length; e++)
            {
                gram[e] += (row[e / d] - mean[e / d]) * (row[e % d] - mean[e % d]);
            }
        }

        var spectrum = SymmetricEigenvalues.Decompose(gram, d);
        var largest = spectrum.Values.Max();
        // Gradients that differ by less than half their digits are of one side.
        if (!(largest > Nothing * Nothing * longest * longest))
        {
            return null;
        }

        double[][] normals = [.. Enumerable.Range(0, d).Where(k => spectrum.Values[k] > Nothing * Nothing * largest).OrderByDescending(k => spectrum.Values[k]).Select(k => spectrum.Vector(k).ToArray())];
        foreach (var normal in normals)
        {
            Inner.Add(-Inner.Product(normal, shortest), normal, shortest);
        }

        var length = Inner.Norm(shortest);
        return normals.Length <= Crease.MostRounds && length > Rounded * longest ? new(normals, shortest, length) : null;
    }

    /// <summary>The edge of a jump straight ahead: f falls towards it, and beyond it is higher. Null where there is none, or no slope along it.</summary>
    public Crease? EdgeAt(double[] point, double f)
    {
        var gradient = Gradient(point);
        var steep = Inner.Norm(gradient);
        if (!(steep > 0) || !double.IsFinite(steep))
        {
            return null;
        }

        double[] ahead = [.. gradient.Select(g => -g / steep)];
        if (!(steps.Look(point, ahead, [KinkKinds.Nearby]).Values[0] > f + (Jump * ((steep * KinkKinds.Nearby) + (Stationarity.SumOfRoundings * Math.Abs(f))))))
        {
            return null;
        }

        // Where the edge is beside the point, one way and the other, shows how it runs.
        var normal = (double[])ahead.Clone();
        var tangents = new List<double[]>();
        foreach (var side in Beside(ahead))
        {
            var ends = new double[2][];
            for (var k = 0; k < 2; k++)
            {
                // Beyond a side of the region the edge comes back: there the point itself is one end.
                var beside = steps.Moved(point, side, ((2 * k) - 1) * Lookout);
                var (there, low) = steps.Across(steps.Moved(values.IsInside(beside) ? beside : point, ahead, -Back * Lookout), ahead, 3 * Back * Lookout, isEdge: true);
                if (!(Math.Abs(low - f) < 8 * Back * steep * Lookout))
                {
                    return null;
                }

                ends[k] = there;
            }

            // Neither way leads into the region.
            if (ends[0].AsSpan().SequenceEqual(ends[1]))
            {
                return null;
            }

            double[] tangent = [.. Enumerable.Range(0, d).Select(i => (ends[1][i] - ends[0][i]) / scale[i])];
            tangents.ForEach(t => Inner.Add(-Inner.Product(t, tangent), t, tangent));
            Inner.Scale(1 / Inner.Norm(tangent), tangent);
            tangents.Add(tangent);
            Inner.Add(-Inner.Product(tangent, normal), tangent, normal);
        }

        var across = Inner.Norm(normal);
        var along = new double[d];
        tangents.ForEach(t => Inner.Add(Inner.Product(t, gradient), t, along));
        var slope = Inner.Norm(along);
        if (!(across > 1.0 / (2 * Back)) || !(slope > Lookout * Nothing * steep))
        {
            return null;
        }

        Inner.Scale(1 / across, normal);
        return new([normal], along, slope) { IsEdge = true };
    }

    /// <summary>Whether slopes are longer the nearer one looks, as beside a cusp: kinks that are none are met by other steps.</summary>
    public bool IsSteep(double[] point)
    {
        var (near, far) = (SlopesAround(point), SlopesAround(point, Farther));
        return d > 1 && near.Length > 0 && far.Length > 0 && near.Max(r => Inner.Norm(r)) > Steeper * far.Max(r => Inner.Norm(r)) && HasTwoSides(point);
    }

    /// <summary>Whether slopes nearby point against each other.</summary>
    public bool HasTwoSides(double[] point)
    {
        var rows = SlopesAround(point);
        return rows.Any(row => Inner.Product(row, rows[0]) < 0);
    }

    /// <summary>Slopes around a point, where they are finite.</summary>
    public double[][] SlopesAround(double[] point, double radius = KinkKinds.Nearby)
    {
        var slopes = new double[2 * d * d];
        values.Around(point, basis, radius, scale, slopes);
        return [.. slopes.Chunk(d).Select(row => row.Select((g, i) => g * scale[i]).ToArray()).Where(row => row.All(g => double.IsFinite(g * g)))];
    }

    private double[] Gradient(double[] point)
    {
        var gradient = new double[d];
        values.At(point, new double[1], gradient);
        return [.. gradient.Select((g, i) => g * scale[i])];
    }

    /// <summary>Orthonormal directions at right angles to a unit vector.</summary>
    private List<double[]> Beside(double[] vector)
    {
        var found = new List<double[]>();
        foreach (var axis in Enumerable.Range(0, d).OrderBy(i => Math.Abs(vector[i])).Take(d - 1))
        {
            var side = new double[d];
            side[axis] = 1;
            found.Prepend(vector).ToList().ForEach(v => Inner.Add(-Inner.Product(v, side), v, side));
            Inner.Scale(1 / Inner.Norm(side), side);
            found.Add(side);
        }

        return found;
    }
}
