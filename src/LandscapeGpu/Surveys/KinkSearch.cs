using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>What became of the places where restarts stopped.</summary>
/// <param name="Minima">Minima that no stationary point is: at kinks, cusps and jumps, each with its restarts.</param>
/// <param name="PointOf">For each place the point it belongs to: one of those that were known or, counted after these, of the minima; −1 for none.</param>
/// <param name="Led">How many more restarts come to each of the minima that were known.</param>
/// <param name="Unsearched">How many restarts stopped at places that were not looked at.</param>
internal sealed record KinkFindings(IReadOnlyList<StationaryPoint> Minima, int[] PointOf, long[] Led, long Unsearched);

/// <summary>Minima at kinks and jumps: places where restarts came to a stop without a short gradient, and f is higher all round.</summary>
/// <remarks>
/// From the lowest endpoint of each place <see cref="KinkDescent"/> goes down. Ends of one value that a level path joins are one minimum: a crease may be level.
/// It is a minimum at a kink if the convex hull of the gradients nearby holds 0, so that not even along a crease there is a way down; if f is nowhere lower
/// along many directions at several distances; and if it rises like less than the square of the distance: like |x| or at a jump, and not as a
/// smooth minimum does. On a line the two sides are all there is, and hulls are not asked.
/// </remarks>
internal sealed class KinkSearch : IDisposable
{
    // Each step needs a few times d gradients.
    public const int MostCoordinates = 64;

    // A search costs no more than the descents that stopped, most of them elsewhere than at kinks, have cost; for a few of them so much is at hand.
    private const long LeastBudget = 30_000;

    // No place takes more than its part of it.
    private const int LeastPlaces = 8;

    // In units of the scale: what polish leaves between two ends of one place.
    public const double SamePlace = 1e-6;

    // Of the minima that were found, so many of the nearest are tried.
    private const int MostTries = 3;

    private readonly Objective objective;
    private readonly double[] scale;
    private readonly MirroredValues values;
    private readonly KinkDescent descent;
    private readonly KinkKinds kinds;
    private readonly long budget;

    private KinkSearch(Objective objective, double[] scale, long budget, int? bits)
    {
        (this.objective, this.scale, this.budget) = (objective, scale, Math.Max(LeastBudget, budget));
        values = new(objective, bits);
        descent = new(values, scale);
        kinds = new(objective, scale, values, descent, new(objective, Derivatives.Of(objective, bits), 1));
    }

    private int D => scale.Length;

    /// <summary>Minima that it carries to each other are one; null for none.</summary>
    private Symmetry? Symmetry { get; init; }

    /// <summary>Each path along a crease that bends takes a few descents.</summary>
    private long PathBudget => 8 * budget;

    public void Dispose() => values.Dispose();

    /// <summary>The minima among the places where restarts stopped, with how many did.</summary>
    /// <param name="objective">Whose minima they are.</param>
    /// <param name="places">Where restarts stopped, each place with its lowest endpoint.</param>
    /// <param name="cost">How many steps a restart has taken on average.</param>
    /// <param name="bits">The width of vectors; null for the widest there is.</param>
    /// <param name="symmetry">Minima that it carries to each other are one; null for none.</param>
    /// <param name="known">Points that others came to: what belongs to a minimum among them is none of its own.</param>
    /// <param name="cancellation">Stops early.</param>
    public static KinkFindings Among(Objective objective, EndpointGroups places, double cost, int? bits, Symmetry? symmetry, IReadOnlyList<StationaryPoint> known, CancellationToken cancellation)
    {
        var none = new KinkFindings([], [.. Enumerable.Repeat(-1, places.Count)], new long[known.Count], 0);
        if (places.Count == 0 || !Smoothness.MayEnd(objective.Value))
        {
            return none;
        }

        if (objective.Dimension > MostCoordinates)
        {
            return none with { Unsearched = places.Total };
        }

        using var search = new KinkSearch(objective, [.. places.Scale], (long)(cost * Enumerable.Range(0, places.Count).Sum(k => (double)places.CountOf(k))), bits) { Symmetry = symmetry };
        return search.Among(places, known, none, cancellation);
    }

    private KinkFindings Among(EndpointGroups places, IReadOnlyList<StationaryPoint> known, KinkFindings found, CancellationToken cancellation)
    {
        var (ends, sure) = (new List<End>(), new List<End>());
        foreach (var place in Enumerable.Range(0, places.Count).OrderByDescending(places.CountOf).TakeWhile(_ => !cancellation.IsCancellationRequested && values.Evaluations < budget))
        {
            var point = places.Point(place).ToArray();
            var start = new End(point, places.Value(place), 0, place);
            // Straight down to where another came nothing else has to be looked for.
            var below = sure.Where(e => e.Value <= start.Value).OrderBy(e => Apart(e.Point, point)).Take(MostTries).FirstOrDefault(e => KinkFamilies.IsDownhill(values, start, e));
            if (below is not null)
            {
                ends.Add(below with { Place = place });
                continue;
            }

            var end = kinds.EndAt(point, descent.Run(point, place, budget / LeastPlaces), place);
            ends.Add(end with { Kind = kinds.Of(end) });
            // What only looks singular may be the edge of something else, and others are not led to it.
            if (ends[^1].Kind == StationaryKind.MinimumAtKink)
            {
                sure.Add(ends[^1]);
            }
        }

        var minima = new List<StationaryPoint>();
        foreach (var family in new KinkFamilies(scale, values, At) { Symmetry = Symmetry }.Of([.. ends.OrderBy(e => e.Value)], cancellation))
        {
            var count = family.Sum(e => places.CountOf(e.Place));
            var listed = Enumerable.Range(0, known.Count).FirstOrDefault(k => known[k].IsMinimum && IsAt(known[k], family), -1);
            if (listed >= 0)
            {
                found.Led[listed] += count;
            }
            // An end at the edge of a level crease looks singular; one within it shows the kink.
            else if (family.Where(e => e.Kind is not null).OrderBy(e => e.Kind == StationaryKind.SingularMinimum).FirstOrDefault() is { Kind: { } kind } end)
            {
                listed = known.Count + minima.Count;
                minima.Add(kinds.Describe(end, kind, count, family.Count, LeastBudget));
            }

            foreach (var e in family)
            {
                found.PointOf[e.Place] = listed;
            }
        }

        return found with { Minima = minima, Unsearched = places.Total - ends.Sum(e => places.CountOf(e.Place)) };

        PolishedSet At(double[] points, int count)
        {
            var set = new PolishedSet(D, count);
            for (var k = 0; k < count && values.Evaluations < PathBudget && !cancellation.IsCancellationRequested; k++)
            {
                var point = points.AsSpan(k * D, D).ToArray();
                var end = kinds.EndAt(point, descent.Run(point, k, PathBudget - values.Evaluations, hulls: 1), k);
                point.CopyTo(set.Points, k * D);
                (set.Values[k], set.Roundings[k], set.Stationary[k]) = (end.Value, end.Rounding, double.IsFinite(end.Value));
            }

            return set;
        }
    }

    /// <summary>Whether a family is at a point that is known, or joined with it by level ground.</summary>
    private bool IsAt(StationaryPoint known, IReadOnlyList<End> family)
    {
        double[] point = [.. known.Place];
        objective.Units.ToMoving(point);
        var there = new End(point, known.Value * objective.Units.Value, known.Rounding * objective.Units.Value, -1);
        return family.Any(e => KinkFamilies.HaveOneValue(e, there) && (IsWith(e) || (Symmetry is not null && IsWith(e with { Point = Symmetry.Aligned(point, e.Point) }))));

        bool IsWith(End end) => Apart(end.Point, point) <= SamePlace || KinkFamilies.IsLevel(values, end, there);
    }

    private double Apart(double[] a, double[] b) => Apart(a, b, scale);

    /// <summary>How far two points are apart, in units of the scale.</summary>
    public static double Apart(double[] a, ReadOnlySpan<double> b, double[] scale)
    {
        var square = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            square += (a[i] - b[i]) / scale[i] * ((a[i] - b[i]) / scale[i]);
        }

        return Math.Sqrt(square);
    }

    /// <summary>Where a descent ended.</summary>
    /// <param name="Point">d coordinates.</param>
    /// <param name="Value">f there.</param>
    /// <param name="Rounding">How far the value is from being known.</param>
    /// <param name="Place">Which place it began at.</param>
    internal sealed record End(double[] Point, double Value, double Rounding, int Place)
    {
        /// <summary>What minimum without a derivative it is; null where it is none, or nobody asked.</summary>
        public StationaryKind? Kind { get; init; }
    }
}
