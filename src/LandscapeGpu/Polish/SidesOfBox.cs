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

    /// <summary>Moves the stationary points of a set that are beside a side and not on it.</summary>
    public void Settle(PolishedSet set)
    {
        if (objective.Region.HasOwnCoordinates || objective.Region.IsWholeSpace)
        {
            return;
        }

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
        var left = new List<int>();
        foreach (var block in beside.Chunk(lanes.Count))
        {
            Look(l => block[l].Point, block.Length);
            left.AddRange(Enumerable.Range(0, block.Length).Where(l => !TrySettle(set, block[l].Item, block[l].Point, lanes, l)).Select(l => block[l].Item));
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

    private bool TrySettle(PolishedSet set, int k, double[] point, Lanes lanes, int lane)
    {
        var (value, rounding) = (lanes.Read(derivatives.Rounded.Value, 0, lane), lanes.Read(derivatives.Rounded.ValueError, 0, lane));
        // Where a derivative is infinite there is no bound: then f has to be as low to the last digit.
        var room = Stationarity.Margin * ((double.IsFinite(rounding) ? rounding : 0) + (double.IsFinite(set.Roundings[k]) ? set.Roundings[k] : 0));
        if (!(value <= set.Values[k] + room))
        {
            return false;
        }

        var gradient = new double[d];
        lanes.Read(derivatives.Rounded.Gradient, lane, gradient);
        var residual = held.FreeNorm(point, gradient);
        point.CopyTo(set.Points.AsSpan(k * d));
        (set.Values[k], set.Roundings[k]) = (value, double.IsFinite(rounding) ? rounding : set.Roundings[k]);
        // A product of an infinite slope and 0 is no number; what was known beside it is.
        set.Residuals[k] = double.IsFinite(residual) ? residual : set.Residuals[k];
        return true;
    }
}
