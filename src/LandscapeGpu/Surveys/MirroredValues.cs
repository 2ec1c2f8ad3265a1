namespace LandscapeGpu.Surveys;

/// <summary>f with the sides of its region, and the edges of its definition, as mirrors: a point beyond one is that as far inside, so that a minimum which a side or an edge holds is one at a kink like any other.</summary>
/// <remarks>Of surfaces points are brought back to the nearest that they have.</remarks>
internal sealed class MirroredValues(Objective objective, int? bits) : IDisposable
{
    // So many edges are crossed one after the other, as at a corner.
    private const int MostCrossed = 4;

    // Where the mirrored point is no number yet, as beside an edge that bends or within its rounding, it is looked farther inside, each time twice as far.
    private const int MostLooks = 4;

    // Where an edge meets a side at 45 degrees each halves the square of the distance to both.
    private const int MostProjections = 64;

    // A piece of an edge that is so much longer than the straight way along it leads elsewhere: an arc of 120 degrees has 2 at its ends.
    private const double MostBent = 2;

    private readonly LaneValues values = new(objective, bits);
    private readonly PointDerivatives derivatives = new(objective, bits);
    private readonly Lazy<EdgesOfDefinition?> edges = new(() => EdgesOfDefinition.Of(objective, bits));
    private readonly double[] scale = RegionScale.Of(objective);
    private int[]? held;

    public int Dimension => objective.Dimension;

    /// <summary>Whether points are on a surface.</summary>
    public bool AreOnSurface => objective.Surface is not null;

    /// <summary>Whether the formula's definition ends anywhere.</summary>
    public bool HasEdges => edges.Value is not null;

    /// <summary>How often the formula has been run: once for as many points as lie side by side.</summary>
    public long Evaluations { get; private set; }

    /// <summary>f and ∇f at count × d coordinates, which stay where they are.</summary>
    public void At(ReadOnlySpan<double> points, Span<double> found, Span<double> gradients = default)
    {
        var inside = points.ToArray();
        for (var k = 0; k < found.Length; k++)
        {
            IntoRegion(inside.AsSpan(k * Dimension, Dimension));
        }

        if (held is not null)
        {
            AlongEdge(inside, found, gradients);
            return;
        }

        values.At(inside, found, gradients);
        Evaluations += (found.Length + values.Width - 1) / values.Width;
        for (var k = 0; k < found.Length; k++)
        {
            var slope = gradients.IsEmpty ? [] : gradients.Slice(k * Dimension, Dimension);
            if (!double.IsFinite(found[k]) && edges.Value is not null && Mirrored(inside.AsSpan(k * Dimension, Dimension).ToArray()) is { } seen)
            {
                found[k] = seen.Value;
                seen.Slope.AsSpan(0, slope.Length).CopyTo(slope);
            }

            if (!slope.IsEmpty)
            {
                objective.Region.MirrorGradient(points.Slice(k * Dimension, Dimension), slope);
            }
        }
    }

    /// <summary>f at a point.</summary>
    public double ValueAt(ReadOnlySpan<double> point)
    {
        var found = new double[1];
        At(point, found);
        return found[0];
    }

    /// <summary>f and ∇f at a distance both ways along directions: 2n points, the two of a direction one after the other.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="directions">n × d, in units of the scale.</param>
    /// <param name="distance">How far, in these units.</param>
    /// <param name="scale">The unit of each coordinate.</param>
    /// <param name="gradients">2n × d; empty where nobody asks.</param>
    public double[] Around(double[] point, double[] directions, double distance, double[] scale, Span<double> gradients = default)
    {
        var (d, count) = (Dimension, 2 * directions.Length / Dimension);
        var (around, found) = (new double[count * d], new double[count]);
        for (var k = 0; k < count; k++)
        {
            for (var i = 0; i < d; i++)
            {
                around[(k * d) + i] = point[i] + ((k % 2 == 0 ? distance : -distance) * scale[i] * directions[(k / 2 * d) + i]);
            }
        }

        At(around, found, gradients);
        return found;
    }

    /// <summary>Whether a point stands for itself.</summary>
    public bool IsInside(double[] point)
    {
        double[] inside = [.. point];
        Inside(inside);
        return inside.AsSpan().SequenceEqual(point);
    }

    /// <summary>The point of the region, within the formula's definition, that a point stands for, in place.</summary>
    public void Inside(Span<double> point)
    {
        IntoRegion(point);
        if (held is not null)
        {
            OnHeld(point.ToArray()).Point.CopyTo(point);
        }
        else if (edges.Value is not null && !double.IsFinite(ValueAt(point.ToArray())) && Mirrored(point.ToArray()) is { } seen)
        {
            seen.Point.CopyTo(point);
        }
    }

    /// <summary>A point put onto the edges of the definition that it is within a distance of, with the value that f comes to there from inside; null where it is at none, or that is higher. Where the formula is no number on the edge itself, the value is one beside it, and is not known to its last digits.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="value">What f may be there and no more, but for rounding.</param>
    /// <param name="near">The distance, in units of the scale.</param>
    public (double[] Point, double Value, bool IsKnown)? OntoEdge(double[] point, double value, double near = KinkSearch.SamePlace)
    {
        if (edges.Value?.Near(point, near, ValueAt) is not { Length: > 0 } at)
        {
            return null;
        }

        var (onto, limit, _) = edges.Value.Along(point, at);
        var (inside, isKnown) = (edges.Value.Inside(onto, at, ValueAt), !double.IsNaN(limit));
        if (!isKnown)
        {
            // Where the formula is 0·∞ on the edge itself, as that of −u·log u is, it is known beside it.
            inside = inside is not null && ValueAt(inside) < ValueAt(point) ? inside : [.. point];
            limit = ValueAt(inside);
        }

        return inside is not null && double.IsFinite(limit) && limit <= value + (Stationarity.SumOfRoundings * Math.Abs(value)) && objective.Region.Contains(inside) ? (inside, limit, isKnown) : null;
    }

    /// <summary>What f comes to along the edges of the definition that two points are on, over shares of the way between them; null where they share none, or are joined by no short piece of it.</summary>
    public double[]? AlongEdge(double[] from, double[] to, double[] shares)
    {
        int[] both = edges.Value is null ? [] : [.. edges.Value.Near(from, KinkSearch.SamePlace, ValueAt).Intersect(edges.Value.Near(to, KinkSearch.SamePlace, ValueAt))];
        if (both.Length == 0)
        {
            return null;
        }

        var (found, last, before, apart) = (new List<double>(), from, 0.0, KinkSearch.Apart(from, to, scale));
        foreach (var share in shares.Append(1))
        {
            var (onto, value, _) = edges.Value!.Along([.. from.Zip(to, (x, y) => x + (share * (y - x)))], both);
            // On the far side of a circle the nearest points of a chord are its ends.
            if (KinkSearch.Apart(onto, last, scale) > MostBent * (share - before) * apart || !objective.Region.Contains(onto))
            {
                return null;
            }

            found.Add(value);
            (last, before) = (onto, share);
        }

        return [.. found];
    }

    /// <summary>Brings a point back onto the edges that are looked along, in place.</summary>
    public void Retract(double[] point)
    {
        if (held is not null)
        {
            OnHeld(point).Point.CopyTo(point, 0);
        }
    }

    /// <summary>Looks at f along the edges of the definition that a point is on, as if there were nothing else: every point stands for the nearest on them.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="work">What looks.</param>
    public T AlongEdge<T>(double[] point, Func<T> work)
    {
        held = edges.Value!.Near(point, KinkSearch.SamePlace, ValueAt);
        try
        {
            return work();
        }
        finally
        {
            held = null;
        }
    }

    public void Dispose()
    {
        values.Dispose();
        derivatives.Dispose();
        if (edges.IsValueCreated)
        {
            edges.Value?.Dispose();
        }
    }

    private void IntoRegion(Span<double> point)
    {
        if (!objective.Region.TryMirror(point))
        {
            derivatives.Retract(point.ToArray()).CopyTo(point);
        }
    }

    private double ValueAt(double[] point)
    {
        var value = new double[1];
        values.At(point, value);
        Evaluations++;
        return value[0];
    }

    /// <summary>The point of the edges that are looked along that one is taken to, or of the region's sides where these cut them off, by alternating projections.</summary>
    private (double[] Point, double Value, double[] Slope) OnHeld(double[] point)
    {
        var onto = edges.Value!.Along(point, held!);
        for (var turn = 0; turn < MostProjections && !objective.Region.Contains(onto.Point); turn++)
        {
            double[] inside = [.. onto.Point];
            if (!objective.Region.TryProject(inside))
            {
                break;
            }

            onto = edges.Value.Along(inside, held!);
        }

        return objective.Region.Contains(onto.Point) ? onto : (onto.Point, double.NaN, onto.Slope);
    }

    private void AlongEdge(double[] points, Span<double> found, Span<double> gradients)
    {
        for (var k = 0; k < found.Length; k++)
        {
            (_, found[k], var slope) = OnHeld(points.AsSpan(k * Dimension, Dimension).ToArray());
            Evaluations++;
            if (!gradients.IsEmpty)
            {
                slope.CopyTo(gradients[(k * Dimension)..]);
            }
        }
    }

    /// <summary>What is seen of f in the edges that a point lies beyond: the value and the slope in the mirror, and where that is; null where nothing is.</summary>
    private (double Value, double[] Slope, double[] Point)? Mirrored(double[] point)
    {
        var normals = new List<double[]>();
        for (var turn = 0; turn < MostCrossed && edges.Value!.Crossed(point).FirstOrDefault() is (not null, _) and var (step, normal); turn++)
        {
            normals.Add(normal);
            double[] beyond = point, looks = [.. Enumerable.Range(1, MostLooks).SelectMany(k => beyond.Zip(step, (x, s) => x + (Math.ScaleB(1, k) * s)))];
            var (found, slopes) = (new double[MostLooks], new double[MostLooks * Dimension]);
            for (var k = 0; k < MostLooks; k++)
            {
                IntoRegion(looks.AsSpan(k * Dimension, Dimension));
            }

            values.At(looks, found, slopes);
            Evaluations++;
            var first = Math.Max(0, Array.FindIndex(found, double.IsFinite));
            point = looks.AsSpan(first * Dimension, Dimension).ToArray();
            if (double.IsFinite(found[first]))
            {
                return (found[first], Seen(slopes.AsSpan(first * Dimension, Dimension).ToArray(), normals), point);
            }
        }

        return null;
    }

    /// <summary>A slope as mirrors show it, the last of them first.</summary>
    private double[] Seen(double[] slope, List<double[]> normals)
    {
        foreach (var normal in Enumerable.Reverse(normals))
        {
            var along = 2 * slope.Select((g, i) => g * scale[i] * normal[i]).Sum();
            for (var i = 0; i < slope.Length; i++)
            {
                slope[i] -= along * normal[i] / scale[i];
            }
        }

        return slope;
    }
}
