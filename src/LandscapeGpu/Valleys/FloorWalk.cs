namespace LandscapeGpu.Valleys;

/// <summary>Walks along the floor of a valley as it bends: straight on, back to the bottom of all that lies across, and on in the direction of the last step, until the floor rises, or ends at a side, or steps are used up.</summary>
/// <remarks>
/// A step is one only if the way back is short beside it, so that both places are of one floor, and if the value has not risen. Where steps shrink to nothing and it has not, the floor ends in a fold, as where two
/// branches meet: then a way down across, from the last place on it, is gone. Steps grow with the distance, and so walls of any steepness cost a few of them.
/// </remarks>
/// <param name="objective">The landscape: on the whole space or in a box.</param>
/// <param name="derivatives">Its derivatives.</param>
/// <param name="slopes">The same at single points.</param>
/// <param name="rounding">Bounds of the value's rounding.</param>
internal sealed class FloorWalk(Objective objective, Derivatives derivatives, PointDerivatives slopes, HessianRounding rounding) : IDisposable
{
    private const int MostSteps = 100;

    // A floor may turn into one coordinate after the other.
    private const int MostStepsEach = 8;

    // A floor of more dimensions is looked along by descents only.
    private const int MostDirections = 4;

    // An edge that is a twelfth of all is met by one of their ends in nine cases of ten.
    private const int MostChords = 12;

    // Of what steps are short against: the first step, and the longest.
    private const double First = 1.0 / 1024;
    private const double Longest = 0.125;

    // A plateau that ends nearer than that is taken for a slope.
    private const double Closest = First * Stationarity.QuarterOfTheDigits;

    // Of a step: a longer way back leads to another floor, or the step has cut a bend. It grows like the step, which is chosen for a half of that.
    private const double MostBack = 0.5;

    // Of the shortest step: where a floor turns at a crease its bottom is as near as that.
    private const double MostTurn = 8;

    // Newton's method doubles the digits; from a fold there is a way down to go.
    private const int MostBackSteps = 12;
    private const int MostDownSteps = 200;

    // Some seconds of a core for all walks.
    private const double MostFlops = 1e10;

    private readonly Region region = objective.Region;
    private readonly FloorBottom bottom = new(objective, derivatives, slopes, rounding);
    private readonly int d = derivatives.Dimension;
    private readonly double[] gradient = new double[derivatives.Dimension];

    /// <summary>Whether a landscape's floors can be walked along.</summary>
    public static bool Has(Objective objective) => objective.Surface is null && !objective.Region.HasGeneralSides && (long)objective.Dimension * objective.Dimension <= LaneHessians.MostEntries;

    /// <summary>How many more steps a walk may take for each coordinate.</summary>
    public int StepsEach { get; init; } = MostStepsEach;

    /// <summary>How many operations all walks may take.</summary>
    public double Flops { get; init; } = MostFlops;

    /// <summary>How a floor goes on down from a place, along one of few directions without curvature: past a crease, to a side, or farther than a minimum is that rounding has hidden; null where it does not.</summary>
    public Walked? Down(double[] place, IReadOnlyList<double[]> flat)
    {
        return flat.Count > MostDirections ? null : BothWays(flat).Select(Along).Concat(flat.Count > 1 ? Chords(place) : []).FirstOrDefault(walk => walk is { IsDown: true } && IsFar(walk));

        Walked? Along(double[] way) => From(place, way) is var walk && walk is { IsDown: true, FallsAtOnce: true } ? From(place, way, Closest) : walk;

        bool IsFar(Walked walk) => walk.IsPastCrease || region.Active(walk.End.Point).Count > region.Active(place).Count || walk.Distance > ValleySide.Far * region.Reach(place);
    }

    /// <summary>How the floor goes on down from another place on it, along what has no curvature there.</summary>
    public Walked? DownAlongFlat(double[] place) => bottom.Spent < Flops && bottom.Flat(place) is { Count: > 0 } flat ? Down(place, flat) : null;

    /// <summary>What is lost in the rounding of the walls beside a walk's ends, as high as curvature there makes them.</summary>
    public double Hidden(Walked walk) => Stationarity.UnitRoundoff * new[] { walk.Begin, walk.End }.Max(p => Inner.Largest(bottom.HessianAt(p.Point)) * Math.Pow(region.Reach(p.Point), 2));

    /// <summary>Walks both ways along chords of a floor of several dimensions, each from somewhere on the one before: axes miss most of where such a floor ends, and which axes there are is chance.</summary>
    /// <remarks>
    /// Hit and run (Smith, 1984): chords come to be spread over all of the floor, and end at each of its edges as often as that is long. Sides that hold the place hold all of them: what they let go of elsewhere
    /// is no fall of this floor.
    /// </remarks>
    private IEnumerable<Walked?> Chords(double[] place)
    {
        var (random, begin, held) = (new Random(1), (FloorPlace?)null, HeldAt(place));
        for (var (k, at) = (0, place); k < MostChords; k++)
        {
            double[] mixture = [.. place.Select(_ => Enumerable.Range(0, 12).Sum(_ => random.NextDouble() - 0.5))];
            if (bottom.Turned(at, mixture) is not { } way)
            {
                yield break;
            }

            var walks = BothWays([way]).Select(v => From(at, v, held: held)).ToArray();
            begin ??= walks.OfType<Walked>().FirstOrDefault()?.Begin;
            foreach (var walk in walks.OfType<Walked>())
            {
                yield return walk with { Places = [begin!, .. walk.Places] };
            }

            FloorPlace[] places = [.. walks.OfType<Walked>().SelectMany(w => w.Places)];
            at = places.Length == 0 ? at : places[random.Next(places.Length)].Point;
        }
    }

    /// <summary>Where the floor that a place lies on leads down to, along what has the least curvature; null where it leads nowhere.</summary>
    public Walked? Down(double[] place)
    {
        var least = bottom.Curvatures(place).OrderBy(c => Math.Abs(c.Value)).Select(c => c.Direction).FirstOrDefault();
        slopes.Gradient(place, gradient);
        return least is null ? null : BothWays([least]).OrderBy(v => Inner.Product(v, gradient)).ToArray().Select(v => From(place, v)).FirstOrDefault(walk => walk is { IsDown: true });
    }

    /// <summary>Walks along a floor; null where a walk cannot begin.</summary>
    /// <param name="start">A place on a floor.</param>
    /// <param name="direction">Along the floor.</param>
    /// <param name="first">The first step, of what steps are short against.</param>
    /// <param name="held">The coordinates that sides hold all along; null for those that they hold at the start.</param>
    private Walked? From(double[] start, double[] direction, double first = First, HashSet<int>? held = null)
    {
        held ??= HeldAt(start);
        double[] way = [.. direction.Select((e, i) => held.Contains(i) ? 0 : e)];
        if (!FloorBottom.TryMakeUnit(way) || bottom.Settled(start, way, held, MostBackSteps) is not { } begin)
        {
            return null;
        }

        var (at, reach, sides, hasRisen) = (begin, region.Reach(start), region.Active(start).Count, false);
        var (places, lowest, beyond) = (new List<FloorPlace> { begin }, begin, begin.Point);
        var (step, least) = (first * reach, Stationarity.HalfTheDigits * reach);
        for (var k = 0; k < MostSteps + (StepsEach * d) && bottom.Spent < Flops && step > least; k++)
        {
            var ahead = Ahead(at, way, step);
            var length = Math.Sqrt(Projection.SquaredDistance(ahead, at.Point));
            var next = length > least ? bottom.Settled(ahead, Across(ahead, way, sides), held, MostBackSteps) : null;
            var back = next is null ? double.PositiveInfinity : Math.Sqrt(Projection.SquaredDistance(next.Point, ahead)) / length;
            hasRisen = next is not null && lowest.IsBelow(next);
            if (next is null || hasRisen || back > MostBack)
            {
                (step, beyond) = (length / 4, ahead);
                // Where the floor meets a crease it may turn there, at any angle.
                if (step <= least && next is not null && !hasRisen && back <= MostTurn && bottom.Turned(next.Point, way) is { } turned)
                {
                    (at, way, step) = (next, turned, First * reach);
                    places.Add(at);
                }

                continue;
            }

            way = [.. next.Point.Zip(at.Point, (b, a) => b - a)];
            (at, step) = (next, Math.Min(Math.Min(2, 0.5 * MostBack / back) * length, Longest * region.Reach(next.Point)));
            lowest = at.Value < lowest.Value ? at : lowest;
            places.Add(at);
            if (!FloorBottom.TryMakeUnit(way) || region.Active(at.Point).Count > sides)
            {
                return new(places, HasEnd: true);
            }
        }

        var past = hasRisen || step > least ? at : PastFold(at, beyond, way, held);
        return new([.. places, past], HasEnd: step <= least) { IsPastCrease = past != at && HasCrease(at.Point, beyond) };
    }

    private HashSet<int> HeldAt(double[] place)
    {
        slopes.Gradient(place, gradient);
        return [.. region.Active(place).Where(s => s.IsFixed || s.Holds(gradient)).Select(s => s.Coordinate).OfType<int>()];
    }

    public void Dispose() => bottom.Dispose();

    /// <summary>What a place ahead is held against: the way there, or the side that it has met.</summary>
    private double[] Across(double[] ahead, double[] way, int sides) => region.Active(ahead) is { } met && met.Count > sides && met.Where(s => s.Coordinate is { } i && way[i] * s.Normal[0] > 0).FirstOrDefault() is { } side
        ? [.. way.Select((_, i) => i == side.Coordinate ? 1.0 : 0)]
        : way;

    private static IEnumerable<double[]> BothWays(IEnumerable<double[]> axes) => axes.SelectMany(v => new[] { v, [.. v.Select(e => -e)] });

    /// <summary>A step along a way, as far as the region goes.</summary>
    private double[] Ahead(FloorPlace at, double[] way, double length)
    {
        if (region.Sides is { } sides)
        {
            for (var i = 0; i < d; i++)
            {
                length = way[i] == 0 ? length : Math.Min(length, ((way[i] < 0 ? sides.Lower[i] : sides.Upper[i]) - at.Point[i]) / way[i]);
            }
        }

        double[] ahead = [.. at.Point.Zip(way, (x, u) => x + (length * u))];
        region.TryProject(ahead);
        return ahead;
    }

    /// <summary>What a way down across comes to from where a floor is lost; the last place on it where none begins within rounding of that.</summary>
    private FloorPlace PastFold(FloorPlace at, double[] ahead, double[] way, HashSet<int> held)
    {
        var isLevel = slopes.Value(ahead) <= at.Value + (Stationarity.Margin * (at.Doubt + rounding.ExactValueBound(ahead)));
        return isLevel && bottom.Settled(ahead, way, held, MostDownSteps) is { } down && down.IsBelow(at) ? down : at;
    }

    /// <summary>Whether the slope changes between two places beside each other by more than curvature explains: pieces of the formula meet there, and no zero of a high order lies about.</summary>
    private bool HasCrease(double[] from, double[] to)
    {
        var (before, behind) = (new double[d], new double[d]);
        slopes.Gradient(from, before);
        slopes.Gradient(to, behind);
        double[] apart = [.. to.Zip(from, (b, a) => b - a)], change = [.. behind.Zip(before, (b, a) => b - a)], mean = [.. bottom.HessianAt(from).Zip(bottom.HessianAt(to), (a, b) => 0.5 * (a + b))];
        double[] left = [.. change.Select((c, i) => c - Inner.Product(mean.AsSpan(i * d, d), apart))];
        var noise = Stationarity.Margin * (Inner.Norm(rounding.UnsureBounds(from)) + Inner.Norm(rounding.UnsureBounds(to)));
        return Inner.Norm(change) > noise && Inner.Norm(left) > 0.5 * Inner.Norm(change);
    }
}
