namespace LandscapeGpu.Surveys;

/// <summary>Groups of endpoints that are one stationary point.</summary>
/// <param name="Clusters">For each point, the group that shows it best and how many restarts ended there.</param>
/// <param name="ClusterOf">For each group, which point it belongs to.</param>
/// <param name="Margin">How clearly they are apart.</param>
internal sealed record IdentifiedMinima(IReadOnlyList<(int Best, long Count)> Clusters, int[] ClusterOf, double Margin)
{
    // Of the scale, where nobody said how near to the stationary point polish has come; and no reach is longer: flat directions make uncertainties endless.
    private const double DefaultTolerance = PointIdentity.Usual;

    // Invariants and places are compared with this much room where the region has no end: its scale is where starts are, and minima may be farther out.
    private const double DefaultWithoutEnd = 10 * DefaultTolerance;

    /// <summary>The distance within which two places are one.</summary>
    public double SamePlace { get; private init; } = DefaultWithoutEnd;

    /// <param name="objective">Whose points they are.</param>
    /// <param name="options">How they are told apart.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="separateDimensions">Whether orbits of different dimension are told apart in any case.</param>
    /// <param name="stop">Stops early: what was not found to be one by then is left apart.</param>
    public static IdentifiedMinima Of(Objective objective, SurveyOptions options, EndpointGroups groups, bool separateDimensions = false, CancellationToken stop = default)
    {
        if (groups.Count == 0)
        {
            return new([], [], double.PositiveInfinity);
        }

        var unit = RegionScale.Of(objective).Average();
        var (identity, tolerance, isModulo) = IdentityOf(objective, options, separateDimensions);
        if (identity is FingerprintIdentity)
        {
            groups.CompleteMoments(points => objective.Dimension <= LanePolish.MostCoordinates ? LaneHessians.MomentsAt(objective, points) : new (double, double)[points.Count]);
        }

        // What polish knows to be copies needs no invariants.
        int[] compared = [.. Enumerable.Range(0, groups.Count).Where(g => !isModulo || groups.OriginalOf(g) == g)];
        var rows = identity.Rows(groups.StoredOf(compared), options.Threads ?? Environment.ProcessorCount);
        // Invariants are lengths as coordinates are; places come in units of the scale, and fingerprints in units of their own.
        var length = identity is SymmetryIdentity ? unit : 1;
        var reach = length * (options.Tolerance is not null || identity is FingerprintIdentity ? tolerance : groups.LargestReach(tolerance));
        var (roots, separation) = Linkage.Of(
            rows,
            reach,
            (a, b, distance) => options.Tolerance is not null || identity is FingerprintIdentity || groups.AreOne(compared[a], compared[b], distance / length, tolerance),
            options.Threads ?? Environment.ProcessorCount,
            stop);
        var numbers = new Dictionary<int, int>();
        var clusterOf = new int[groups.Count];
        for (var k = 0; k < compared.Length; k++)
        {
            clusterOf[compared[k]] = numbers.TryAdd(roots[k], numbers.Count) ? numbers.Count - 1 : numbers[roots[k]];
        }

        for (var g = 0; isModulo && g < groups.Count; g++)
        {
            clusterOf[g] = clusterOf[groups.OriginalOf(g)];
        }

        var clusters = new (int Best, long Count)[numbers.Count];
        foreach (var members in Enumerable.Range(0, groups.Count).GroupBy(k => clusterOf[k]))
        {
            clusters[members.Key] = (Best(groups, [.. members]), members.Sum(groups.CountOf));
        }

        return new(clusters, clusterOf, separation / Math.Max(reach, double.Epsilon)) { SamePlace = tolerance * unit };
    }

    /// <summary>Which groups are one by the survey's identity, each named by the best of them.</summary>
    public static int[] BestOfEach(Objective objective, SurveyOptions options, EndpointGroups groups, CancellationToken stop)
    {
        var found = Of(objective, options, groups, stop: stop);
        return [.. found.ClusterOf.Select(c => found.Clusters[c].Best)];
    }

    /// <summary>The lowest, and of those that are as low, the most stationary.</summary>
    private static int Best(EndpointGroups groups, int[] members)
    {
        var lowest = members.MinBy(groups.Value);
        return members.Where(m => groups.HaveOneValue(m, lowest)).MinBy(groups.Residual);
    }

    /// <summary>The symmetry whose images of a point are one, by coordinates or by fingerprints; null for none. Where the points shown are not the coordinates that move, their location is meant.</summary>
    public static Symmetry? SymmetryOf(Objective objective, SurveyOptions options) =>
        KindOf(objective, options) == IdentityKind.Location ? objective.Region.Lifted((Symmetry?)null) : objective.MovingSymmetry;

    private static IdentityKind KindOf(Objective objective, SurveyOptions options) =>
        options.Identity != IdentityKind.Auto ? options.Identity : objective.Symmetry is null ? IdentityKind.Location : IdentityKind.Symmetry;

    private static (PointIdentity Identity, double Tolerance, bool IsModulo) IdentityOf(Objective objective, SurveyOptions options, bool separateDimensions)
    {
        var kind = KindOf(objective, options);
        var tolerance = options.Tolerance ?? (objective.Region.Width is not null ? DefaultTolerance : DefaultWithoutEnd);
        if (kind == IdentityKind.Fingerprint)
        {
            var fingerprint = options.Tolerance is { } t ? PointIdentity.Fingerprint(t) : PointIdentity.Fingerprint();
            return (fingerprint with { UnitOfLength = RegionScale.Of(objective).Average() }, fingerprint.Tolerance, false);
        }

        var symmetry = SymmetryOf(objective, options);
        var scale = RegionScale.Of(objective);
        return symmetry is null
            ? (PointIdentity.Location(tolerance) with { Scale = scale }, tolerance, false)
            : (PointIdentity.Modulo(symmetry, tolerance * scale.Average()) with { SeparatesDimensions = separateDimensions }, tolerance, kind == IdentityKind.Symmetry);
    }
}
