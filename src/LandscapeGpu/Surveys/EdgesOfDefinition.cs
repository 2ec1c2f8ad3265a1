namespace LandscapeGpu.Surveys;

/// <summary>The edges of a formula's definition, {c = 0} of the arguments c that must not be negative: points are mirrored at them and put onto them.</summary>
/// <param name="arguments">Σwₖcₖ over x and w.</param>
/// <param name="onEdges">The formula over x and w, with the arguments on their edge whose w is positive.</param>
/// <param name="counts">How many edges each operation has.</param>
/// <param name="scale">The unit of each coordinate.</param>
/// <param name="bits">The width of vectors; null for the widest there is.</param>
internal sealed class EdgesOfDefinition(Objective arguments, Objective onEdges, IReadOnlyList<int> counts, double[] scale, int? bits) : IDisposable
{
    // An edge each for some thousand samples.
    private const int MostEdges = 1 << 12;

    // What lies on more edges than this is put onto the nearest.
    private const int MostAtOnce = 64;

    // Newton's method doubles digits.
    private const int MostSteps = 8;

    // A mirror that is a thousandth of the distance off is one.
    private const double Mirrored = 1e-3;

    // In units of the scale: where it is looked whether anything lies beyond an edge.
    private const double Beyond = 1e-4;

    private readonly LaneValues slopes = new(arguments, bits);
    private readonly LaneValues values = new(onEdges, bits);
    private readonly int count = counts.Sum();

    private int D => scale.Length;

    /// <summary>Null where the formula has no edges, or too many.</summary>
    public static EdgesOfDefinition? Of(Objective objective, int? bits) =>
        objective.Surface is null && EdgeTerms.AreIn(objective.Value) && objective.WithEdges(MostEdges) is var (arguments, onEdges, counts) ? new(arguments, onEdges, counts, RegionScale.Of(objective), bits) : null;

    /// <summary>The ways to the edges that a point lies beyond, one of each operation, the nearest first, as steps to the edge with the normal there.</summary>
    public IEnumerable<(double[] Step, double[] Normal)> Crossed(double[] point)
    {
        var c = At(point);
        var worst = new List<int>();
        for (var (k, first) = (0, 0); k < counts.Count; first += counts[k++])
        {
            var least = Enumerable.Range(first, counts[k]).MinBy(e => double.IsNaN(c[e]) ? double.PositiveInfinity : c[e]);
            worst.AddRange(c[least] < 0 ? [least] : []);
        }

        return worst.Select(e => StepOnto(point, e)).Where(s => s.Step.All(double.IsFinite)).OrderBy(s => Length(s.Step));
    }

    /// <summary>The edges that a point is within a distance of.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="near">The distance, in units of the scale.</param>
    /// <param name="valueAt">f at a point.</param>
    public int[] Near(double[] point, double near, Func<double[], double> valueAt)
    {
        var c = At(point);
        int[] nearest = [.. Enumerable.Range(0, count).Where(e => double.IsFinite(c[e])).OrderBy(e => Math.Abs(c[e])).Take(MostAtOnce)];
        return [.. Linear(point, nearest).Where(l => Math.Abs(l.Value) <= near * Norm(l.Slope) && IsEdge(point, l, valueAt)).Select(l => l.Edge)];
    }

    /// <summary>A point put onto some edges, with the value that f comes to there from inside, and the slope of that along them.</summary>
    public (double[] Point, double Value, double[] Slope) Along(double[] point, int[] at)
    {
        double[] onto = [.. point];
        for (var step = 0; step < MostSteps; step++)
        {
            var (way, _) = Way(Linear(onto, at));
            double[] next = [.. onto.Select((x, i) => x + (scale[i] * way[i]))];
            if (!next.All(double.IsFinite) || next.AsSpan().SequenceEqual(onto))
            {
                break;
            }

            onto = next;
        }

        var (found, slope) = (new double[1], new double[D + count]);
        values.At(Wide(onto, at), found, slope);
        double[] along = [.. slope.Take(D).Select((g, i) => g * scale[i])];
        foreach (var normal in Way(Linear(onto, at)).Basis)
        {
            Inner.Add(-Inner.Product(normal, along), normal, along);
        }

        return (onto, found[0], [.. along.Select((g, i) => g / scale[i])]);
    }

    /// <summary>The nearest point inwards from some edges that f has a value at: rounding may have left one beyond them; null where there is none.</summary>
    public double[]? Inside(double[] point, int[] at, Func<double[], double> valueAt)
    {
        var inwards = new double[D];
        foreach (var (_, _, slope) in Linear(point, at))
        {
            Inner.Add(1 / Norm(slope), slope, inwards);
        }

        var inside = point;
        for (var distance = Stationarity.UnitRoundoff; !double.IsFinite(valueAt(inside)) && distance < Stationarity.HalfTheDigits; distance *= 2)
        {
            inside = [.. point.Select((x, i) => x + (distance * Math.Max(scale[i], Math.Abs(x)) * inwards[i]))];
        }

        return double.IsFinite(valueAt(inside)) ? inside : null;
    }

    public void Dispose()
    {
        slopes.Dispose();
        values.Dispose();
    }

    /// <summary>Whether f ends at an edge: the argument goes below 0 beyond it, and f has no value there.</summary>
    private bool IsEdge(double[] point, (int Edge, double Value, double[] Slope) line, Func<double[], double> valueAt)
    {
        var length = Norm(line.Slope);
        var far = Beyond + (2 * Math.Abs(line.Value) / length);
        double[] beyond = [.. point.Select((x, i) => x - (far * scale[i] * line.Slope[i] / length))];
        return At(beyond)[line.Edge] < 0 && !double.IsFinite(valueAt(beyond));
    }

    /// <summary>The shortest step, in units of the scale, that takes all of some arguments to 0, and a basis of their slopes; what depends on others to rounding is left out.</summary>
    private (double[] Way, List<double[]> Basis) Way(IEnumerable<(int Edge, double Value, double[] Slope)> lines)
    {
        var (way, basis) = (new double[D], new List<double[]>());
        foreach (var (_, value, slope) in lines)
        {
            double[] rest = [.. slope];
            foreach (var b in basis)
            {
                Inner.Add(-Inner.Product(b, rest), b, rest);
            }

            var length = Norm(rest);
            if (length > Stationarity.HalfTheDigits * Norm(slope))
            {
                double[] unit = [.. rest.Select(r => r / length)];
                Inner.Add((-value - Inner.Product(slope, way)) / length, unit, way);
                basis.Add(unit);
            }
        }

        return (way, basis);
    }

    private (double[] Step, double[] Normal) StepOnto(double[] point, int edge)
    {
        var (at, normal, first) = ((double[])point.Clone(), new double[D], double.NaN);
        for (var step = 0; step < MostSteps; step++)
        {
            var (_, value, slope) = Linear(at, [edge])[0];
            first = step == 0 ? value : first;
            if (step > 0 && Math.Abs(value) <= Mirrored * Math.Abs(first))
            {
                break;
            }

            var length = Norm(slope);
            normal = [.. slope.Select(s => s / length)];
            at = [.. at.Select((x, i) => x - (scale[i] * value / length * normal[i]))];
        }

        return ([.. at.Zip(point, (to, from) => to - from)], normal);
    }

    /// <summary>The arguments at a point.</summary>
    private double[] At(double[] point)
    {
        var slope = new double[D + count];
        slopes.At(Wide(point, Enumerable.Range(0, count)), new double[1], slope);
        return slope[D..];
    }

    /// <summary>Some arguments at a point, with their slopes in units of the scale.</summary>
    private (int Edge, double Value, double[] Slope)[] Linear(double[] point, int[] edges)
    {
        var (found, slope) = (new double[edges.Length], new double[edges.Length * (D + count)]);
        slopes.At(edges.SelectMany(e => Wide(point, [e])).ToArray(), found, slope);
        return [.. edges.Select((e, k) => (e, found[k], slope.AsSpan(k * (D + count), D).ToArray().Select((g, i) => g * scale[i]).ToArray()))];
    }

    private double[] Wide(double[] point, IEnumerable<int> edges)
    {
        var wide = new double[D + count];
        point.CopyTo(wide, 0);
        foreach (var e in edges)
        {
            wide[D + e] = 1;
        }

        return wide;
    }

    private double Length(double[] step) => Norm([.. step.Select((s, i) => s / scale[i])]);

    private static double Norm(double[] v) => Inner.Norm(v);
}
