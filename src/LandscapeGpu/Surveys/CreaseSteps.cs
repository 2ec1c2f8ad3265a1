namespace LandscapeGpu.Surveys;

/// <summary>Steps along a crease or an edge, each brought back to its bottom by a search across.</summary>
/// <param name="values">The landscape.</param>
/// <param name="scale">The unit of each coordinate.</param>
internal sealed class CreaseSteps(MirroredValues values, double[] scale)
{
    // As many places are looked at side by side, each search: 17¹⁴ is more than there are roundings in a step.
    private const int Places = 16;
    private const int MostSections = 14;

    // From where on a crease that bends may be met across it, in steps along it, each so many times as far.
    private const double Nearest = 1e-9;
    private const double Farther = 4;

    private readonly int d = scale.Length;

    /// <summary>The place on a crease so far along it, and f there.</summary>
    public (double[] Point, double Value) Along(double[] point, Crease crease, double length)
    {
        var there = Moved(point, crease.Down, length);
        if (crease.IsEdge)
        {
            return Across(Moved(there, crease.Normals[0], -length / CreaseShape.Back), crease.Normals[0], length, isEdge: true);
        }

        var f = double.NaN;
        for (var round = 0; round < Math.Min(crease.Normals.Length, Crease.MostRounds); round++)
        {
            foreach (var normal in crease.Normals)
            {
                (there, f) = Across(there, normal, length);
            }
        }

        return (there, f);
    }

    /// <summary>The nearest of some places along a crease where f is lower, with no rise at those before it; null where there is none.</summary>
    public (double[] Point, double Value)? LowerAlong(double[] point, double f, double rounding, Crease crease, IEnumerable<double> lengths)
    {
        foreach (var length in lengths)
        {
            var (there, low) = Along(point, crease, length);
            if (!(low <= f + rounding))
            {
                return null;
            }

            if (low < f - rounding && KinkSearch.Apart(there, point, scale) is var moved && moved > CreaseWalk.Promised * length && moved < length / CreaseWalk.Promised)
            {
                return (there, low);
            }
        }

        return null;
    }

    /// <summary>The bottom of the valley that a place lies beside, along a normal: where the slope along it changes its sign, or f jumps.</summary>
    public (double[] Point, double Value) Across(double[] place, double[] normal, double reach, bool isEdge = false)
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
    public (double[] Values, double[] Slopes) Look(double[] place, double[] direction, double[] shares)
    {
        var (points, found, gradients) = (new double[shares.Length * d], new double[shares.Length], new double[shares.Length * d]);
        for (var k = 0; k < shares.Length; k++)
        {
            Moved(place, direction, shares[k]).CopyTo(points, k * d);
        }

        values.At(points, found, gradients);
        return (found, [.. Enumerable.Range(0, shares.Length).Select(k => Enumerable.Range(0, d).Where(i => direction[i] != 0).Sum(i => gradients[(k * d) + i] * scale[i] * direction[i]))]);
    }

    /// <summary>The place so far along a direction.</summary>
    public double[] Moved(double[] point, double[] direction, double length) => [.. point.Select((x, i) => x + (length * scale[i] * direction[i]))];
}
