namespace LandscapeGpu.Valleys;

/// <summary>Two stationary points of equal value, by their numbers.</summary>
internal readonly record struct FlatPair(int From, int To);

/// <summary>Whether stationary points are joined by a path along which the value does not change and the gradient stays zero.</summary>
/// <remarks>
/// A path is refined from a straight line: from a point of each piece Newton's method goes to the nearest stationary point, which must have the
/// same value and lie near the piece, between its ends. After a few refinements the pieces must be straight, but for a corner or two. The theorem behind it is Morse and Bott's:
/// where the Hessian's kernel is the tangent space, stationary points form a smooth surface of that dimension. It is a test at finitely many points:
/// Draxler, Veschgini, Salmhofer and Hamprecht (2018), Essentially no barriers in neural network energy landscapes, ICML, join
/// minima of networks in a like manner.
/// </remarks>
/// <param name="dimension">d.</param>
/// <param name="nearest">From each of count × d coordinates, the point nearby that belongs on a path.</param>
/// <param name="stop">Stops early.</param>
internal sealed class FlatPaths(int dimension, Func<double[], int, PolishedSet> nearest, CancellationToken stop = default)
{
    // Eight pieces at least: on landscapes that repeat, a line may cross one or two valleys just so.
    private const int LeastRefinements = 3;

    // Sixty-four pieces follow a path around a whole circle.
    private const int MostRefinements = 6;

    // A piece of a circle bends away from its chord by a twentieth of it at an angle of 23 degrees.
    private const double Straight = 0.05;

    // Flat sets meet in corners, as where one of two amplitudes is zero or two rates are equal: a corner bends the piece that it lies in however short that is.
    private const int MostCorners = 2;

    // A valley's floor is level to this share of what f changes by over a unit of length: polish goes slowly along it.
    private const double SameValue = 1e-9;

    /// <summary>Golden section: no lattice has points at all of these shares.</summary>
    public const double GoldenShare = 0.61803398874989485;

    /// <summary>Whether stationary points of two values may belong to one valley.</summary>
    /// <remarks>Values of polished points of one valley agree to rounding; valleys of different depth, as far as anyone lists them, differ by more. In the value's unit.</remarks>
    public static bool AreEqual(double a, double b, double rounding) => Math.Abs(b - a) <= SameValue + (Stationarity.Margin * rounding);

    /// <summary>Whether paths lead down: then the value at each place of one lies between those before and behind it.</summary>
    public bool LeadDown { get; init; }

    /// <summary>How long the ways are of which eight pieces are asked for; of shorter ones pieces as long as these have. 0 where all have eight.</summary>
    public double Extent { get; init; }

    /// <summary>Whether no more paths are looked for.</summary>
    public bool IsStopped => stop.IsCancellationRequested;

    /// <summary>For each pair, whether a path was found.</summary>
    /// <param name="points">The points, d coordinates each.</param>
    /// <param name="values">Their values.</param>
    /// <param name="roundings">Bounds of the values' rounding.</param>
    /// <param name="pairs">Which to join.</param>
    public bool[] AreJoined(double[][] points, double[] values, double[] roundings, IReadOnlyList<FlatPair> pairs)
    {
        var paths = pairs.Select(p => new Path(values[p.From], values[LeadDown ? p.To : p.From], roundings[p.From], points[p.From], points[p.To]) { Extent = Extent }).ToArray();
        for (var refinement = 1; refinement <= MostRefinements; refinement++)
        {
            var open = paths.Where(p => p.IsOpen).ToArray();
            if (open.Length == 0 || IsStopped)
            {
                break;
            }

            Refine(open, refinement);
        }

        return [.. paths.Select(p => p.IsFound)];
    }

    private void Refine(Path[] open, int refinement)
    {
        var count = open.Sum(p => p.Pieces);
        var between = new double[count * dimension];
        var at = 0;
        foreach (var path in open)
        {
            for (var piece = 0; piece < path.Pieces; piece++)
            {
                path.Between(piece, GoldenShare, between.AsSpan(at++ * dimension, dimension));
            }
        }

        var polished = nearest(between, count);
        at = 0;
        foreach (var path in open)
        {
            var pieces = path.Pieces;
            path.Take(polished, between, at, refinement);
            at += pieces;
        }
    }

    /// <summary>A chain of stationary points of one value, or of places one below the other.</summary>
    private sealed class Path(double value, double last, double rounding, double[] from, double[] to)
    {
        private List<double[]> nodes = [from, to];
        private List<double> heights = [value, last];

        // A way that is a quarter as long has a quarter of the pieces, but one point between its ends.
        private int Least => Extent > 0 ? (int)Math.Clamp(LeastRefinements + Math.Ceiling(Math.Log2(Distance(from, to) / Extent)), 1, LeastRefinements) : LeastRefinements;

        public double Extent { get; init; }

        public bool IsOpen { get; private set; } = true;

        public bool IsFound { get; private set; }

        public int Pieces => nodes.Count - 1;

        public void Between(int piece, double share, Span<double> point)
        {
            var (a, b) = (nodes[piece], nodes[piece + 1]);
            for (var i = 0; i < point.Length; i++)
            {
                point[i] = a[i] + (share * (b[i] - a[i]));
            }
        }

        public void Take(PolishedSet polished, double[] between, int first, int refinement)
        {
            var finer = new List<double[]>(2 * nodes.Count) { nodes[0] };
            var finerHeights = new List<double>(2 * nodes.Count) { value };
            var bent = 0;
            for (var piece = 0; piece < Pieces; piece++)
            {
                var k = first + piece;
                var node = polished.Points.AsSpan(k * polished.Dimension, polished.Dimension).ToArray();
                var length = Distance(nodes[piece], nodes[piece + 1]);
                var deviation = Distance(node, between.AsSpan(k * polished.Dimension, polished.Dimension));
                // Where the polished point is as far from an end as the other end is, the piece was not divided.
                var divides = Distance(node, nodes[piece]) < 0.95 * length && Distance(node, nodes[piece + 1]) < 0.95 * length;
                // Where more than two derivatives vanish across the floor, walks end beside it: what slope they leave has to be too little to tell over the piece.
                var isLevel = polished.Stationary[k] || polished.Residuals[k] * length <= SameValue;
                // Of one value that is the value itself.
                var expected = Math.Clamp(polished.Values[k], Math.Min(heights[piece], heights[piece + 1]), Math.Max(heights[piece], heights[piece + 1]));
                if (!isLevel || !AreEqual(expected, polished.Values[k], rounding + polished.Roundings[k]) || !divides)
                {
                    IsOpen = false;
                    return;
                }

                bent += deviation <= Straight * length ? 0 : 1;
                finer.Add(node);
                finer.Add(nodes[piece + 1]);
                finerHeights.Add(expected);
                finerHeights.Add(heights[piece + 1]);
            }

            (nodes, heights) = (finer, finerHeights);
            IsFound = bent == 0 ? refinement >= Least : refinement == MostRefinements && bent <= MostCorners;
            IsOpen = !IsFound;
        }

        private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Math.Sqrt(Projection.SquaredDistance(a, b));
    }
}
