namespace LandscapeGpu.Surveys;

/// <summary>Goes down along a crease, or along the edge of a jump: steps along what is left of the slope, each followed by a search across that brings it back to the bottom.</summary>
/// <remarks>
/// At the bottom of √|l(x)| the slopes across are as long as one looks near, and a way that leaves the crease by a rounding rises before it falls. Gradients on both sides are ±Gn + s: their
/// differences show the normals n, the shortest vector of their hull is the slope s along the crease, and the sign of the slope along n tells on which side of the crease a place is. C. Lemaréchal,
/// F. Oustry, C. Sagastizábal: The U-Lagrangian of a convex function (Trans. AMS 352, 2000, 711) calls these subspaces V and U. All is in units of the scale.
/// </remarks>
/// <param name="values">The landscape.</param>
/// <param name="scale">The unit of each coordinate.</param>
internal sealed class CreaseWalk(MirroredValues values, double[] scale)
{
    // How far a first step goes, and how near one is none.
    private const double FirstStep = 1e-3;
    private const double NearestStep = 1e-12;
    private const double LongestStep = 0.25;

    // A part of the differences that is this much shorter than the longest is no crease's, but curvature or rounding.
    private const double Nothing = 1e-3;

    // A slope known to no digits: the shortest vector of a hull is a sum of vectors as long as the longest.
    private const double Rounded = Stationarity.SumOfRoundings;

    // Of what the slope promises, a step along a crease comes to this, or it went elsewhere.
    private const double Promised = 0.25;

    // As many places are looked at side by side, each search: 17¹⁴ is more than there are roundings in a step.
    private const int Places = 16;
    private const int MostSections = 14;

    // From where on a crease that bends may be met across it, in steps along it, each so many times as far.
    private const double Nearest = 1e-9;
    private const double Farther = 4;

    // A change of f that is so many times what the slope makes it is a jump.
    private const double Jump = 100;

    // How far beside a point its edge is looked for, and how many times as far ahead: edges that are more slanting are none.
    private const double Lookout = 1e-6;
    private const double Back = 4;

    // A hundred times as near, slopes beside |x|^0.99 are a twentieth longer.
    private const double Steeper = 1.02;

    // Creases that cross are met one after the other; where more do, other steps go on.
    private const int MostRounds = 3;

    // Of creases that meet at a corner so many are tried, where they differ by a thousandth of a right angle; and so many corners are passed.
    private const int MostNormals = 4;
    private const double Parallel = 1e-6;
    private const int MostCorners = 8;

    // Where it is looked whether f falls, the nearest first.
    private static readonly double[] Lengths = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2];

    private readonly int d = scale.Length;
    private readonly double[] basis = Orthonormal.Rows(scale.Length, scale.Length, 5);

    private int MostSteps => 40 + (10 * d);

    /// <summary>Goes down along the crease that a point is on, in place; whether f is lower there by more than its rounding.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="f">f there.</param>
    /// <param name="rounding">What is no fall yet.</param>
    /// <param name="last">No step begins after so many evaluations.</param>
    public bool TryDown(double[] point, ref double f, double rounding, long last)
    {
        var from = f;
        if (d == 1)
        {
            return false;
        }

        for (var corner = 0; corner < MostCorners && values.Evaluations < last; corner++)
        {
            Follow((at, _) => HasTwoSides(at) ? CreaseAt(at) : null, point, ref f, rounding, last);
            Follow(EdgeAt, point, ref f, rounding, last);
            if (!IsSteep(point) || AroundCorner(point, f, rounding) is not var (there, low))
            {
                break;
            }

            there.CopyTo(point, 0);
            f = low;
        }

        return f < from - rounding;
    }

    /// <summary>Whether f falls along the crease that a point is on, about as much as the slope along it promises, or along one of those that meet there.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="f">f there.</param>
    /// <param name="rounding">What is no fall yet.</param>
    public bool Falls(double[] point, double f, double rounding)
    {
        if (d == 1)
        {
            return false;
        }

        var isOnCrease = HasTwoSides(point);
        return FallsAlong(isOnCrease ? CreaseAt(point) : null) || FallsAlong(EdgeAt(point, f)) || (isOnCrease && IsSteep(point) && AroundCorner(point, f, rounding) is not null);

        bool FallsAlong(Crease? crease) => crease is not null && Lengths.Any(length => Along(point, crease, length).Value is var low && low < f - rounding && low < f - (Promised * crease.Slope * length));
    }

    /// <summary>Steps along a crease until its bottom or its end.</summary>
    private void Follow(Func<double[], double, Crease?> wayAt, double[] point, ref double f, double rounding, long last)
    {
        var (crease, length) = (wayAt(point, f), FirstStep);
        for (var step = 0; crease is not null && step < MostSteps && length > NearestStep && values.Evaluations < last; step++)
        {
            var (there, low) = Along(point, crease, length);
            var isThere = low <= f + rounding && KinkSearch.Apart(there, point, scale) is var moved && moved > Promised * length && moved < length / Promised;
            var next = isThere ? wayAt(there, low) : null;
            // A value that rounding hides is judged by the slope: it has to be shorter.
            if (!isThere || !(low < f - rounding || next is null || next.Slope < 0.5 * crease.Slope))
            {
                length *= 0.25;
                continue;
            }

            there.CopyTo(point, 0);
            f = low;
            // As long as the slope along the way has changed by, the next step is that of its zero.
            var bent = next is null ? 0 : crease.Slope + Inner.Product(next.Vector, crease.Down);
            length = Math.Min(LongestStep, bent > 0 ? Math.Min(4 * length, length * next!.Slope / bent) : 4 * length);
            crease = next;
        }
    }

    /// <summary>Takes a point to the corner beside it where creases and jumps meet, in place: across each of them, along the others and along the axes, which keep digits of the other coordinates.</summary>
    public void Settle(double[] point, ref double f)
    {
        var axes = Enumerable.Range(0, d).Select(i => Enumerable.Range(0, d).Select(k => k == i ? 1.0 : 0).ToArray());
        foreach (var way in (IsSteep(point) ? Corners(point).Select(c => c.Along) : []).Concat(axes))
        {
            var (there, low) = Across(point, way, FirstStep, isEdge: true);
            if (low < f)
            {
                there.CopyTo(point, 0);
                f = low;
            }
        }
    }

    /// <summary>Where creases meet, the place on one of them where f is lower; null where there is none.</summary>
    private (double[] Point, double Value)? AroundCorner(double[] point, double f, double rounding)
    {
        foreach (var (normal, along) in Corners(point))
        {
            foreach (var sign in (int[])[-1, 1])
            {
                var crease = new Crease([normal], [.. along.Select(e => sign * e)], 1);
                foreach (var length in Lengths)
                {
                    var (there, low) = Along(point, crease, length);
                    if (!(low <= f + rounding))
                    {
                        break;
                    }

                    if (low < f - rounding && KinkSearch.Apart(there, point, scale) is var moved && moved > Promised * length && moved < length / Promised)
                    {
                        return (there, low);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Of the creases that meet at a point or near it, the normal of each and the ways along it that cross another.</summary>
    private IEnumerable<(double[] Normal, double[] Along)> Corners(double[] point)
    {
        // Along a crease a corner is met as near as the value shows it.
        double[][] rows = [.. SlopesAround(point), .. SlopesAround(point, Lengths[0])];
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

    /// <summary>Whether slopes are longer the nearer one looks, as beside a cusp: kinks that are none are met by other steps.</summary>
    public bool IsSteep(double[] point)
    {
        var (near, far) = (SlopesAround(point), SlopesAround(point, Lengths[0]));
        return d > 1 && near.Length > 0 && far.Length > 0 && near.Max(r => Inner.Norm(r)) > Steeper * far.Max(r => Inner.Norm(r)) && HasTwoSides(point);
    }

    /// <summary>Whether slopes nearby point against each other.</summary>
    private bool HasTwoSides(double[] point)
    {
        var rows = SlopesAround(point);
        return rows.Any(row => Inner.Product(row, rows[0]) < 0);
    }

    private double[][] SlopesAround(double[] point, double radius = KinkKinds.Nearby)
    {
        var slopes = new double[2 * d * d];
        values.Around(point, basis, radius, scale, slopes);
        return [.. slopes.Chunk(d).Select(row => row.Select((g, i) => g * scale[i]).ToArray()).Where(row => row.All(g => double.IsFinite(g * g)))];
    }

    /// <summary>The edge of a jump straight ahead: f falls towards it, and beyond it is higher. Null where there is none, or no slope along it.</summary>
    private Crease? EdgeAt(double[] point, double f)
    {
        var gradient = Gradient(point);
        var steep = Inner.Norm(gradient);
        if (!(steep > 0) || !double.IsFinite(steep))
        {
            return null;
        }

        double[] ahead = [.. gradient.Select(g => -g / steep)];
        if (!(Look(point, ahead, [KinkKinds.Nearby]).Values[0] > f + (Jump * ((steep * KinkKinds.Nearby) + (Stationarity.SumOfRoundings * Math.Abs(f))))))
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
                var beside = Moved(point, side, ((2 * k) - 1) * Lookout);
                var (there, low) = Across(Moved(values.IsInside(beside) ? beside : point, ahead, -Back * Lookout), ahead, 3 * Back * Lookout, isEdge: true);
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

    /// <summary>The crease at a point: the directions across it, and the slope along it; null where gradients nearby show none, or no slope.</summary>
    private Crease? CreaseAt(double[] point)
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
        return normals.Length <= MostRounds && length > Rounded * longest ? new(normals, shortest, length) : null;
    }

    /// <summary>The place on a crease so far along it, and f there.</summary>
    private (double[] Point, double Value) Along(double[] point, Crease crease, double length)
    {
        var there = Moved(point, crease.Down, length);
        if (crease.IsEdge)
        {
            return Across(Moved(there, crease.Normals[0], -length / Back), crease.Normals[0], length, isEdge: true);
        }

        var f = double.NaN;
        for (var round = 0; round < Math.Min(crease.Normals.Length, MostRounds); round++)
        {
            foreach (var normal in crease.Normals)
            {
                (there, f) = Across(there, normal, length);
            }
        }

        return (there, f);
    }

    /// <summary>The bottom of the valley that a place lies beside, along a normal: where the slope along it changes its sign, or f jumps.</summary>
    private (double[] Point, double Value) Across(double[] place, double[] normal, double reach, bool isEdge = false)
    {
        var (found, side) = Look(place, normal, [0]);
        if (!(Math.Abs(side[0]) > 0))
        {
            return (place, found[0]);
        }

        var way = -Math.Sign(side[0]);
        double[] shares = [.. Enumerable.Range(0, Places).Select(k => way * reach * Nearest * Math.Pow(Farther, k))];
        var (best, low) = (0.0, found[0]);
        var (inner, outer, before) = (0.0, double.NaN, found[0]);
        for (var section = 0; section < MostSections; section++)
        {
            (found, side) = Look(place, normal, shares);
            var turn = Enumerable.Range(0, shares.Length).FirstOrDefault(k => !(side[k] * way < 0) || (isEdge && found[k] > (k == 0 ? before : found[k - 1])), -1);
            for (var k = 0; k < shares.Length; k++)
            {
                (best, low) = found[k] < low && (turn < 0 || k <= turn) ? (shares[k], found[k]) : (best, low);
            }

            if (turn < 0 && double.IsNaN(outer))
            {
                break;
            }

            before = turn == 0 ? before : found[turn < 0 ? ^1 : turn - 1];
            (inner, outer) = (turn <= 0 ? (turn < 0 ? shares[^1] : inner) : shares[turn - 1], turn < 0 ? outer : shares[turn]);
            var width = (outer - inner) / (Places + 1);
            if (Math.Abs(width) <= double.Epsilon || Moved(place, normal, inner + width).AsSpan().SequenceEqual(Moved(place, normal, inner)))
            {
                break;
            }

            shares = [.. Enumerable.Range(1, Places).Select(k => inner + (k * width))];
        }

        return (Moved(place, normal, best), low);
    }

    /// <summary>f and the slope along a direction, at shares of it from a place; across another cusp that a place is on there may be none.</summary>
    private (double[] Values, double[] Slopes) Look(double[] place, double[] direction, double[] shares)
    {
        var (points, found, gradients) = (new double[shares.Length * d], new double[shares.Length], new double[shares.Length * d]);
        for (var k = 0; k < shares.Length; k++)
        {
            Moved(place, direction, shares[k]).CopyTo(points, k * d);
        }

        values.At(points, found, gradients);
        return (found, [.. Enumerable.Range(0, shares.Length).Select(k => Enumerable.Range(0, d).Where(i => direction[i] != 0).Sum(i => gradients[(k * d) + i] * scale[i] * direction[i]))]);
    }

    private double[] Moved(double[] point, double[] direction, double length) => [.. point.Select((x, i) => x + (length * scale[i] * direction[i]))];

    /// <param name="Normals">Across it, the steepest first.</param>
    /// <param name="Vector">The slope along it.</param>
    /// <param name="Slope">Its length.</param>
    private sealed record Crease(double[][] Normals, double[] Vector, double Slope)
    {
        /// <summary>f jumps there.</summary>
        public bool IsEdge { get; init; }

        public double[] Down => [.. Vector.Select(e => -e / Slope)];
    }
}
