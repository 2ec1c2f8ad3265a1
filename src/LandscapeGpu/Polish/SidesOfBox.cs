namespace LandscapeGpu.Polish;

/// <summary>Puts points that lie within a rounding of bounds of coordinates onto them, where f is as low there.</summary>
/// <remarks>
/// Such a point counts as on the side (<see cref="Region.Active"/>) and is shown there; beside an infinite slope, as of √x at 0, f is another on the side itself, and beside a
/// flat one what pushes the point is rounding. What is shown and decided is what f is where the point is said to be.
/// </remarks>
internal sealed class SidesOfBox(Objective objective, Derivatives derivatives)
{
    private readonly int d = derivatives.Dimension;
    private readonly HeldSides held = new(objective.Region, derivatives.Dimension);

    // For each set of coordinates that bounds hold, and where they are, polish of the others: each is compiled.
    private const int MostFaces = 64;
    private readonly Dictionary<string, LanePolish> faces = [];

    // What became of places: restarts come to one corner again and again. Where they come to ever others it is of no use to keep them.
    private const int MostKnown = 4096;
    private readonly Dictionary<string, PolishedSet> known = [];

    /// <summary>Finds those that bounds hold by slopes beside them, where the derivative itself is no number, or that of the other side: on the face that is left they are stationary, and f is higher beside them.</summary>
    private void Hold(PolishedSet set)
    {
        int[] left = objective.Region.Sides is null || objective.Surface is not null ? []
            : [.. Enumerable.Range(0, set.Count).Where(k => !set.Stationary[k] && !set.Endless[k] && objective.Region.Active(set.Points.AsSpan(k * d, d)).Count > 0)];
        if (left.Length == 0)
        {
            return;
        }

        using var beside = new SlopesBesideSides(objective, derivatives.Bits);
        using var lanes = objective.OnLanes(derivatives.Rounded.Slope);
        var (gradient, errors) = (new double[d], new double[d]);
        foreach (var k in left)
        {
            var point = objective.Region.Shown(set.Points.AsSpan(k * d, d));
            derivatives.Rounded.WriteExact(lanes, 0, point);
            lanes.Run();
            lanes.Read(derivatives.Rounded.Gradient, 0, gradient);
            lanes.Read(derivatives.Rounded.GradientError, 0, errors);
            if (!double.IsFinite(lanes.Read(derivatives.Rounded.Value, 0, 0)) || !beside.AreAskedAt(point, gradient, errors))
            {
                continue;
            }

            Take(set, k, point, () => beside.Complete(point, gradient), gradient, beside, lanes);
        }
    }

    /// <summary>Takes what is lowest on the face that sides hold a point to, if they do, in place of an item that is no lower.</summary>
    private void Take(PolishedSet set, int k, double[] point, Func<bool> isHeld, double[] gradient, SlopesBesideSides beside, Lanes lanes)
    {
        var name = string.Join(' ', point.Select(x => x.ToString("R", CultureInfo.InvariantCulture)));
        if (!known.TryGetValue(name, out var found))
        {
            if (known.Count == MostKnown)
            {
                known.Clear();
            }

            known[name] = found = new(d, 1);
            if (isHeld())
            {
                Settle(found, point, gradient, beside, lanes);
            }
        }

        if (found.Stationary[0] && double.IsFinite(found.Values[0]) && !(found.Values[0] > set.Values[k] + (Stationarity.Margin * found.Roundings[0])))
        {
            set.Take(k, found, 0);
        }
    }

    /// <summary>Polishes along their face those that were put onto sides where slopes along these are no numbers, as that of √(x₀x₁) at x₁ = 0: beside it another slope had made up for that.</summary>
    private void Along(PolishedSet set, List<int> items)
    {
        using var beside = new SlopesBesideSides(objective, derivatives.Bits);
        using var lanes = objective.OnLanes(derivatives.Rounded.Slope);
        var gradient = new double[d];
        foreach (var k in items)
        {
            var point = set.Points.AsSpan(k * d, d).ToArray();
            derivatives.Rounded.WriteExact(lanes, 0, point);
            lanes.Run();
            lanes.Read(derivatives.Rounded.Gradient, 0, gradient);
            Take(set, k, point, () => held.HoldingAt(point, gradient).Any(), gradient, beside, lanes);
        }
    }

    private void Settle(PolishedSet found, double[] point, double[] gradient, SlopesBesideSides beside, Lanes lanes)
    {
        var on = held.HoldingAt(point, gradient).Select(side => side.Coordinate).OfType<int>().ToHashSet();
        int[] free = [.. Enumerable.Range(0, d).Where(i => !on.Contains(i))];
        found.Residuals[0] = 0;
        if (free.Length > 0)
        {
            var name = string.Join(' ', on.Order().Select(i => FormattableString.Invariant($"{i} {point[i]:R}")));
            if (!faces.TryGetValue(name, out var face))
            {
                if (faces.Count == MostFaces)
                {
                    return;
                }

                var own = objective.OnFace(free, point).Objective;
                faces.Add(name, face = new(own, Derivatives.Of(own, derivatives.Bits), 1));
            }

            var polished = face.Run(free.Select(i => point[i]).ToArray(), 1);
            if (!polished.Stationary[0])
            {
                return;
            }

            for (var k = 0; k < free.Length; k++)
            {
                point[free[k]] = polished.Points[k];
            }

            (found.Residuals[0], found.Uncertainties[0]) = (polished.Residuals[0], polished.Uncertainties[0]);
        }

        point.CopyTo(found.Points, 0);
        derivatives.Rounded.WriteExact(lanes, 0, point);
        lanes.Run();
        var (value, rounding) = (lanes.Read(derivatives.Rounded.Value, 0, 0), lanes.Read(derivatives.Rounded.ValueError, 0, 0));
        // Where a derivative is infinite there is no bound.
        rounding = double.IsFinite(rounding) ? rounding : Stationarity.UnitRoundoff * Math.Abs(value);
        (found.Values[0], found.Roundings[0]) = (value, rounding);
        found.Stationary[0] = beside.IsLowest(point, value, Stationarity.Margin * rounding);
    }

    /// <summary>Moves the stationary points of a set that are beside a side and not on it, finds those that sides hold by slopes beside them, and lets go of those that they hold by one piece of a tie.</summary>
    public void Settle(PolishedSet set)
    {
        if (objective.Region.HasOwnCoordinates || objective.Region.IsWholeSpace)
        {
            return;
        }

        Hold(set);
        Onto(set);
        LetGo(set);
    }

    /// <summary>Lets go of points that a bound holds by the slope of one piece of a tie, as of min(1, 1 − x₀) + 0.1x₀ at x₀ = 0, where the other leads down: a step onto the bound stops there.</summary>
    private void LetGo(PolishedSet set)
    {
        int[] held = !objective.MayTie || objective.Region.Sides is null ? [] : [.. Enumerable.Range(0, set.Count).Where(k => set.Stationary[k] && objective.Region.Active(set.Points.AsSpan(k * d, d)).Count > 0)];
        if (held.Length == 0)
        {
            return;
        }

        using var beside = new SlopesBesideSides(objective, derivatives.Bits);
        foreach (var k in held)
        {
            set.Stationary[k] = !beside.LeadInwards(objective.Region.Shown(set.Points.AsSpan(k * d, d)), set.Values[k], Stationarity.Margin * set.Roundings[k]);
        }
    }

    private void Onto(PolishedSet set)
    {
        var beside = new List<(int Item, double[] Point)>();
        for (var k = 0; k < set.Count; k++)
        {
            if (set.Stationary[k] && OnSides(set.Points.AsSpan(k * d, d)) is { Length: > 0 } settled)
            {
                beside.Add((k, settled));
            }
        }

        if (beside.Count == 0)
        {
            return;
        }

        using var lanes = objective.OnLanes(derivatives.Rounded.Slope);
        var (left, unsloped) = (new List<int>(), new List<int>());
        foreach (var block in beside.Chunk(lanes.Count))
        {
            Look(l => block[l].Point, block.Length);
            left.AddRange(Enumerable.Range(0, block.Length).Where(l => !TrySettle(set, block[l].Item, block[l].Point, lanes, l, unsloped)).Select(l => block[l].Item));
        }

        foreach (var block in left.Chunk(lanes.Count))
        {
            Look(l => set.Points.AsSpan(block[l] * d, d).ToArray(), block.Length);
            for (var l = 0; l < block.Length; l++)
            {
                set.Stationary[block[l]] = !FallsInwards(set.Points.AsSpan(block[l] * d, d), lanes, l);
                set.Roundings[block[l]] += Besides(set.Points.AsSpan(block[l] * d, d), lanes, l);
            }
        }

        if (unsloped.Count > 0)
        {
            Along(set, unsloped);
        }

        void Look(Func<int, double[]> point, int count)
        {
            for (var l = 0; l < lanes.Count; l++)
            {
                derivatives.Rounded.WriteExact(lanes, l, point(Math.Min(l, count - 1)));
            }

            lanes.Run();
        }
    }

    /// <summary>The point on the sides that it lies beside; nothing where there are none that it is not on.</summary>
    private double[] OnSides(ReadOnlySpan<double> point)
    {
        if (objective.Region.Active(point) is not { Count: > 0 } sides || !sides.Any(side => side.Coordinate is not null))
        {
            return [];
        }

        var settled = objective.Region.Shown(point);
        return settled.AsSpan().SequenceEqual(point) ? [] : settled;
    }

    /// <summary>Whether f falls from a side inwards: of x − log x at 1e-17 a rounding of x hides the slope, and the place is none to stop at.</summary>
    private bool FallsInwards(ReadOnlySpan<double> point, Lanes lanes, int lane)
    {
        foreach (var side in objective.Region.Active(point).Where(side => side.Coordinate is not null))
        {
            var (slope, error) = (side.Normal[0] * lanes.Read(derivatives.Rounded.Gradient, side.First, lane), lanes.Read(derivatives.Rounded.GradientError, side.First, lane));
            if (!side.IsFixed && slope > Stationarity.Margin * error)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Twice what the value changes by, to the first order, from a point to the sides that it is shown on: of −x log x, which is no number at 0, each restart stops at another value beside it.</summary>
    private double Besides(ReadOnlySpan<double> point, Lanes lanes, int lane)
    {
        var (shown, change) = (objective.Region.Shown(point), 0.0);
        for (var i = 0; i < d; i++)
        {
            change += shown[i] == point[i] ? 0 : 2 * Math.Abs(lanes.Read(derivatives.Rounded.Gradient, i, lane) * (shown[i] - point[i]));
        }

        return double.IsFinite(change) ? change : 0;
    }

    private bool TrySettle(PolishedSet set, int k, double[] point, Lanes lanes, int lane, List<int> unsloped)
    {
        var (value, rounding) = (lanes.Read(derivatives.Rounded.Value, 0, lane), lanes.Read(derivatives.Rounded.ValueError, 0, lane));
        // Where a derivative is infinite there is no bound: then f has to be as low to the last digit.
        var room = Stationarity.Margin * ((double.IsFinite(rounding) ? rounding : 0) + (double.IsFinite(set.Roundings[k]) ? set.Roundings[k] : 0));
        // Beside a pole on a side f is no number there, and no minimum.
        if (!(double.IsFinite(value) && value <= set.Values[k] + room))
        {
            return false;
        }

        var gradient = new double[d];
        lanes.Read(derivatives.Rounded.Gradient, lane, gradient);
        var residual = held.FreeNorm(point, gradient);
        point.CopyTo(set.Points.AsSpan(k * d));
        (set.Values[k], set.Roundings[k]) = (value, double.IsFinite(rounding) ? rounding : set.Roundings[k]);
        // A product of an infinite slope and 0 is no number; what was known beside it is.
        if (double.IsFinite(residual))
        {
            set.Residuals[k] = residual;
        }
        else
        {
            unsloped.Add(k);
        }

        return true;
    }
}
