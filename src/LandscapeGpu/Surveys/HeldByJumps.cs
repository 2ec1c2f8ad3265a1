namespace LandscapeGpu.Surveys;

/// <summary>Endpoints that a jump stopped: descent came to its low side, from which f rises at once, and polish knows of no jump and steps over it.</summary>
/// <remarks>
/// A jump does not shrink with the distance: between neighbouring numbers f changes by as much as it does, beyond what slopes explain, over the way that was searched. In single precision a point may have been on
/// the low side by the rounding of a condition, and is on the high side as a double; then the low side is beside it along a coordinate.
/// </remarks>
/// <param name="objective">Whose endpoints they are.</param>
/// <param name="bits">The width of vectors; null for the widest there is.</param>
internal sealed class HeldByJumps(Objective objective, int? bits)
{
    // From where descents in single precision stop before a jump, each a tenth as far: a jump that is low beside what f falls by over one of them shows over a shorter one.
    private const int Decades = 9;

    private readonly double[] scale = RegionScale.Of(objective);
    private (double[] Points, double[] Bounds) last = ([], []);
    private readonly double[] distances = [.. Enumerable.Range(0, Decades).Reverse().Select(k => LostEndpoints.Near * Math.Pow(10, -k))];

    /// <summary>Whether there can be such endpoints, and minima at jumps are searched for.</summary>
    public static bool Has(Objective objective) => objective.Dimension <= KinkSearch.MostCoordinates && Smoothness.MayJump(objective.Value);

    /// <summary>Of long formulas whose branches meet, as those of networks are, the looks would take longer than all descents.</summary>
    private static bool IsLooked(Objective objective, int? bits) => Has(objective) && Derivatives.Of(objective, bits).SlopeFlops <= KinkSearch.SmallFormula;

    /// <summary>Puts those endpoints back that a jump stopped and that polish took away, and leads those on that stand on a jump down; what is on the high side by rounding goes onto the nearest number on the low side.</summary>
    /// <param name="objective">Whose endpoints they are.</param>
    /// <param name="bits">The width of vectors; null for the widest there is.</param>
    /// <param name="points">Where descents ended: count × d coordinates; those of endpoints on the far side by rounding are moved.</param>
    /// <param name="hasConverged">Which of them by a short gradient.</param>
    /// <param name="set">What polish made of them.</param>
    /// <param name="polish">Polishes points, so many.</param>
    public static void Settle(Objective objective, int? bits, double[] points, Func<int, bool> hasConverged, PolishedSet set, Func<double[], int, PolishedSet> polish)
    {
        if (IsLooked(objective, bits))
        {
            using var values = new MirroredValues(objective, bits);
            var jumps = new HeldByJumps(objective, bits);
            jumps.Hold(values, points, [.. Enumerable.Range(0, set.Count).Where(k => !hasConverged(k))], set);
            jumps.LeadOn(values, set, polish);
        }
    }

    /// <summary>Whether a step may pass a jump, by what lies in its middle.</summary>
    public static bool MayPass(Place from, Place middle, Place to) => Leap(from, to) is > 0 and var leap && JumpSides.IsJump(Math.Max(Leap(from, middle), Leap(middle, to)), leap);

    /// <summary>The last number before a jump up that a step passes; null where it passes none.</summary>
    public double[]? BeforeRise(MirroredValues values, Place from, Place to) => Between(values, from, to) is { } jump && jump.Far.Value > jump.Near.Value ? jump.Near.Point : null;

    /// <summary>The highest value just beyond a jump up that a way of straight pieces passes; −∞ where it passes none.</summary>
    /// <param name="values">The landscape.</param>
    /// <param name="way">Where pieces end.</param>
    /// <param name="looks">In how many parts it is looked at each, so that what is thinner than a piece is not passed unseen.</param>
    public double HighestRise(MirroredValues values, IReadOnlyList<double[]> way, int looks)
    {
        double[][] points = [way[0], .. way.Zip(way.Skip(1)).SelectMany(piece => Enumerable.Range(1, looks).Select(k => piece.First.Zip(piece.Second, (x, y) => x + ((double)k / looks * (y - x))).ToArray()))];
        var places = Looks(values, points);
        return places.Zip(places.Skip(1), (from, to) => Between(values, from, to)).Select(jump => jump is { } rise && rise.Far.Value > rise.Near.Value ? rise.Far.Value : double.NegativeInfinity).Max();
    }

    /// <summary>Whether none of some stationary points stands on a jump down.</summary>
    public static bool Confirms(Objective objective, int? bits, PolishedSet set)
    {
        if (!IsLooked(objective, bits))
        {
            return true;
        }

        using var values = new MirroredValues(objective, bits);
        return new HeldByJumps(objective, bits).OnBrinks(values, set).Length == 0;
    }

    /// <summary>Leads those down that stand on a jump down: f falls there at once.</summary>
    private void LeadOn(MirroredValues values, PolishedSet set, Func<double[], int, PolishedSet> polish)
    {
        // Each time the value falls by a jump.
        for (var brinks = OnBrinks(values, set); brinks.Length > 0; brinks = OnBrinks(values, set, [.. brinks.Select(b => b.Item)]))
        {
            var lower = polish([.. brinks.SelectMany(b => b.Below)], brinks.Length);
            for (var k = 0; k < brinks.Length; k++)
            {
                set.Take(brinks[k].Item, lower, k);
                set.Endless[brinks[k].Item] = lower.Endless[k];
            }

            (set.Evaluations, set.Bounded) = (set.Evaluations + lower.Evaluations, set.Bounded + lower.Bounded);
        }
    }

    /// <summary>Which stationary points stand on a jump down, each with the place below it.</summary>
    /// <remarks>Restarts come to the same points again and again: of one value one is looked at, and the others where that stands on a jump.</remarks>
    private (int Item, double[] Below)[] OnBrinks(MirroredValues values, PolishedSet set, int[]? some = null)
    {
        int[] items = [.. (some ?? [.. Enumerable.Range(0, set.Count)]).Where(k => set.Stationary[k])];
        var unseen = Stationarity.HalfTheDigits * items.Select(k => Math.Abs(set.Values[k])).DefaultIfEmpty(0).Max();
        return [.. items.GroupBy(k => unseen == 0 ? 0 : Math.Round(set.Values[k] / unseen)).Where(same => Below(same.First()) is not null).SelectMany(same => same)
            .Select(k => (Item: k, Below: Below(k))).Where(found => found.Below is not null).Select(found => (found.Item, found.Below!.Point))];

        Place? Below(int k) => BeyondBrink(values, set.Points.AsSpan(k * set.Dimension, set.Dimension).ToArray(), set.Uncertainties[k]);
    }

    /// <summary>Where f jumps down beside a stationary point, as far as its place is known: it is no minimum, and only descent along the gradient stops there.</summary>
    private Place? BeyondBrink(MirroredValues values, double[] point, double uncertainty)
    {
        double[] reaches = [.. point.Select((x, i) => Stationarity.Margin * ((double.IsFinite(uncertainty) ? uncertainty : 0) + (Stationarity.UnitRoundoff * Math.Abs(x))) / scale[i])];
        var looks = Looks(values, [point, .. Axes().Select((axis, k) => Moved(point, axis, reaches[k / 2]))]);
        return looks.Skip(1).Select(far => Between(values, looks[0], far)).FirstOrDefault(jump => jump is { } brink && brink.Far.Value < brink.Near.Value)?.Far;
    }

    private IEnumerable<double[]> Axes() => Enumerable.Range(0, 2 * scale.Length).Select(k => (double[])[.. scale.Select((_, i) => i != k / 2 ? 0.0 : k % 2 == 0 ? 1 : -1)]);

    private void Hold(MirroredValues values, double[] points, int[] stopped, PolishedSet set)
    {
        var d = scale.Length;
        foreach (var k in stopped)
        {
            var from = points.AsSpan(k * d, d).ToArray();
            values.Inside(from);
            // What stopped within a step of where polish came to was stopped by rounding.
            if (set.Stationary[k] && KinkSearch.Apart(from, set.Points.AsSpan(k * d, d), scale) <= distances[^1])
            {
                continue;
            }

            // What polish has found nearer than the far side of a jump is what stopped the descent.
            if (LowSide(values, Look(values, from)) is { } held
                && !(set.Stationary[k] && KinkSearch.Apart(held.Point, from, scale) is > 0 and var across && KinkSearch.Apart(from, set.Points.AsSpan(k * d, d), scale) <= across))
            {
                held.Point.CopyTo(points, k * d);
                held.Point.CopyTo(set.Points, k * d);
                (set.Values[k], set.Roundings[k], set.Residuals[k]) = (held.Value, RoundingsAt(held, held)[0], Inner.Norm(held.Slope));
                (set.Stationary[k], set.Endless[k], set.OnFloor[k]) = (false, false, false);
            }
        }
    }

    /// <summary>The place before a jump that stopped a descent: where it ended, or the number beside that on the low side; null where there is none.</summary>
    private Place? LowSide(MirroredValues values, Place from)
    {
        if (!double.IsFinite(from.Value) || !from.Slope.All(double.IsFinite))
        {
            return null;
        }

        if (IsHeld(values, from))
        {
            return from;
        }

        foreach (var axis in Axes())
        {
            if (Jump(values, from, axis, distances) is { } jump && jump.Far.Value < jump.Near.Value
                && Look(values, [.. from.Point.Zip(jump.Far.Point, (x, y) => x + (2 * (y - x)))]) is var low && IsHeld(values, low))
            {
                // As far before the jump as it was beyond: on the edge itself no straight way along it is known to stay on the low side.
                return low;
            }
        }

        return null;
    }

    /// <summary>Whether a jump up comes next, down the slope from a place.</summary>
    private bool IsHeld(MirroredValues values, Place from)
    {
        double[] down = [.. from.Slope.Select((g, i) => -g * scale[i])];
        var length = Inner.Norm(down);
        return length > 0 && Jump(values, from, [.. down.Select(e => e / length)], distances) is { } jump && jump.Far.Value > jump.Near.Value
            && Inner.Product([.. jump.Near.Slope.Select((g, i) => g * scale[i])], down) < 0;
    }

    /// <summary>The nearest jump from a place along a unit vector, as the neighbouring numbers that it lies between.</summary>
    /// <param name="values">The landscape.</param>
    /// <param name="from">The place.</param>
    /// <param name="way">d entries, in units of the scale.</param>
    /// <param name="looks">How far off it is looked, the nearest first.</param>
    private (Place Near, Place Far)? Jump(MirroredValues values, Place from, double[] way, double[] looks)
    {
        var near = from;
        foreach (var far in Looks(values, [.. looks.Select(distance => Moved(from.Point, way, distance))]))
        {
            if (Between(values, near, far) is { } jump)
            {
                return jump;
            }

            near = far;
        }

        return null;
    }

    /// <summary>The neighbouring numbers that a jump between two places lies between; null where slopes explain what f changes by.</summary>
    private (Place Near, Place Far)? Between(MirroredValues values, Place near, Place far)
    {
        var (leap, least) = (Leap(near, far), Leap(near, far));
        var (a, b) = (near, far);
        // What slopes explain nearer by is none; of a jump it stays as much.
        var noise = Stationarity.Margin * Stationarity.UnitRoundoff * (Math.Abs(near.Value) + Math.Abs(far.Value));
        while (least > noise && JumpSides.IsJump(least, leap) && Between(a.Point, b.Point) is { } middle)
        {
            var there = Look(values, middle);
            (a, b) = Leap(a, there) >= Leap(there, b) ? (a, there) : (there, b);
            least = Leap(a, b);
        }

        return least > noise && JumpSides.IsJump(least, leap) && least > Stationarity.Margin * RoundingsAt(a, b).Sum() ? (a, b) : null;
    }

    /// <summary>By how much more f changes between two places than slopes do that lie between those at both.</summary>
    private static double Leap(Place a, Place b)
    {
        double first = 0, last = 0;
        for (var i = 0; i < a.Point.Length; i++)
        {
            var step = b.Point[i] - a.Point[i];
            (first, last) = (first + (a.Slope[i] * step), last + (b.Slope[i] * step));
        }

        var change = b.Value - a.Value;
        return Math.Max(change - Math.Max(first, last), Math.Min(first, last) - change);
    }

    private static double[]? Between(double[] a, double[] b)
    {
        double[] middle = [.. a.Zip(b, (x, y) => x + (0.5 * (y - x)))];
        return middle.AsSpan().SequenceEqual(a) || middle.AsSpan().SequenceEqual(b) ? null : middle;
    }

    private double[] Moved(double[] point, double[] way, double distance) => [.. point.Select((x, i) => x + (distance * scale[i] * way[i]))];

    /// <summary>How well f is known at two places; many restarts come to the same.</summary>
    private double[] RoundingsAt(Place a, Place b)
    {
        double[] both = [.. a.Point, .. b.Point];
        if (!both.AsSpan().SequenceEqual(last.Points))
        {
            last = (both, new RoundingTest(objective, Derivatives.Of(objective, bits), 1).ExactBounds(both, 2));
        }

        return last.Bounds;
    }

    private static Place Look(MirroredValues values, double[] point) => Looks(values, [point])[0];

    private static Place[] Looks(MirroredValues values, double[][] points)
    {
        var d = values.Dimension;
        var (found, slopes) = (new double[points.Length], new double[points.Length * d]);
        values.At([.. points.SelectMany(p => p)], found, slopes);
        return [.. points.Select((p, k) => new Place(p, found[k], slopes[(k * d)..((k + 1) * d)]))];
    }

    /// <summary>A point with f and ∇f.</summary>
    internal sealed record Place(double[] Point, double Value, double[] Slope);
}
