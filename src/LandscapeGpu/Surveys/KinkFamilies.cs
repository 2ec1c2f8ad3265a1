using LandscapeGpu.Valleys;
using End = LandscapeGpu.Surveys.KinkSearch.End;

namespace LandscapeGpu.Surveys;

/// <summary>Ends of descents that are one minimum: at one place, on level ground between them, or on a crease that is level and bends.</summary>
/// <param name="scale">The unit of each coordinate.</param>
/// <param name="values">The landscape.</param>
/// <param name="descend">Goes down from points, so many, and begins anew so often where steps end.</param>
internal sealed class KinkFamilies(double[] scale, MirroredValues values, Func<double[], int, int, PolishedSet> descend)
{
    // Golden section and its powers: no lattice has points at all of these shares.
    private static readonly double[] Shares = [0.05, 0.14589803375031546, 0.23606797749978969, 0.38196601125010515, 0.61803398874989485, 0.76393202250021031, 0.85410196624968454, 0.95];

    // Beside where a way begins: a well that is narrow beside the way ends there.
    private static readonly double[] Beside = [.. Enumerable.Range(3, 11).Reverse().Select(k => Math.ScaleB(1, -2 * k))];

    // Of families of one value so many of the nearest are asked for a straight way; to others crooked ones may lead.
    private const int MostTries = 3;

    // Chords of unit spheres, and of frames, are taken onto the surface: a point farther off than half the radius lies near none of the ways there are, and of antipodes all are brought to one or the other.
    private const double Farthest = 0.5;

    /// <summary>Ends that it carries to each other are of one minimum; null for none.</summary>
    public Symmetry? Symmetry { get; init; }

    /// <summary>The ends of each minimum, lowest first.</summary>
    public List<List<End>> Of(End[] ends, CancellationToken stop)
    {
        var families = new List<List<End>>();
        foreach (var end in ends.Where(e => double.IsFinite(e.Value)))
        {
            var near = families.ConvertAll(f => (Family: f, Nearest: Nearest(f, end)));
            var alike = near.Where(f => HaveOneValue(f.Family[0], end));
            var home = near.Where(f => f.Nearest.Apart <= KinkSearch.SamePlace).Select(f => f.Family).FirstOrDefault()
                ?? alike.OrderBy(f => f.Nearest.Apart).Take(MostTries).FirstOrDefault(f => IsLevel(values, f.Nearest.End, end)).Family
                ?? (Symmetry is null ? null : alike.FirstOrDefault(f => IsImage(f.Family[0], end)).Family);
            if (home is null)
            {
                families.Add(home = []);
            }

            home.Add(end);
        }

        families = values.HasEdges ? JoinedAlongEdges(families) : families;

        if (families.Count is <= 1 || scale.Length == 1 || stop.IsCancellationRequested)
        {
            return families;
        }

        // On a line there is no other way. On a crease that bends nothing between two ends is level but along the crease.
        var several = values.AreOnSurface ? families.GroupBy(f => families.Find(other => HaveOneValue(other[0], f[0]))).Where(g => g.Skip(1).Any()).Take(MostTries) : [];
        End[] shown = [.. families.Select(f => f[0]), .. several.SelectMany(g => Around(g.First()[0]))];
        double[][] points = [.. shown.Select(e => e.Point.Select((x, i) => x / scale[i]).ToArray())];
        var paths = new FlatPaths(scale.Length, (between, count) => InScale(ToLevel(families, [.. between.Select((x, e) => x * scale[e % scale.Length])], count)), stop) { Extent = 1 };
        var roots = new FlatComponents(points, [.. shown.Select(e => e.Value)], [.. shown.Select(e => e.Rounding)], paths, 1).Find();
        return [.. Enumerable.Range(0, families.Count).GroupBy(k => roots[k]).Select(g => g.SelectMany(k => families[k]).OrderBy(e => e.Value).ToList())];
    }

    /// <summary>Places as low as an end all round a surface: the way between antipodes leads by some of them, and no chord shows it.</summary>
    private IEnumerable<End> Around(End end)
    {
        var d = scale.Length;
        var basis = Orthonormal.Rows(d, d, 7);
        var found = descend([.. basis.Concat(basis.Select(e => -e)).Select((e, k) => scale[k % d] * e)], 2 * d, 1);
        return Enumerable.Range(0, 2 * d).Select(k => end with { Point = found.Points.AsSpan(k * d, d).ToArray(), Value = found.Values[k], Rounding = found.Roundings[k] }).Where(e => HaveOneValue(e, end));
    }

    /// <summary>Families that a level piece of an edge of the definition joins, where they are nearest to each other.</summary>
    private List<List<End>> JoinedAlongEdges(List<List<End>> families)
    {
        var joined = new List<List<End>>();
        foreach (var family in families)
        {
            List<End>[] level = [.. joined.Where(other => HaveOneValue(other[0], family[0]) && family.Select(end => (End: end, Nearest: Nearest(other, end))).MinBy(pair => pair.Nearest.Apart) is var near && IsLevel(values, near.End, near.Nearest.End))];
            joined.RemoveAll(level.Contains);
            joined.Add([.. level.Append(family).SelectMany(f => f).OrderBy(e => e.Value)]);
        }

        return joined;
    }

    /// <summary>Whether an image of one end is at the place of another, or on level ground with it.</summary>
    private bool IsImage(End a, End b) => Symmetry is not null && IsLevel(values, a, b with { Point = Symmetry.Aligned(a.Point, b.Point) });

    /// <summary>The end of a family that is nearest to another. At one place, as where a descent into a cusp has stopped early, how much lower the one is is what the value changes by over so little.</summary>
    private (End End, double Apart) Nearest(List<End> family, End end)
    {
        var nearest = (End: family[0], Apart: double.PositiveInfinity);
        foreach (var member in family)
        {
            var apart = KinkSearch.Apart(member.Point, end.Point, scale);
            nearest = apart < nearest.Apart ? (member, apart) : nearest;
        }

        return nearest;
    }

    /// <summary>Whether two ends have one value, as far as descents and rounding let it be told.</summary>
    public static bool HaveOneValue(End a, End b) => FlatPaths.AreEqual(a.Value, b.Value, a.Rounding + b.Rounding);

    /// <summary>Whether f falls all the way from one to the other.</summary>
    public static bool IsDownhill(MirroredValues values, End from, End to)
    {
        if (Between(values, from.Point, to.Point, [.. Beside, .. Shares]) is not { } between)
        {
            return false;
        }

        double[] path = [from.Value, .. between, to.Value];
        return path.Zip(path.Skip(1)).All(pair => pair.Second <= pair.First + (Stationarity.Margin * Stationarity.UnitRoundoff * Math.Abs(pair.First)));
    }

    /// <summary>Whether on the straight way from one to another f is lower than there, as values of different minima are, before it is higher.</summary>
    public static bool FallsAtOnce(MirroredValues values, End from, End to)
    {
        var rounding = from.Rounding + to.Rounding;
        return Between(values, from.Point, to.Point, [.. Beside, .. Shares, 1])?.TakeWhile(f => f <= from.Value + (Stationarity.Margin * rounding)).Any(f => !FlatPaths.AreEqual(f, from.Value, rounding)) == true;
    }

    /// <summary>Whether f falls, or stays the same, all the way from one to the other along an edge of the definition that both are on.</summary>
    public static bool IsDownhillAlongEdge(MirroredValues values, End from, End to)
    {
        var rounding = (Stationarity.Margin * Stationarity.UnitRoundoff * Math.Abs(from.Value)) + to.Rounding;
        return values.AlongEdge(from.Point, to.Point, Shares) is { } way && way.Prepend(from.Value).Zip(way).All(pair => pair.Second <= pair.First + rounding);
    }

    /// <summary>Whether on no straight piece of a way f falls again after it has risen, by more than so much.</summary>
    public static bool IsWithoutRidge(MirroredValues values, IReadOnlyList<double[]> way, double hidden)
    {
        for (var k = 1; k < way.Count; k++)
        {
            if (Between(values, way[k - 1], way[k], [0, .. Shares, 1]) is not { } piece || RidgeOf(piece) > hidden)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>By how much the highest of some values is above the lowest before and the lowest after it.</summary>
    private static double RidgeOf(double[] values)
    {
        var ridge = 0.0;
        for (var k = 0; k < values.Length; k++)
        {
            ridge = Math.Max(ridge, values[k] - Math.Max(values[..(k + 1)].Min(), values[k..].Min()));
        }

        return ridge;
    }

    /// <summary>Whether f is the same all the way between two ends, straight or along an edge of the definition that both are on.</summary>
    public static bool IsLevel(MirroredValues values, End a, End b) =>
        new[] { Between(values, a.Point, b.Point, Shares), values.AlongEdge(a.Point, b.Point, Shares) }.Any(way => way?.All(f => FlatPaths.AreEqual(f, Math.Max(a.Value, b.Value), a.Rounding + b.Rounding)) == true);

    /// <summary>Values along the way between two ends; null where no chord shows one, as between antipodes of a sphere.</summary>
    private static double[]? Between(MirroredValues values, double[] a, double[] b, double[] shares)
    {
        var d = a.Length;
        var (between, found) = (new double[shares.Length * d], new double[shares.Length]);
        for (var e = 0; e < between.Length; e++)
        {
            between[e] = a[e % d] + (shares[e / d] * (b[e % d] - a[e % d]));
        }

        for (var k = 0; k < shares.Length; k++)
        {
            var chord = between.AsSpan(k * d, d).ToArray();
            values.Inside(between.AsSpan(k * d, d));
            if (!(Projection.SquaredDistance(chord, between.AsSpan(k * d, d)) <= Farthest * Farthest))
            {
                return null;
            }
        }

        values.At(between, found);
        return found;
    }

    /// <summary>Down from points to where f is as low as in one of the families. Where a level crease bends within a wider one, steps end on that, beside it.</summary>
    private PolishedSet ToLevel(List<List<End>> families, double[] points, int count)
    {
        var set = descend(points, count, 1);
        int[] above = [.. Enumerable.Range(0, count).Where(k => set.Stationary[k] && !families.Any(f => FlatPaths.AreEqual(f[0].Value, set.Values[k], f[0].Rounding + set.Roundings[k])))];
        if (above.Length > 0)
        {
            var lower = descend([.. above.SelectMany(k => set.Points.AsSpan(k * set.Dimension, set.Dimension).ToArray())], above.Length, 2);
            for (var j = 0; j < above.Length; j++)
            {
                set.Take(above[j], lower, j);
            }
        }

        return set;
    }

    private PolishedSet InScale(PolishedSet set)
    {
        for (var e = 0; e < set.Points.Length; e++)
        {
            set.Points[e] /= scale[e % scale.Length];
        }

        return set;
    }
}
