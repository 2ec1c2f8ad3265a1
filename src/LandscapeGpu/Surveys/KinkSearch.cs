using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Minima at kinks and jumps: places where restarts came to a stop without a short gradient, and f is higher all round.</summary>
/// <remarks>
/// From the lowest endpoint of each place <see cref="KinkDescent"/> goes down. Ends of one value that a level path joins are one minimum: a crease may be level.
/// It is a minimum at a kink if the convex hull of the gradients nearby holds 0, so that not even along a crease there is a way down; if f is nowhere lower
/// along many directions at several distances; and if it rises like less than the square of the distance: like |x| or at a jump, and not as a
/// smooth minimum does. On a line the two sides are all there is, and hulls are not asked.
/// </remarks>
internal sealed partial class KinkSearch : IDisposable
{
    // Each step needs a few times d gradients.
    public const int MostCoordinates = 64;

    // A step along a crease takes a search across each of the creases that cross.
    private const int MostOfCreases = 16;

    // A search costs no more than the descents that stopped, most of them elsewhere than at kinks, have cost; for a few of them so much is at hand.
    private const long LeastBudget = 30_000;

    // Of a formula of so few operations that a look costs little more than to ask for it, a second's worth of them.
    public const double SmallFormula = 1_000;
    private const long LeastOfSmall = 100_000;

    // No place takes more than its part of it.
    private const int LeastPlaces = 8;

    // Where there are other ways, one that leads nowhere takes no more than so large a part of it beside what it took where it led to a minimum.
    private const int MostInVain = 4;

    // In units of the scale: what polish leaves between two ends of one place.
    public const double SamePlace = 1e-6;

    // Of the minima that were found, so many of the nearest are tried.
    private const int MostTries = 3;

    private readonly Objective objective;
    private readonly double[] scale;
    private readonly int? bits;
    private readonly MirroredValues values;
    private readonly KinkDescent descent;
    private readonly KinkKinds kinds;
    private readonly SmoothEnds? smooth;
    private readonly EndlessFall? fall;
    private readonly SeparableKinks? separable;
    private readonly StructuredKinks? structured;
    private readonly bool isSmall;
    private readonly bool hasSlopes;
    private long inVain;
    private bool hasLed;
    private bool isCut;
    private long budget;
    private readonly long pathBudget;

    private KinkSearch(Objective objective, double[] scale, long budget, int? bits)
    {
        (this.objective, this.scale, this.bits) = (objective, scale, bits);
        var hasCreases = D <= MostOfCreases && (Smoothness.MayBeSharp(objective.Value) || Smoothness.MayBeSteep(objective.Value));
        isSmall = hasCreases && Derivatives.Of(objective, bits).SlopeFlops <= SmallFormula;
        this.budget = Math.Max(isSmall ? LeastOfSmall / 2 : LeastBudget, budget);
        // Each path along a crease that bends takes a few descents.
        pathBudget = 8 * Math.Max(LeastBudget, budget);
        values = new(objective, bits);
        descent = new(values, scale, hasCreases);
        kinds = new(objective, scale, values, descent, new(objective, Derivatives.Of(objective, bits), 1));
        smooth = SmoothEnds.Has(objective) ? new(objective, bits) : null;
        fall = EndlessFall.Has(objective) ? new(objective, bits) : null;
        separable = D > MostCoordinates ? new(values, scale) : null;
        hasSlopes = Smoothness.MayBendAtOnce(objective.Value) && !Smoothness.MayBeSteep(objective.Value);
        structured = D > 1 && !hasSlopes ? StructuredKinks.Of(objective, values, scale, bits) : null;
    }

    private int D => scale.Length;

    /// <summary>Minima that it carries to each other are one; null for none.</summary>
    private Symmetry? Symmetry { get; init; }

    /// <summary>Which of the places lie beside a pole, where the value falls without bound: there is no minimum, and what looks the same to rounding on the far side is none of theirs.</summary>
    private bool[] IsPole { get; init; } = [];

    public void Dispose()
    {
        values.Dispose();
        smooth?.Dispose();
        fall?.Dispose();
        structured?.Dispose();
    }

    /// <summary>The minima among the places where restarts stopped, with how many did.</summary>
    /// <param name="objective">Whose minima they are.</param>
    /// <param name="places">Where restarts stopped, each place with its lowest endpoint.</param>
    /// <param name="cost">How many steps a restart has taken on average.</param>
    /// <param name="bits">The width of vectors; null for the widest there is.</param>
    /// <param name="symmetry">Minima that it carries to each other are one; null for none.</param>
    /// <param name="known">Points that others came to: what belongs to a minimum among them is none of its own.</param>
    /// <param name="starts">Where restarts began, in the units of the formula; null where nobody asks what they pass over.</param>
    /// <param name="cancellation">Stops early.</param>
    public static KinkFindings Among(Objective objective, EndpointGroups places, double cost, int? bits, Symmetry? symmetry, IReadOnlyList<StationaryPoint> known, RestartRange? starts, CancellationToken cancellation)
    {
        var none = new KinkFindings([], [.. Enumerable.Repeat(-1, places.Count)], new long[known.Count], 0) { HomeOf = [.. Enumerable.Range(0, known.Count)] };
        var isSteep = Smoothness.MayBeSteep(objective.Value) && objective.Dimension is > 1 and <= MostOfCreases && known.Any(k => IsInDoubt(objective, k));
        var isSharp = starts is not null && Smoothness.MayBeSharp(objective.Value) && objective.Surface is null && objective.Dimension <= MostOfCreases && Derivatives.Of(objective, bits).SlopeFlops <= SmallFormula;
        var isAtEdge = objective.Dimension <= MostCoordinates && EdgeTerms.AreIn(objective.Value) && known.Any(IsUntold);
        if ((places.Count == 0 && !isSteep && !isSharp && !isAtEdge) || !Smoothness.MayEnd(objective.Value))
        {
            return none;
        }

        var endless = EndlessFall.Among(objective, places, bits);
        bool[] isPole = [.. endless.Select(told => told is not null)];
        none = none with { Endless = Enumerable.Range(0, places.Count).Where(k => isPole[k]).OrderBy(places.Value).Select(k => endless[k]).FirstOrDefault() };
        if (objective.Dimension > MostCoordinates && (objective.Dimension > SeparableKinks.MostCoordinates || objective.Surface is not null || !(Smoothness.MayBeSharp(objective.Value) || KinkTerms.HasNorms(objective.Value))))
        {
            return none with { Unsearched = RestartsElsewhere(places, isPole) };
        }

        using var search = new KinkSearch(objective, [.. places.Scale], (long)(cost * Enumerable.Range(0, places.Count).Sum(k => (double)places.CountOf(k))), bits) { Symmetry = symmetry, IsPole = isPole };
        var found = search.Among(places, known, (isSteep, isAtEdge), none, cancellation);
        return isSharp ? found with { SteppedOver = search.SteppedOver(known, found, starts!, cancellation) } : found;
    }

    private KinkFindings Among(EndpointGroups places, IReadOnlyList<StationaryPoint> known, (bool IsSteep, bool IsAtEdge) doubts, KinkFindings found, CancellationToken cancellation)
    {
        var (ends, sure) = (new List<End>(), new List<End>());
        // Places of points that were known come after the others.
        // Polish comes to the edge of the definition at as many places as restarts.
        int[] atEdge = doubts.IsAtEdge ? [.. Enumerable.Range(0, known.Count).Where(k => IsAtEdge(known[k]))] : [];
        budget = doubts.IsAtEdge && isSmall ? Math.Max(budget, values.Evaluations + (MostAtEdge * (atEdge.Length + places.Count))) : budget;
        int[] onCrease = doubts.IsSteep ? [.. Enumerable.Range(0, known.Count).Except(atEdge).Where(k => IsInDoubt(objective, known[k]) && FallsAlongCrease(known[k]))] : [];
        int[] doubted = [.. onCrease, .. atEdge];
        var isDoubted = new bool[known.Count];
        foreach (var k in doubted)
        {
            (isDoubted[k], found.HomeOf[k]) = (true, -1);
        }

        foreach (var place in Enumerable.Range(0, places.Count + doubted.Length).Where(place => place >= places.Count || !IsPole[place]).OrderByDescending(CountOf).TakeWhile(_ => !cancellation.IsCancellationRequested && values.Evaluations + (structured?.Evaluations ?? 0) - (separable is null ? inVain : 0) < budget))
        {
            var start = place < places.Count ? new End(places.Point(place).ToArray(), places.Value(place), 0, place) : EndOf(known[doubted[place - places.Count]], place);
            var point = start.Point;
            // Straight down to where another came nothing else has to be looked for.
            var below = sure.Where(e => e.Value <= start.Value).OrderBy(e => Apart(e.Point, point)).Take(MostTries).FirstOrDefault(e => KinkFamilies.IsDownhill(values, start, e));
            below ??= AlongEdge(start, sure);
            if (below is not null)
            {
                ends.Add(below with { Place = place });
                if (!sure.Any(e => ReferenceEquals(e.Point, below.Point)))
                {
                    sure.Add(below);
                }

                continue;
            }

            if ((AtEdge(start, sure) ?? Structured(point, place, separable is null ? StructuredKinks.FewStarts : StructuredKinks.MostStarts) ?? (separable is null ? Descended(point, place) : Separate(point, place))) is not { } end)
            {
                // Nobody can tell what is there, or whether there is anything.
                continue;
            }

            end = PastInflections(end is { Kind: null, Smooth: null } ? AtEdge(end, sure) ?? end : end);

            if (place < places.Count && fall?.From(end.Point) is { } told)
            {
                // Descent was stopped on its way to a pole.
                (IsPole[place], found) = (true, found with { Endless = found.Endless ?? told });
                continue;
            }

            ends.Add(end);
            // Along a cusp, and along creases that bend, there are as many places as restarts.
            budget = isSmall && (descent.WasSteep || hasLed) ? Math.Max(budget, LeastOfSmall) : budget;
            // What only looks singular may be the edge of something else, and others are not led to it.
            if (end.Kind == StationaryKind.MinimumAtKink || end.Smooth is not null)
            {
                sure.Add(ends[^1]);
            }
        }

        var minima = new List<StationaryPoint>();
        foreach (var family in new KinkFamilies(scale, values, At) { Symmetry = Symmetry }.Of([.. ends.OrderBy(e => e.Value)], separable is null ? cancellation : new(canceled: true)))
        {
            var (count, led) = (family.Sum(e => CountOf(e.Place)), family.Where(e => e.Place < places.Count).Sum(e => CountOf(e.Place)));
            var listed = Enumerable.Range(0, known.Count).FirstOrDefault(k => known[k].IsMinimum && !isDoubted[k] && IsAt(known[k], family), -1);
            if (listed >= 0)
            {
                found.Led[listed] += led;
            }
            // An end at the edge of a level crease looks singular; one within it shows the kink.
            else if (family.Where(e => e.Kind is not null).OrderBy(e => e.Kind == StationaryKind.SingularMinimum).FirstOrDefault() is { Kind: { } kind } end
                && (end.Smooth is { } smoothly ? smoothly with { Count = count } : kinds.Describe(end, values.OntoEdge(end.Point, end.Value) is null ? kind : StationaryKind.EdgeMinimum, count, family.Count, LeastBudget)) is { } minimum)
            {
                listed = known.Count + minima.Count;
                int[] misjudged = [.. JudgedOtherwise(known, minimum, found.HomeOf)];
                minima.Add(minimum with { Led = led, Count = count + misjudged.Sum(k => known[k].Count) });
                Array.ForEach(misjudged, k => found.HomeOf[k] = listed);
            }

            foreach (var e in family)
            {
                (e.Place < places.Count ? ref found.PointOf[e.Place] : ref found.HomeOf[doubted[e.Place - places.Count]]) = listed;
            }
        }

        return found with { Minima = minima, IsCut = isCut, Unsearched = RestartsElsewhere(places, IsPole) + atEdge.Sum(k => known[k].Count) - ends.Where(e => e.Place < places.Count || e.Place >= places.Count + onCrease.Length).Sum(e => CountOf(e.Place)) };

        long CountOf(int place) => place < places.Count ? places.CountOf(place) : known[doubted[place - places.Count]].Count;

        PolishedSet At(double[] between, int count, int hulls) => Creases(between, count, hulls, cancellation);
    }

    /// <summary>Where steps end that know no kinks. From beside a crease that bends the first of them, or all, lead to where the formula's own kinks lead on.</summary>
    private End Descended(double[] point, int place)
    {
        if (structured is not null && MayBeStructured && double.IsFinite(descent.Run(point, place, budget / LeastPlaces, hulls: 1)) && Structured(point, place) is { } early)
        {
            return early;
        }

        var end = Settled(kinds.EndAt(point, descent.Run(point, place, budget / LeastPlaces), place));
        return end is { Kind: null, Smooth: null } && Structured(point, place) is { } late ? late : end;
    }

    private bool MayBeStructured => separable is not null || inVain <= (budget / MostInVain) + (structured!.Evaluations - inVain);

    /// <summary>The minimum below a place, if its kinks are absolute values, ties and norms of the formula; where that leads nowhere and there are other ways, it is soon given up.</summary>
    private End? Structured(double[] point, int place, int starts = StructuredKinks.MostStarts)
    {
        var value = 0.0;
        if (structured is null || !MayBeStructured)
        {
            return null;
        }

        var before = structured.Evaluations;
        var isMinimum = structured.TrySettle(point, ref value, separable is null ? budget / LeastPlaces : budget, starts);
        inVain += isMinimum ? 0 : structured.Evaluations - before;
        hasLed |= isMinimum;
        return isMinimum ? kinds.EndAt(point, value, place) with { Kind = StationaryKind.MinimumAtKink, Level = separable is null ? -1 : structured.Level } : null;
    }

    /// <summary>The minimum below a place in many coordinates, if its kinks lie along a coordinate each.</summary>
    private End? Separate(double[] point, int place)
    {
        var value = 0.0;
        return separable!.TrySettle(point, ref value, budget) ? kinds.EndAt(point, value, place) with { Kind = StationaryKind.MinimumAtKink, Level = separable.Level } : null;
    }

    /// <summary>From each of some points the bottom of the crease beside it.</summary>
    private PolishedSet Creases(double[] points, int count, int hulls, CancellationToken cancellation)
    {
        var (set, followed) = (new PolishedSet(D, count), 0);
        for (var k = 0; k < count && values.Evaluations < budget + pathBudget && !cancellation.IsCancellationRequested; k++)
        {
            var point = points.AsSpan(k * D, D).ToArray();
            var end = kinds.EndAt(point, descent.Run(point, k, budget + pathBudget - values.Evaluations, hulls), k);
            point.CopyTo(set.Points, k * D);
            (set.Values[k], set.Roundings[k], set.Stationary[k]) = (end.Value, end.Rounding, double.IsFinite(end.Value));
            followed++;
        }

        isCut |= followed < count;
        return set;
    }

    /// <summary>Whether a family is at a point that is known, or joined with it by level ground.</summary>
    private bool IsAt(StationaryPoint known, IReadOnlyList<End> family)
    {
        var there = EndOf(known, -1);
        var point = there.Point;
        return family.Any(e => KinkFamilies.HaveOneValue(e, there) && (IsWith(e) || (Symmetry is not null && IsWith(e with { Point = Symmetry.Aligned(point, e.Point) }))));

        bool IsWith(End end) => Apart(end.Point, point) <= SamePlace || KinkFamilies.IsLevel(values, end, there);
    }

    private End EndOf(StationaryPoint known, int place) => new(objective.Units.Moving(known.Place), known.Value * objective.Units.Value, known.Rounding * objective.Units.Value, place);

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
}
