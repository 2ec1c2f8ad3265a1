namespace LandscapeGpu.Valleys;

// Points that sides of the region hold.
internal sealed partial class PointKinds
{
    private readonly Dictionary<string, (PointKinds Kinds, LaneHessians Hessians)> faces = [];

    /// <summary>Takes out of the gradient what is there across bounds by the rounding of the place alone.</summary>
    private void Level(double[] point, ReadOnlySpan<double> hessian)
    {
        foreach (var side in derivatives.Normals > 0 ? [] : objective.Region.Active(point))
        {
            if (side.Coordinate is { } i && IsOfPlace(point, gradient, i, hessian.Slice(i * d, d)))
            {
                gradient[i] = 0;
            }
        }
    }

    /// <summary>Whether a slope along a coordinate is there by the rounding of the place alone, by the coordinate's row of the Hessian.</summary>
    public bool IsOfPlace(double[] point, double[] gradient, int i, ReadOnlySpan<double> row) => place.IsAllOf(point, gradient, i, row);

    /// <summary>What a point is on the face that bounds hold it on, where f has derivatives there and none off it, as beside an infinite slope.</summary>
    private Found? OnFace(double[] point, Span<double> hessian, IReadOnlyList<ActiveConstraint> sides, HashSet<int> held)
    {
        if (held.Count == 0 || held.Count == d || objective.Region.Sides is null)
        {
            return null;
        }

        int[] free = [.. Enumerable.Range(0, d).Where(i => !held.Contains(i))];
        if (Along(point, held, free) is not var (found, onFace))
        {
            return null;
        }

        for (var e = 0; e < onFace.Length; e++)
        {
            hessian[(free[e / free.Length] * d) + free[e % free.Length]] = onFace[e];
        }

        // The face's own sides are those of its coordinates, in the same order.
        int[] open = [.. Enumerable.Range(0, sides.Count).Where(k => sides[k].Coordinate is { } i && !held.Contains(i))];
        int[] all = [.. Enumerable.Range(0, sides.Count).Where(k => !sides[k].IsFixed && (!open.Contains(k) || found.Held.Contains(Array.IndexOf(open, k))))];
        return new(found.Spectrum, Classification.OnFace(found.Kind), all);
    }

    /// <summary>The coordinates that bounds hold.</summary>
    private HashSet<int> HeldBy(IReadOnlyList<ActiveConstraint> sides) => [.. sides.Where(s => s.IsFixed || s.Holds(gradient)).Select(s => s.Coordinate).OfType<int>()];

    /// <summary>Whether derivatives are numbers, and their rounding has a bound, along coordinates that no bound holds.</summary>
    private bool IsKnown(ReadOnlySpan<double> hessian, double[] bounds, IReadOnlyList<ActiveConstraint> sides, HashSet<int> held)
    {
        for (var e = 0; e < d * d; e++)
        {
            // Inside nobody asks for the slope of a point that is stationary, as of x/tanh x at 0.
            if (!held.Contains(e / d) && !held.Contains(e % d) && !(double.IsFinite(hessian[e]) && double.IsFinite(bounds[e]) && (sides.Count == 0 || double.IsFinite(gradient[e / d]))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether bounds hold a point that the formula has no derivative at, as where pieces of it tie in a corner, by slopes beside it, and f is nowhere lower around; the gradient then has these slopes.</summary>
    private bool IsHeldAllRound(double[] point)
    {
        double[] own = [.. gradient];
        if (objective.Region.Sides is null || objective.Region.HasOwnCoordinates || !beside.Value.Complete(point, gradient))
        {
            return false;
        }

        var isLowest = IsLowestBeside(point);
        (isLowest ? gradient : own).CopyTo(gradient, 0);
        return isLowest;
    }

    /// <summary>Whether f is nowhere lower beside a point within the region.</summary>
    private bool IsLowestBeside(double[] point) => beside.Value.IsLowest(point, slopes.Value(point), Stationarity.Margin * rounding.ExactValueBound(point));

    /// <summary>Whether a point is on a ball's surface, which is one in the coordinates' own unit only.</summary>
    private bool IsOnCurvedSide(double[] point) => objective.Region.Active(point).Any(side => side.Coordinate is null);

    /// <summary>Whether a point on sides is a place on a tail that leads to infinity along them.</summary>
    private bool IsTailAlong(double[] point, IReadOnlyList<ActiveConstraint> sides)
    {
        var on = sides.Select(s => s.First).ToHashSet();
        return on.Count > 0 && on.Count < d && Along(point, on, [.. Enumerable.Range(0, d).Where(i => !on.Contains(i))])?.Found.Kind == StationaryKind.Tail;
    }

    /// <summary>What a point is with coordinates held where they are, and the Hessian of the others; null where that is not finite.</summary>
    private (Found Found, double[] Hessian)? Along(double[] point, HashSet<int> held, int[] free)
    {
        var name = string.Join(' ', held.Order().Select(i => FormattableString.Invariant($"{i} {point[i]:R}")));
        if (!faces.TryGetValue(name, out var face))
        {
            var own = objective.OnFace(free, point).Objective;
            var program = Derivatives.Of(own, derivatives.Bits);
            faces.Add(name, face = (new(own, program), new(program, own)));
        }

        double[] there = [.. free.Select(i => point[i])];
        var hessian = face.Hessians.At(there);
        return hessian.All(double.IsFinite) ? (face.Kinds.Of(there, hessian, SymmetricEigenvalues.Of(hessian, free.Length)), hessian) : null;
    }

    private Found OnSides(double[] point, ReadOnlySpan<double> hessian, ReadOnlySpan<double> kept, double[] bounds, IReadOnlyList<ActiveConstraint> sides, double[] gradientBounds)
    {
        // What is along a coordinate that is held may be infinite, and is struck out.
        double[] form = [.. hessian.ToArray().Select(h => double.IsFinite(h) ? h : 0)];
        double[] sure = [.. kept.ToArray().Select(h => double.IsFinite(h) ? h : 0)];
        double[] room = [.. bounds.Select(b => double.IsFinite(b) ? b : 0)];

        // A ball's side is one in the coordinates' own unit only.
        var isCurved = sides.Any(s => s.Normal.Length > 1);
        var scale = isCurved ? Ones(d) : RoundedScaling.Of(sure, room, d);
        // Where f is straight all curvature is the surface's.
        var size = isCurved && sides.Select(s => s.Curvature * Math.Abs(s.Multiplier(gradient))).Append(sure.Max(Math.Abs)).Max() is > 0 and var largest ? largest : 1;
        double[] slope = [.. gradient.Zip(scale, (g, s) => g * s / size)];
        // Where the whole of a ball's surface is level, its curvature and f's cancel but for what the push and their sum are rounded by.
        var cancelled = sides.Where(s => s.Normal.Length > 1).Sum(side =>
            (Stationarity.Margin * side.Curvature * side.Normal.Select((n, i) => double.IsFinite(gradientBounds[side.First + i]) ? Math.Abs(n) * gradientBounds[side.First + i] : 0).Sum())
            + (Stationarity.SumOfRoundings * (size + Math.Abs(side.Curvature * side.Multiplier(gradient)))));
        var rounding = ((Stationarity.Margin * RoundedScaling.RowSum(room, scale)) + cancelled) / size;
        var tolerance = new ZeroTolerance
        {
            Relative = Stationarity.HalfTheDigits,
            // Rounding that has no bound hides all curvature.
            Absolute = rounding <= double.MaxValue ? rounding : double.MaxValue,
        };
        var threshold = Stationarity.Margin * gradientBounds.Zip(scale, (b, s) => double.IsFinite(b) ? b * s / size : 0).Max();
        var pushes = isCurved ? null : PushRoundings();
        var decided = Classification.OnSides([.. Equilibration.Apply(scale, sure).Select(h => h / size)], slope, sides, tolerance, threshold, pushes);
        var shown = isCurved ? [.. decided.Spectrum.Eigenvalues.Select(l => l * size)] : Classification.OnSides(form, slope, sides, tolerance, threshold, pushes).Spectrum.Eigenvalues.ToArray();
        int[] left = [.. Enumerable.Range(0, d).Except(sides.Where((s, k) => s.IsFixed || decided.Held.Contains(k)).Select(s => s.First))];
        // What seems flat beside the largest curvature has one of its own, as inside the region.
        if (!isCurved && decided.Spectrum is { IsKnown: true, FlatDirections: > 0 } && left.Length == d - sides.Count && left.Length > 0
            && Resolved(point, [.. left.SelectMany(i => left.Select(j => form[(i * d) + j]))], left, Spectrum.Of(shown, decided.Spectrum.Index, decided.Spectrum.FlatDirections)) is { } resolved)
        {
            return new(resolved.Spectrum, Classification.KindOf(resolved.Spectrum, decided.Held.Count, decided.Released.Count), decided.Held);
        }

        if (!isCurved && decided.Spectrum.FlatDirections == 0)
        {
            shown = GradedEigenvalues.Mended([.. left.SelectMany(i => left.Select(j => form[(i * d) + j]))], shown, decided.Spectrum.Index);
        }

        return new(Spectrum.Of(shown, decided.Spectrum.Index, decided.Spectrum.FlatDirections), decided.Kind, decided.Held);

        // What a push is rounded by, and what the other coordinates, where they are not quite stationary, do to it: one that has nearly underflowed is not measured by the rounding of another coordinate's slope.
        double[] PushRoundings()
        {
            var scaled = Equilibration.Apply(scale, sure);
            var left = Math.Max(threshold, 2 * slope.Where((_, i) => sides.All(s => s.First != i)).Select(Math.Abs).DefaultIfEmpty(0).Max());
            return [.. sides.Select(s => s.First).Select(i => (double.IsFinite(gradientBounds[i]) ? Stationarity.Margin * gradientBounds[i] * scale[i] / size : 0)
                + (left * Math.Min(1, Enumerable.Range(0, d).Where(j => j != i).Sum(j => Math.Abs(scaled[(i * d) + j])) / size)))];
        }
    }
}
