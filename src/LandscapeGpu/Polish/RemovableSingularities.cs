namespace LandscapeGpu.Polish;

/// <summary>Finds stationary points where the formula itself is all rounding or not a number, as (1 − cos x)/x² at 0, from values and gradients around them.</summary>
/// <remarks>
/// The means of f and ∇f over ±hᵢ in every coordinate are f and ∇f but for terms in h², h⁴, …, and Richardson's extrapolation from h, 2h and 4h leaves those
/// in h⁶: L. F. Richardson, The approximate arithmetical solution by finite differences (Phil. Trans. A 210, 1911, 307). So far away nothing cancels.
/// </remarks>
internal sealed class RemovableSingularities(Objective objective, Derivatives derivatives)
{
    // Every mean takes 6d gradients; where many coordinates are, there are many other things to look at first.
    private const int MostCoordinates = 16;

    // h is a sixty-fourth of what steps are short against: h⁶ is a ten-billionth, and of a quotient by x³ a hundred-thousandth of the digits is lost. Where a formula changes over less or more than that,
    // as one may whose region is shorter or longer, a sixty-fourth of a quarter of the region is tried as well.
    private const int Nearness = -6;

    // A formula that changes over less is looked at from an eighth as near, and so on, as long as what rounding does there is less than what is left out.
    private const int Nearer = -3;
    private const int MostNearer = 6;

    // What is drowned has this many times the rounding that the value has beside it; of a smooth formula it is much the same.
    private const double Drowned = 8;

    // The rounding of a slope that is drowned falls at least with the distance: twice as much as far away is no accident.
    private const double TwiceAsLoud = 2;

    // A place that is known to less than a sixteenth of the region is none.
    private const double LeastKnown = 1.0 / 16;

    // The point, two places beside it, two as near as the region is short, two far away, and two beside half the digits of a kink.
    private const int Looks = 9;

    // Slopes that fade by less than the tenth power of the distance do not fade: f rises like no more than the power 1.1 of it, as at a kink.
    private const double LikeNone = 0.1;

    // Where slopes of a kink are looked at, each time ten times as far: from where three quarters of the digits are beside a quarter of them.
    private const int Decades = 9;
    private const double Farther = 10;

    // Where a logarithm is in a value, as in x² log x, each order leaves four fifths of what the one before left, and all that follow four times the last; twice that is a bound.
    private const double AfterAll = 8;

    private readonly int d = derivatives.Dimension;
    private readonly double shortest = Enumerable.Range(0, derivatives.Dimension).Min(i => objective.Region.Length(i) ?? double.PositiveInfinity);

    /// <summary>How far away slopes are looked at: a quarter of the region.</summary>
    private double Far => ExtrapolatedNewton.FarOf(shortest);

    /// <summary>A sixty-fourth of that, for formulas that change over the region and not over a unit.</summary>
    private double Nearest => Math.ScaleB(Far, Nearness);

    /// <summary>How far ends of one minimum may be apart for identity to join them: its own tolerance, of the region's length where that is more than a unit.</summary>
    private double Joined => PointIdentity.Usual * (double.IsFinite(shortest) ? Math.Max(1, shortest) : 1);

    /// <summary>Mends the points of a set that are drowned in rounding; those at which nothing is stationary are none any more, on surfaces too.</summary>
    public void Mend(PolishedSet set)
    {
        var isSurface = objective.Surface is not null;
        if (d > MostCoordinates || !(isSurface || objective.Region.IsWholeSpace || objective.Region.Sides is not null))
        {
            return;
        }

        var suspects = Enumerable.Range(0, set.Count).Where(k => set.Stationary[k] && (IsSuspect(set, k) || IsSteep(set, k))).ToArray();
        if (suspects.Length == 0)
        {
            return;
        }

        var looks = new double[Looks * suspects.Length * d];
        using var slopes = new PointDerivatives(objective, derivatives);
        int[][] held = [.. suspects.Select(k => HeldAt(set.Points.AsSpan(k * d, d), slopes))];
        for (var j = 0; j < suspects.Length; j++)
        {
            var point = set.Points.AsSpan(suspects[j] * d, d).ToArray();
            var h = Step(point);
            double[][] places = [point, Beside(h, 4), Beside(-h, 2), Beside(Nearest, 4), Beside(-Nearest, 2), Beside(Far, 4), Beside(-Far, 2), .. Sides(point, Stationarity.HalfTheDigits, held[j], slopes)];
            for (var k = 0; k < Looks; k++)
            {
                places[k].CopyTo(looks, ((Looks * j) + k) * d);
            }

            double[] Beside(double length, int share) => Around(point, double.IsFinite(length) ? length : 0, share);
        }

        var rounding = new RoundingTest(objective, derivatives, 1);
        var bounds = rounding.Bounds(looks, Looks * suspects.Length, look => held[look / Looks]);
        var newton = new ExtrapolatedNewton(objective.Region, slopes, d, shortest);
        for (var j = 0; j < suspects.Length; j++)
        {
            var (at, one, other, near, close, far, away) = (bounds[Looks * j], bounds[(Looks * j) + 1], bounds[(Looks * j) + 2], bounds[(Looks * j) + 3], bounds[(Looks * j) + 4], bounds[(Looks * j) + 5], bounds[(Looks * j) + 6]);
            if (held[j].Length < d && HidesSlopes(looks.AsSpan(Looks * j * d, Looks * d), at.Slope, held[j], slopes) && IsAtKink(looks.AsSpan(Looks * j * d, d).ToArray(), held[j], rounding, slopes))
            {
                set.Stationary[suspects[j]] = false;
                continue;
            }

            // Means of what lies around a point of a surface are no values on it.
            if (isSurface || !IsSuspect(set, suspects[j]))
            {
                continue;
            }

            // Where a value is drowned, a point is none unless it is found from around; where a slope is, it stays what it is unless it is known better from afar.
            var isFound = !IsDrowned(at.Value, one.Value, other.Value, Drowned) || TryMend(set, suspects[j], newton, at.Value, Louder(one, other), Louder(near, close), At);
            if (!isFound || !IsDrowned(at.Value, one.Value, other.Value, Drowned))
            {
                // Of each coordinate by itself: another may be so stiff that its slope is louder everywhere.
                isFound |= Enumerable.Range(0, d).Any(i => IsDrowned(at.Slope[i], far.Slope[i], away.Slope[i], TwiceAsLoud)) && TrySharpen(set, suspects[j], newton, [(Nearest, Louder(near, close)), (Step(set.Points.AsSpan(suspects[j] * d, d).ToArray()), Louder(one, other)), (0.25 * Far, Louder(far, away))]);
                set.Stationary[suspects[j]] = isFound;
            }

            (double Value, double[] Slope) At(double[] point, double h) => rounding.Bounds((double[])[.. Around(point, h, 4), .. Around(point, -h, 2)], 2, _ => held[j]) is var there ? Louder(there[0], there[1]) : default;
        }
    }

    /// <summary>Whether the slope at a point is not known to a quarter of the digits of one beside it.</summary>
    /// <param name="places">Where it was looked.</param>
    /// <param name="at">Bounds of the slope's rounding at the point.</param>
    /// <param name="held">Coordinates that sides hold the point along: across these a slope need not fade, be it infinite.</param>
    /// <param name="slopes">Gradients.</param>
    private bool HidesSlopes(ReadOnlySpan<double> places, double[] at, int[] held, PointDerivatives slopes)
    {
        var (slope, near) = (new double[d], double.PositiveInfinity);
        for (var k = Looks - 2; k < Looks; k++)
        {
            slopes.Gradient(places.Slice(k * d, d).ToArray(), slope);
            near = Math.Min(near, FreeLength(slope, held));
        }

        return near * Stationarity.QuarterOfTheDigits <= Stationarity.Margin * FreeLength(at, held);
    }

    /// <summary>Whether on both sides of a point slopes stay as long however near one looks, as far as they are known: what does not fade is not zero between.</summary>
    /// <remarks>Between two of the distances may lie another kink, where slopes change by any factor: then they stay as long from the next on. The two sides of one kink may be as different.</remarks>
    private bool IsAtKink(double[] point, int[] held, RoundingTest rounding, PointDerivatives slopes)
    {
        double[][] places = [.. Enumerable.Range(0, Decades).SelectMany(k => Sides(point, Stationarity.ThreeQuartersOfTheDigits * Math.Pow(Farther, k), held, slopes))];
        var bounds = rounding.Bounds((double[])[.. places.SelectMany(p => p)], places.Length, _ => held);
        return Enumerable.Range(0, 2).All(side =>
        {
            var slope = new double[d];
            double[] known = [.. Enumerable.Range(0, Decades).Select(k =>
            {
                slopes.Gradient(places[(2 * k) + side], slope);
                return FreeLength(slope, held) is var length && Stationarity.IsZero(length, FreeLength(bounds[(2 * k) + side].Slope, held)) ? 0 : length;
            }).SkipWhile(length => length == 0)];
            return known.Zip(known.Skip(1)).Take(2).Any(pair => pair.First > Math.Pow(Farther, -LikeNone) * pair.Second && pair.Second > 0);
        });
    }

    private static double FreeLength(double[] v, int[] held) => Inner.Norm([.. v.Where((_, i) => !held.Contains(i))]);

    /// <summary>Places on both sides of a point, at a share of what steps are short against; what a formula is beyond a side that holds the point is nobody's business.</summary>
    private double[][] Sides(double[] point, double share, int[] held, PointDerivatives slopes)
    {
        double[][] places = [Around(point, share * Reach(point), 4), Around(point, -share * Reach(point), 2)];
        if (objective.Surface is not null)
        {
            return [.. places.Select(slopes.Retract)];
        }

        Array.ForEach(held.Length > 0 ? places : [], place => objective.Region.TryMirror(place));
        return places;
    }

    /// <summary>The coordinates that sides hold a point along, where f has a value: what it is there is no matter of rounding.</summary>
    private int[] HeldAt(ReadOnlySpan<double> point, PointDerivatives slopes)
    {
        if (objective.Region.Active(point) is not { Count: > 0 } sides)
        {
            return [];
        }

        var slope = new double[d];
        slopes.Gradient(point, slope);
        // Beside a pole a slope holds nothing.
        return !double.IsFinite(slopes.Value(objective.Region.Shown(point))) ? [] : [.. sides.Where(side => side.Holds(slope)).Select(side => side.First)];
    }

    private static (double Value, double[] Slope) Louder((double Value, double[] Slope) one, (double Value, double[] Slope) other) =>
        (Math.Max(one.Value, other.Value), [.. one.Slope.Zip(other.Slope, Math.Max)]);

    /// <summary>A place beside a point, no two coordinates as far away.</summary>
    private double[] Around(double[] point, double length, int share) => Extrapolation.Around(point, length, i => 1 - (i / ((double)share * d)));

    private bool TryMend(PolishedSet set, int k, ExtrapolatedNewton newton, double own, (double Value, double[] Slope) beside, (double Value, double[] Slope) nearby, Func<double[], double, (double Value, double[] Slope)> rounding)
    {
        var origin = set.Points.AsSpan(k * d, d).ToArray();
        // A place that identity could not join with others of its minimum is not found.
        var found = newton.Find(origin, Step(origin), beside) is { } one && one.Uncertainty <= Joined ? one : null;
        // From as far away as the region lets one look less may be rounding; where that says another value, f has bent on the way.
        if (double.IsFinite(Nearest) && newton.Find(origin, Nearest, nearby) is { } other && other.Uncertainty <= Joined
            && (found is null || (other.Value.Error < found.Value.Error && Stationarity.AreSame(other.Value.Value, other.Value.Error, found.Value.Value, found.Value.Error))))
        {
            found = other;
        }

        var h = Math.ScaleB(Math.Min(Step(origin), Nearest), Nearer);
        for (var n = 0; n < MostNearer && rounding(found?.Point ?? origin, h) is var louder && louder.Value < (found?.Value.Error ?? double.PositiveInfinity); n++, h = Math.ScaleB(h, Nearer))
        {
            // Slopes so near may be less known than from farther away, where values are known better.
            found = newton.Find(found?.Point ?? origin, h, louder) is not { IsSmooth: true } nearer || nearer.Value.Error >= found?.Value.Error ? found
                : nearer.Uncertainty <= Joined ? nearer
                : found is not null && Inner.Norm([.. nearer.Point.Zip(found.Point, (a, b) => a - b)]) <= Joined ? found with { Value = nearer.Value }
                : found;
        }

        // What the formula itself knows better stays, as log(1 + x²) at 0 beside a factor that fades.
        if (found is null || (own <= found.Value.Error && Stationarity.AreSame(set.Values[k], own, found.Value.Value, found.Value.Error)))
        {
            return found is not null;
        }

        found.Point.CopyTo(set.Points.AsSpan(k * d));
        (set.Values[k], set.Roundings[k], set.Uncertainties[k], set.Residuals[k]) = (found.Value.Value, AfterAll * found.Value.Error, found.Uncertainty, found.Residual);
        return true;
    }

    private static bool IsDrowned(double at, double one, double other, double times) => Math.Max(one, other) is var most && double.IsFinite(most) && !(at <= times * most);

    /// <summary>Of a point whose value is known and whose slope is all rounding: the place, from beside it or, in a region so small that f hardly changes, from as far away as the region lets one look; what is there already stays where that says no more.</summary>
    /// <param name="set">The points.</param>
    /// <param name="k">Which of them.</param>
    /// <param name="newton">Finds it.</param>
    /// <param name="looks">How far away to look from, in growing order, with bounds of the rounding there; the last is as far as the region lets one look.</param>
    private bool TrySharpen(PolishedSet set, int k, ExtrapolatedNewton newton, (double Step, (double Value, double[] Slope) Rounding)[] looks)
    {
        var origin = set.Points.AsSpan(k * d, d).ToArray();
        // What rounding does to slopes grows towards the place, and what extrapolation leaves grows away from it: what is known best is taken.
        var found = looks.Where(look => look.Step <= looks[^1].Step && double.IsFinite(look.Step)).Select(look => newton.Find(origin, look.Step, look.Rounding)).OfType<ExtrapolatedNewton.Found>().Where(f => IsAsLow(f) && !(set.Uncertainties[k] <= f.Uncertainty)).MinBy(f => f.Uncertainty);
        if (found is null)
        {
            return false;
        }

        var place = found;
        if (found.Uncertainty > Joined)
        {
            // So little is known of the place that identity cannot join what comes there: where the same is found from the middle of the region, it is that, whoever came.
            if (newton.Find(Middle(found.Point), looks[^1].Step, looks[^1].Rounding) is not { } middle
                || !(Inner.Norm([.. middle.Point.Zip(found.Point, (a, b) => a - b)]) <= SamePoint.Reach(middle.Uncertainty, found.Uncertainty, double.PositiveInfinity))
                || !SamePoint.HaveOneValue(middle.Value.Value, found.Value.Value, 0, 0, middle.Value.Error + found.Value.Error))
            {
                return false;
            }

            place = middle with { Uncertainty = newton.Nothing(middle.Point) };
        }

        // A value that is known better where polish ended stays: there it is the same to what is known, but for the slope on the way.
        var isBetterThere = set.Roundings[k] + (Inner.Norm([.. place.Point.Zip(origin, (a, b) => a - b)]) * set.Residuals[k]) <= place.Value.Error;
        place.Point.CopyTo(set.Points.AsSpan(k * d));
        (set.Uncertainties[k], set.Residuals[k]) = (place.Uncertainty, found.Residual);
        if (!isBetterThere)
        {
            (set.Values[k], set.Roundings[k]) = (place.Value.Value, AfterAll * place.Value.Error);
        }

        return true;

        // f is no lower than its slope lets it be: what is smooth has the same value seen from away.
        bool IsAsLow(ExtrapolatedNewton.Found found) => found.Uncertainty <= LeastKnown * shortest
            && Math.Abs(found.Value.Value - set.Values[k]) - (Inner.Norm([.. found.Point.Zip(origin, (a, b) => a - b)]) * set.Residuals[k]) <= Stationarity.Margin * (found.Value.Error + set.Roundings[k]);
    }

    /// <summary>The middle between sides; where there are none, the point.</summary>
    private double[] Middle(double[] point) => objective.Region.Sides is var (lower, upper)
        ? [.. point.Select((x, i) => objective.Region.Length(i) is { } length ? lower[i] + (0.5 * length) : x)]
        : point;

    /// <summary>Whether polish knows the place to no more than the first quarter of its digits, or so little that ends of one minimum would be told apart, or the value to half of its digits.</summary>
    private bool IsSuspect(PolishedSet set, int k) =>
        !(set.Uncertainties[k] < Math.Min(0.99 * Stationarity.QuarterOfTheDigits * Reach(set.Points.AsSpan(k * d, d)), PointIdentity.Usual * shortest))
        || !(set.Roundings[k] < Stationarity.HalfTheDigits * Math.Abs(set.Values[k]));

    /// <summary>Whether the slope that polish left would show in the value half the digits away, as at a kink, where it is all rounding and no number is too large for it.</summary>
    /// <remarks>What polish says of the value's rounding has in it what that of the slope does on the way to the stationary point, and there is none: it hid all but some of the kinks.</remarks>
    private bool IsSteep(PolishedSet set, int k) => set.Residuals[k] * Stationarity.HalfTheDigits * Reach(set.Points.AsSpan(k * d, d)) > Stationarity.Margin * Stationarity.UnitRoundoff * Math.Abs(set.Values[k]);

    private double Step(double[] point) => Math.ScaleB(Reach(point), Nearness);

    private double Reach(ReadOnlySpan<double> point) => objective.Region.Reach(point);
}
