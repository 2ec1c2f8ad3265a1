using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>What became of the places where restarts stopped.</summary>
/// <param name="Minima">Minima that no stationary point is: at kinks, cusps and jumps, each with its restarts.</param>
/// <param name="MinimumOf">For each place which of them it belongs to; −1 for none.</param>
/// <param name="Led">How many more restarts come to each of the minima that were known.</param>
internal sealed record KinkFindings(IReadOnlyList<StationaryPoint> Minima, int[] MinimumOf, long[] Led);

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
    private const int MostCoordinates = 64;
    private const int MostPlaces = 256;

    // A search costs no more than the descents that stopped, most of them elsewhere than at kinks, have cost; for a few of them so much is at hand.
    private const long LeastBudget = 30_000;

    // No place takes more than its part of it.
    private const int LeastPlaces = 8;

    // In units of the scale: what polish leaves between two ends of one place, and how far along a crease is looked whether it is level.
    public const double SamePlace = 1e-6;
    private const double AlongCrease = 1e-3;

    // Beside rounding, and then from where a kink still looks like one to where a minimum's curvature is seen, ten times as far each.
    private static readonly double[] Distances = [1e-11, 1e-7, 1e-6, 1e-5, 1e-4];

    // Where gradients are looked at for hulls.
    public const double Nearby = Stationarity.HalfTheDigits;

    private const double HardlyAStep = 1e-14;

    // A hull of sampled gradients holds 0 if its shortest vector is so short beside the longest, and f does not fall along it: how far along a crease an end is from
    // its bottom, half the digits of the value decide, and the slope there is as many of what is steepest, or a curvature of some hundreds as large.
    private const double Nothing = 1e-3;

    // Of the minima that were found, so many of the nearest are tried.
    private const int MostTries = 3;

    private readonly Objective objective;
    private readonly double[] scale;
    private readonly MirroredValues values;
    private readonly KinkDescent descent;
    private readonly RoundingTest rounded;
    private readonly long budget;

    private KinkSearch(Objective objective, double[] scale, long budget, int? bits)
    {
        (this.objective, this.scale, this.budget) = (objective, scale, Math.Max(LeastBudget, budget));
        (values, rounded) = (new(objective, bits), new(objective, Derivatives.Of(objective, bits), 1));
        descent = new(values, scale);
    }

    private int D => scale.Length;

    /// <summary>Each path along a crease that bends takes a few descents.</summary>
    private long PathBudget => 8 * budget;

    public void Dispose() => values.Dispose();

    /// <summary>The minima among the places where restarts stopped, with how many did.</summary>
    /// <param name="objective">Whose minima they are.</param>
    /// <param name="places">Where restarts stopped, each place with its lowest endpoint.</param>
    /// <param name="cost">How many steps a restart has taken on average.</param>
    /// <param name="bits">The width of vectors; null for the widest there is.</param>
    /// <param name="known">Points that others came to: what belongs to a minimum among them is none of its own.</param>
    /// <param name="cancellation">Stops early.</param>
    public static KinkFindings Among(Objective objective, EndpointGroups places, double cost, int? bits, IReadOnlyList<StationaryPoint> known, CancellationToken cancellation)
    {
        var none = new KinkFindings([], [.. Enumerable.Repeat(-1, places.Count)], new long[known.Count]);
        if (places.Count == 0 || objective.Dimension > MostCoordinates || !Smoothness.MayEnd(objective.Value))
        {
            return none;
        }

        using var search = new KinkSearch(objective, [.. places.Scale], (long)(cost * Enumerable.Range(0, places.Count).Sum(k => (double)places.CountOf(k))), bits);
        return search.Among(places, known, none, cancellation);
    }

    private KinkFindings Among(EndpointGroups places, IReadOnlyList<StationaryPoint> known, KinkFindings found, CancellationToken cancellation)
    {
        var (ends, sure) = (new List<End>(), new List<End>());
        foreach (var place in Enumerable.Range(0, places.Count).OrderByDescending(places.CountOf).Take(MostPlaces).TakeWhile(_ => !cancellation.IsCancellationRequested && values.Evaluations < budget))
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

            var end = EndAt(point, descent.Run(point, place, budget / LeastPlaces), place);
            ends.Add(end with { Kind = Kind(end) });
            if (ends[^1].Kind is not null)
            {
                sure.Add(ends[^1]);
            }
        }

        var minima = new List<StationaryPoint>();
        foreach (var family in new KinkFamilies(scale, values, At).Of([.. ends.OrderBy(e => e.Value)], cancellation))
        {
            var count = family.Sum(e => places.CountOf(e.Place));
            var listed = Enumerable.Range(0, known.Count).FirstOrDefault(k => known[k].IsMinimum && IsAt(known[k], family), -1);
            if (listed >= 0)
            {
                found.Led[listed] += count;
            }
            else if (family.FirstOrDefault(e => e.Kind is not null) is { Kind: { } kind } end)
            {
                foreach (var e in family)
                {
                    found.MinimumOf[e.Place] = minima.Count;
                }

                minima.Add(Describe(end, kind, count, family.Count));
            }
        }

        return found with { Minima = minima };

        PolishedSet At(double[] points, int count)
        {
            var set = new PolishedSet(D, count);
            for (var k = 0; k < count && values.Evaluations < PathBudget && !cancellation.IsCancellationRequested; k++)
            {
                var point = points.AsSpan(k * D, D).ToArray();
                var end = EndAt(point, descent.Run(point, k, PathBudget - values.Evaluations, hulls: 1), k);
                point.CopyTo(set.Points, k * D);
                (set.Values[k], set.Roundings[k], set.Stationary[k]) = (end.Value, end.Rounding, double.IsFinite(end.Value));
            }

            return set;
        }
    }

    private End EndAt(double[] point, double value, int place) => new(point, value, RoundingAt(point, value) + BlurAt(point, value), place);

    /// <summary>What f changes by over a step that is hardly one: nobody can tell the value of a minimum at a kink any better.</summary>
    private double BlurAt(double[] point, double value) => Around(point, Orthonormal.Rows(D, D, 0), HardlyAStep).Select(f => Math.Abs(f - value)).Where(double.IsFinite).DefaultIfEmpty(0).Max();

    /// <summary>Whether a family is at a point that is known, or joined with it by level ground.</summary>
    private bool IsAt(StationaryPoint known, IReadOnlyList<End> family)
    {
        double[] point = [.. known.Place];
        objective.Units.ToMoving(point);
        var there = new End(point, known.Value * objective.Units.Value, known.Rounding * objective.Units.Value, -1);
        return family.Any(e => KinkFamilies.HaveOneValue(e, there) && (Apart(e.Point, point) <= SamePlace || KinkFamilies.IsLevel(values, e, there)));
    }

    /// <summary>What kind of minimum an end is that no derivative tells; null where it is none, or a smooth one.</summary>
    private StationaryKind? Kind(End end)
    {
        if (D > 1 && descent.Hull(end.Point, Nearby, 1) is var hull && (!(hull.Length <= Nothing * hull.Longest) || descent.Falls(end.Point, end.Value - end.Rounding, hull)))
        {
            return null;
        }

        // How much f rises at a distance, along as many random directions as 16 bases have, both ways; nearest first, where it may be rounding.
        const int Bases = 16;
        var rises = new List<double>();
        foreach (var distance in Distances)
        {
            double sum = 0;
            for (var turn = 0; turn < Bases; turn++)
            {
                var around = Around(end.Point, Orthonormal.Rows(D, D, ulong.MaxValue - (ulong)turn), distance);
                if (!(around.Min() >= end.Value - (64 * Stationarity.UnitRoundoff * Math.Abs(end.Value))))
                {
                    return null;
                }

                sum += around.Where(double.IsFinite).Sum(f => f - end.Value);
            }

            rises.Add(sum);
        }

        // At a jump it is the same at all distances; else the exponent counts, between the nearest two distances at which f rises far above its rounding.
        var rounding = RoundingAt(end.Point, end.Value) * Bases * 2 * D;
        if (rises[0] > 1e3 * rounding && rises[^1] < 2 * rises[0])
        {
            return StationaryKind.MinimumAtKink;
        }

        var near = Enumerable.Range(1, rises.Count - 2).FirstOrDefault(k => rises[k] > 1e3 * rounding);
        var exponent = near > 0 ? Math.Log10(rises[near + 1] / rises[near]) : 2;
        return exponent >= Surroundings.LikeTheSquare || (IsOnSide(end.Point) && !IsBentInside(end.Point)) ? null : exponent > 1.1 ? StationaryKind.SingularMinimum : StationaryKind.MinimumAtKink;
    }

    private bool IsOnSide(double[] point) => Enumerable.Range(0, D).Any(i => IsAtSide(point, i));

    private bool IsAtSide(double[] point, int i) =>
        objective.Region.Sides is { } sides && (point[i] - sides.Lower[i] <= SamePlace * scale[i] || sides.Upper[i] - point[i] <= SamePlace * scale[i]);

    /// <summary>Whether gradients differ nearby for another reason than that a side is a mirror.</summary>
    private bool IsBentInside(double[] point)
    {
        var basis = Orthonormal.Rows(D, D, 2);
        var slopes = new double[2 * D * D];
        Around(point, basis, Nearby, slopes);
        for (var e = 0; e < slopes.Length; e++)
        {
            slopes[e] = scale[e % D] * (IsAtSide(point, e % D) ? Math.Abs(slopes[e]) : slopes[e]);
        }

        var longest = slopes.Max(Math.Abs);
        return !double.IsFinite(longest) || Enumerable.Range(0, D).Any(i => Enumerable.Range(0, 2 * D).Select(k => slopes[(k * D) + i]).ToArray() is var along && along.Max() - along.Min() > Math.Sqrt(Nothing) * longest);
    }

    /// <summary>f at a distance both ways along the rows of a basis.</summary>
    private double[] Around(double[] point, double[] basis, double distance, Span<double> slopes = default)
    {
        var (around, found) = (new double[2 * D * D], new double[2 * D]);
        for (var k = 0; k < 2 * D; k++)
        {
            for (var i = 0; i < D; i++)
            {
                around[(k * D) + i] = point[i] + ((k % 2 == 0 ? distance : -distance) * scale[i] * basis[(k / 2 * D) + i]);
            }
        }

        values.At(around, found, slopes);
        return found;
    }

    /// <summary>Along how many directions a minimum is level: of those without a slope, the ones from which a descent comes to as low a place beside it.</summary>
    private int FlatDirections(End end)
    {
        var slopes = new double[2 * D * D];
        Around(end.Point, Orthonormal.Rows(D, D, 3), Nearby, slopes);
        double[][] rows = [.. slopes.Chunk(D).Select(row => row.Select((g, i) => g * scale[i]).ToArray()).Where(row => row.All(g => double.IsFinite(g * g)))];
        if (D == 1 || rows.Length == 0)
        {
            return 0;
        }

        var gram = new double[D * D];
        foreach (var row in rows)
        {
            // Slopes count by their direction: a gentle one is a slope too.
            var square = row.Sum(g => g * g);
            for (var e = 0; e < gram.Length && square > 0; e++)
            {
                gram[e] += row[e / D] * row[e % D] / square;
            }
        }

        var spectrum = SymmetricEigenvalues.Decompose(gram, D);
        var flat = 0;
        for (var k = 0; k < D; k++)
        {
            flat += spectrum.Values[k] <= Nothing && (IsLevelAlong(spectrum.Vector(k).ToArray(), AlongCrease) || IsLevelAlong(spectrum.Vector(k).ToArray(), -AlongCrease)) ? 1 : 0;
        }

        return flat;

        bool IsLevelAlong(double[] direction, double far)
        {
            double[] point = [.. end.Point.Select((x, i) => x + (far * scale[i] * direction[i]))];
            var beside = EndAt(point, descent.Run(point, 1, LeastBudget), -1);
            return KinkFamilies.HaveOneValue(end, beside) && Apart(point, end.Point) >= 0.5 * Math.Abs(far);
        }
    }

    /// <summary>How much of the values at a point and beside it is rounding: nearly all where differences are divided by nothing.</summary>
    private double RoundingAt(double[] point, double value)
    {
        const int Beside = 3;
        var around = new double[Beside * D];
        for (var k = 0; k < Beside; k++)
        {
            for (var i = 0; i < D; i++)
            {
                around[(k * D) + i] = point[i] + ((k - 1) * Distances[1] * scale[i]);
            }

            values.Inside(around.AsSpan(k * D, D));
        }

        // Where a derivative is infinite there is no bound.
        return rounded.ValueBounds(around, Beside).Where(double.IsFinite).Append(Stationarity.UnitRoundoff * Math.Abs(value)).Max();
    }

    private StationaryPoint Describe(End end, StationaryKind kind, long count, int places)
    {
        var flat = FlatDirections(end);
        return new()
        {
            Kind = kind,
            Value = end.Value / objective.Units.Value,
            Point = objective.Shown(end.Point),
            Blur = BlurAt(end.Point, end.Value) / objective.Units.Value,
            Rounding = RoundingAt(end.Point, end.Value) / objective.Units.Value,
            Place = [.. end.Point.Select((x, i) => x * objective.Units.Length(i))],
            Count = count,
            Places = flat > 0 ? places : 1,
            Share = double.NaN,
            ShareLow = double.NaN,
            ShareHigh = double.NaN,
            GradientNorm = double.NaN,
            Eigenvalues = [],
            Index = 0,
            FlatDirections = flat,
            Trace = double.NaN,
            ConditionNumber = double.NaN,
            Sharpness = double.NaN,
        };
    }

    private double Apart(double[] a, double[] b) => Math.Sqrt(a.Select((x, i) => (x - b[i]) / scale[i]).Sum(e => e * e));

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
