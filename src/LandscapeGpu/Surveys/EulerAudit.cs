namespace LandscapeGpu.Surveys;

/// <summary>How the sum of (−1)^index compares with the Euler characteristic.</summary>
public enum EulerVerdict
{
    /// <summary>They agree: necessary for a complete list, not sufficient.</summary>
    Satisfied,

    /// <summary>They differ: a stationary point is missing, or an index is wrong.</summary>
    Violated,

    /// <summary>The theorem does not apply here; the reason says why.</summary>
    NotApplicable,
}

/// <summary>The check of completeness that topology gives for free.</summary>
/// <remarks>
/// For a Morse function (no stationary point has a zero eigenvalue) on a compact manifold the sum of (−1)^index over all stationary
/// points is the Euler characteristic; on a box or ball where ∇f points outward all over the boundary it is 1, and elsewhere if
/// the points of its faces that the gradient holds there are counted, by their index within the face (<see cref="BoundaryPoints"/>). Milnor (1963), Morse
/// Theory, §5; Poincaré and Hopf for the boundary: Milnor (1965), Topology from the Differentiable Viewpoint, §6. Pairs of points that
/// are missing together cancel: the check is necessary, not sufficient.
/// </remarks>
public sealed record EulerAudit
{
    private EulerAudit()
    {
    }

    /// <summary>Σ(−1)^index over the points found.</summary>
    public required int Sum { get; init; }

    /// <summary>The Euler characteristic; null where the theorem does not apply.</summary>
    public required int? Expected { get; init; }

    /// <summary>What the count of stationary points says.</summary>
    public required EulerVerdict Verdict { get; init; }

    /// <summary>Why it does not apply, or at how many points of the boundary the gradient was seen to point outward.</summary>
    public required string Basis { get; init; }

    /// <summary>The finding in words.</summary>
    public string Sentence => Verdict switch
    {
        EulerVerdict.Satisfied => $"Euler sum {Sum} = {Expected}: satisfied, which is necessary for a complete list, not sufficient ({Basis}).",
        EulerVerdict.Violated => $"Euler sum {Sum}, not {Expected}: violated, so that a stationary point is missing or misjudged ({Basis}).",
        _ => $"Euler sum {Sum}: not applicable, {Basis}.",
    };

    /// <summary>The same where minima were found at kinks, of which the theorem, about smooth functions, says nothing.</summary>
    internal EulerAudit WithoutGradient => NotApplicable(Sum, "since minima were found at kinks, where f has no gradient");

    /// <summary>The same where the formula's definition ends within the region.</summary>
    internal EulerAudit WithoutValue => NotApplicable(Sum, "since the formula has no finite value in a part of the region, and the theorem is about functions that are defined all over it");

    /// <summary>The same where f has a pole.</summary>
    /// <param name="pole">What f does there.</param>
    internal EulerAudit Cut(string pole) => NotApplicable(Sum, $"since {pole}, and the theorem is about functions that are continuous all over the region: a pole cuts it");

    /// <summary>Compares the sum with an Euler characteristic that is known, such as 1 + (−1)^m of the sphere Sᵐ.</summary>
    public static EulerAudit Against(IReadOnlyList<StationaryPoint> points, int expected, string basis)
    {
        ArgumentNullException.ThrowIfNull(points);
        return Against(points, expected, basis, _ => 1);
    }

    private static EulerAudit Against(IReadOnlyList<StationaryPoint> points, int expected, string basis, Func<StationaryPoint, int> copies)
    {
        var sum = SumOf(points, copies);
        return points.Any(p => !p.HasIndex || p.Kind == StationaryKind.SingularMinimum) && points.All(p => p.Kind != StationaryKind.DegenerateSaddle)
            ? NotApplicable(sum, "the Hessian is not finite at a stationary point, or its index is not known, and the theorem is about smooth functions")
            : points.Any(p => p.FlatDirections > 0)
            ? NotApplicable(sum, "a stationary point has flat directions, and the theorem is about functions without")
            : new() { Sum = sum, Expected = expected, Verdict = sum == expected ? EulerVerdict.Satisfied : EulerVerdict.Violated, Basis = basis };
    }

    /// <param name="objective">The landscape, in the formula's units.</param>
    /// <param name="points">Its stationary points.</param>
    /// <param name="unit">How long a distance is that matters.</param>
    /// <param name="byLocation">Whether points were told apart by their places alone.</param>
    /// <param name="boundary">The points of faces; null where they are too many.</param>
    internal static EulerAudit Of(Objective objective, IReadOnlyList<StationaryPoint> points, double unit, bool byLocation, Func<BoundaryPoints?> boundary)
    {
        var sum = SumOf(points, _ => 1);
        if (!byLocation)
        {
            return NotApplicable(sum, "points were not told apart by location alone");
        }

        var region = objective.Region;
        // Wherever a point of the region is, a coordinate that is held fixed lies on its sides.
        var somewhere = new double[objective.Dimension];
        region.Starts.Draw(1, 0, somewhere);
        if (region.Active(somewhere).Any(side => side.IsFixed))
        {
            return NotApplicable(sum, "coordinates are held fixed, and points where f is level in the others are not stationary in these");
        }

        // Far enough out that every point found is inside; there the growth of f decides.
        var reach = 2 * (unit + points.Select(p => Math.Sqrt(p.Point.Sum(x => x * x))).DefaultIfEmpty(0).Max());
        var (expected, of) = region.EulerCharacteristic(objective.Dimension, reach);
        using var slopes = new PointDerivatives(objective);
        var gradient = new double[objective.Dimension];
        var (looked, isOutwardAllOver) = (0, true);
        foreach (var (point, normal) in region.Boundary(objective.Dimension, reach))
        {
            slopes.Gradient(point, gradient);
            looked++;
            var isOutward = Inner.Product(gradient, normal) > 0;
            if (!isOutward && region.Active(point).Count == 0)
            {
                // Where the set has no end there is no face that could hold a point.
                return NotApplicable(sum, "the gradient does not point outward far out, where the region has no end");
            }

            isOutwardAllOver &= isOutward;
        }

        if (!isOutwardAllOver)
        {
            return boundary() is not { } faces ? NotApplicable(sum, "the gradient does not point outward all over the boundary of the region, whose faces are too many to search")
                : faces.WithoutPush > 0 ? NotApplicable(sum, $"{faces.WithoutPush} of the points on the boundary are held there by no push")
                : points.Concat(faces.Held).Any(p => !p.HasIndex) ? NotApplicable(sum, "the index of a point is not known")
                : Against([.. points, .. faces.Held], expected, $"with {faces.Held.Count} of the points on faces of the {of}: those that the gradient holds there", _ => 1);
        }

        var basis = looked == 0 ? $"the Euler characteristic of {of}" : $"the gradient points outward at all {looked} sampled points of the boundary of the {of}";
        return Against(points, expected, basis, p => region.Copies([.. p.Place]));
    }

    /// <summary>Σ(−1)^index, over the points that have one.</summary>
    private static int SumOf(IReadOnlyList<StationaryPoint> points, Func<StationaryPoint, int> copies) =>
        points.Where(p => p.HasIndex).Sum(p => p.Index % 2 == 0 ? copies(p) : -copies(p));

    private static EulerAudit NotApplicable(int sum, string reason) => new() { Sum = sum, Expected = null, Verdict = EulerVerdict.NotApplicable, Basis = reason };
}
