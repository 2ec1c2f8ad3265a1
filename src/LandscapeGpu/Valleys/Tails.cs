namespace LandscapeGpu.Valleys;

/// <summary>Whether a point that is stationary to rounding is a place on a tail, where slope and curvature fade together, and no point at all.</summary>
/// <param name="objective">The landscape: a box has a lowest point wherever its tails lead.</param>
/// <param name="slopes">The landscape's derivatives.</param>
/// <param name="rounding">Bounds of their rounding.</param>
/// <param name="d">The number of coordinates.</param>
internal sealed class Tails(Objective objective, PointDerivatives slopes, HessianRounding rounding, int d)
{
    /// <summary>Newton's steps in more directions than these take longer than they are worth.</summary>
    public const int MostSettled = 32;

    // Zeros of order 9 and more are seen otherwise.
    private const int MostOrders = 8;

    private readonly Region region = objective.Region;
    private readonly DrownedTail drowned = new(slopes, rounding.GradientBounds, d) { ValueUnit = objective.Units.Value, IsSmooth = !objective.MayTie };
    private readonly FadingFloor floor = new(slopes, rounding.UnsureBounds, d);
    private readonly FadingSlope fading = new(slopes, rounding.GradientBounds, d);
    private readonly double[] gradient = new double[d];

    /// <summary>Whether along coordinates that nothing changes with at the point something does farther away, and fades towards it. A curvature that is no number, as where a power of what has overflowed divides it, is no change.</summary>
    /// <param name="point">The point.</param>
    /// <param name="hessian">d × d there.</param>
    public bool HasUnderflowed(double[] point, double[] hessian)
    {
        slopes.Gradient(point, gradient);
        int[] still = [.. Enumerable.Range(0, d).Where(i => gradient[i] == 0 && Enumerable.Range(0, d).All(j => hessian[(i * d) + j] is 0 or double.NaN))];
        return drowned.HasUnderflowed(point, still)
            && (still.Length == 0 || !IsOpen(point) || Steep(hessian, d) is not { Length: > 0 } steep || floor.IsLeft(point, still, steep));
    }

    /// <summary>Whether what was found at a point is a tail.</summary>
    /// <param name="point">The point.</param>
    /// <param name="hessian">d × d there.</param>
    /// <param name="errors">Bounds of the gradient's rounding.</param>
    /// <param name="held">Coordinates that are held at a bound.</param>
    /// <param name="found">What it is by its Hessian.</param>
    /// <param name="isClear">Whether every eigenvalue is so large that there is no floor.</param>
    public bool HasAt(double[] point, ReadOnlySpan<double> hessian, double[] errors, IReadOnlySet<int> held, PointKinds.Found found, bool isClear) =>
        (fading.IsAt(point, hessian, errors, held) && !IsBesideZero(point, hessian)) || (IsDrowned(point, found, errors) && drowned.IsAt(point)) || (!isClear && IsOnFloor(point, hessian, found))
        || drowned.HasSunk(point, hessian, [.. Enumerable.Range(0, d).Where(i => !held.Contains(i))], rounding.ExactValueBound);

    /// <summary>Whether a slope is known, no zero of it is near, and no curvature changes the value by more than its rounding as far as is looked: signs of curvatures say nothing then.</summary>
    /// <remarks>Beside a model that has underflowed f is like x·exp(ky), with the Hessian of a saddle anywhere. Where a quotient is nearly 0/0 the value's rounding is large at the point alone, and says nothing.</remarks>
    /// <param name="point">What polish holds for stationary, since the value does not show Newton's step.</param>
    /// <param name="hessian">d × d there.</param>
    /// <param name="free">The coordinates that are not held.</param>
    public bool HasOnlySlope(double[] point, ReadOnlySpan<double> hessian, int[] free)
    {
        var (largest, reach) = (0.0, region.Reach(point));
        for (var e = 0; e < free.Length * free.Length; e++)
        {
            largest = Math.Max(largest, Math.Abs(hessian[(free[e / free.Length] * d) + free[e % free.Length]]));
        }

        return 0.5 * largest * reach * reach <= Stationarity.Margin * rounding.ExactValueBound(point)
            && !rounding.IsDrowned(point) && drowned.IsFarFromZero(point, hessian, free);
    }

    /// <summary>Whether a point inside the region, of many coordinates, is a place on a tail: the bends of a floor between many walls are not followed.</summary>
    /// <param name="point">The point.</param>
    /// <param name="hessian">d × d there.</param>
    public bool HasAt(double[] point, double[] hessian)
    {
        if (HasUnderflowed(point, hessian) || fading.IsAt(point, hessian, rounding.GradientBounds(point), new HashSet<int>()))
        {
            return true;
        }

        if (!IsOpen(point))
        {
            return false;
        }

        var steep = Steep(hessian, d);
        return steep.Length <= MostSettled ? floor.IsAt(point, steep) || FadesStraight(point, steep)
            : FarAlong(point, steep) is { } way && (floor.IsAlong(point, way) || HasFaded(point, way));
    }

    /// <summary>The directions of curvature that has at least half the digits against the largest.</summary>
    /// <param name="hessian">d × d.</param>
    /// <param name="d">Its rows.</param>
    /// <param name="flat">How many of them, the least, are known to be rounding: a likelihood of large numbers that cancel has some millionths of the largest.</param>
    public static double[][] Steep(ReadOnlySpan<double> hessian, int d, int flat = 0)
    {
        var basis = SymmetricEigenvalues.Decompose(hessian.ToArray(), d);
        var least = Stationarity.HalfTheDigits * basis.Values.Max(Math.Abs);
        return [.. Enumerable.Range(0, d).OrderBy(k => Math.Abs(basis.Values[k])).Skip(flat).Where(k => Math.Abs(basis.Values[k]) > least).Order().Select(k => basis.Vector(k).ToArray())];
    }

    /// <summary>Whether tails may lead from a point to infinity: what lies on a side is asked on its face.</summary>
    private bool IsOpen(double[] point) => region.HasOpenEnd && region.Active(point).Count == 0;

    /// <summary>Whether the slope is rounding, and no curvature says to half the digits where along its direction the slope is zero.</summary>
    private bool IsDrowned(double[] point, PointKinds.Found found, double[] errors) =>
        IsOpen(point) && found is { Kind: StationaryKind.DegenerateMinimum, Spectrum.FlatDirections: > 0 } && IsAllRounding(point, errors)
        && found.Spectrum.Eigenvalues.Max(Math.Abs) * Stationarity.HalfTheDigits * region.Reach(point) <= Stationarity.Margin * Inner.Norm(errors);

    /// <summary>Whether the slope fades along what is flat: weights into units that have become steps, where output weights have curvature still.</summary>
    private bool IsOnFloor(double[] point, ReadOnlySpan<double> hessian, PointKinds.Found found)
    {
        if (!IsOpen(point) || found.Kind is not (StationaryKind.Minimum or StationaryKind.DegenerateMinimum))
        {
            return false;
        }

        var steep = Steep(hessian, d, found.Spectrum.FlatDirections);
        return floor.IsAt(point, steep) || FadesStraight(point, steep);
    }

    /// <summary>The same of a floor of many dimensions, by how the slope comes out of its rounding along a straight way.</summary>
    private bool FadesStraight(double[] point, double[][] steep) => floor.IsWide(steep) && FarAlong(point, steep) is { } way && HasFaded(point, way);

    private bool HasFaded(double[] point, double[] way) => IsAllRounding(point, rounding.GradientBounds(point)) && drowned.FadesAlong(point, way);

    /// <summary>The way along a floor that nearly all of the point lies along, far out; null where it does not.</summary>
    private static double[]? FarAlong(double[] point, double[][] steep)
    {
        var way = FadingFloor.OnFloor(point, steep);
        var length = Inner.Norm(way);
        if (!(length > 1) || !(length > 0.5 * Inner.Norm(point)))
        {
            return null;
        }

        Inner.Scale(1 / length, way);
        return way;
    }

    private bool IsAllRounding(double[] point, double[] errors)
    {
        slopes.Gradient(point, gradient);
        return Enumerable.Range(0, d).All(i => Stationarity.IsZero(gradient[i], errors[i]));
    }

    /// <summary>Whether a zero of the slope lies within a rounding of the coordinates, which counts for the point: beside the floor of x⁴(1 + y²) the slope fades along y however near it is.</summary>
    /// <remarks>Where n derivatives vanish along a coordinate, n of Newton's steps lead to the zero. No slope may be left that was there: one along a floor is not the walls'.</remarks>
    private bool IsBesideZero(double[] point, ReadOnlySpan<double> hessian)
    {
        slopes.Gradient(point, gradient);
        var (before, steps) = (gradient.ToArray(), new double[d]);
        for (var i = 0; i < d; i++)
        {
            var step = gradient[i] == 0 ? 0 : -gradient[i] / hessian[(i * d) + i];
            steps[i] = Math.Abs(step) <= Stationarity.Margin * Stationarity.UnitRoundoff * Math.Max(1, Math.Abs(point[i])) ? step : 0;
        }

        return steps.Any(s => s != 0) && Enumerable.Range(1, MostOrders).Any(n =>
        {
            slopes.Gradient([.. point.Zip(steps, (x, s) => x + (n * s))], gradient);
            return before.Zip(gradient).All(g => Math.Abs(g.Second) <= Stationarity.HalfTheDigits * Math.Abs(g.First));
        });
    }
}
